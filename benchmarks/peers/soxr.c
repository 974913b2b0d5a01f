/* Resamples noise with libsoxr's very high quality, one thread, and prints the CPU seconds of the fastest of some rounds:
   soxr INPUT_RATE OUTPUT_RATE CHANNELS SECONDS ROUNDS */
#include <soxr.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { PIECE_FRAMES = 4096 };

static double cpu_seconds(void) {
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static size_t resample(double input_rate, double output_rate, unsigned channels, const float *input, size_t frames,
	float *output, size_t capacity) {
	soxr_error_t error;
	soxr_io_spec_t io = soxr_io_spec(SOXR_FLOAT32_I, SOXR_FLOAT32_I);
	soxr_quality_spec_t quality = soxr_quality_spec(SOXR_VHQ, 0);
	soxr_runtime_spec_t runtime = soxr_runtime_spec(1);
	soxr_t resampler = soxr_create(input_rate, output_rate, channels, &error, &io, &quality, &runtime);
	if (error) {
		fprintf(stderr, "%s\n", error);
		exit(1);
	}
	size_t taken = 0, given = 0, done;
	do {
		size_t left = frames - taken, used = 0;
		size_t count = left < PIECE_FRAMES ? left : PIECE_FRAMES;
		const float *piece = count ? input + taken * channels : NULL;
		soxr_process(resampler, piece, count, &used, output + given * channels, capacity - given, &done);
		taken += used;
		given += done;
	} while (taken < frames || done);
	soxr_delete(resampler);
	return given;
}

int main(int count, char **arguments) {
	if (count != 6) return 2;
	double input_rate = atof(arguments[1]), output_rate = atof(arguments[2]), best = 1e9;
	unsigned channels = (unsigned)atoi(arguments[3]);
	size_t frames = (size_t)(input_rate * atof(arguments[4]));
	size_t capacity = (size_t)((double)frames * output_rate / input_rate) + PIECE_FRAMES;
	float *input = malloc(frames * channels * sizeof(float));
	float *output = calloc(capacity * channels, sizeof(float));
	if (!input || !output) return 1;
	unsigned state = 1;
	for (size_t index = 0; index < frames * channels; index++) {
		state = state * 1664525u + 1013904223u;
		input[index] = (float)(int)state / 4294967296.0f;
	}
	for (int round = atoi(arguments[5]); round > 0; round--) {
		double start = cpu_seconds();
		resample(input_rate, output_rate, channels, input, frames, output, capacity);
		double seconds = cpu_seconds() - start;
		if (seconds < best) best = seconds;
	}
	printf("%.6f\n", best);
	return 0;
}
