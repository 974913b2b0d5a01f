/* Resamples with libsoxr's very high quality, one thread:
   soxr INPUT_RATE OUTPUT_RATE CHANNELS                 f32 samples from standard input to standard output
   soxr INPUT_RATE OUTPUT_RATE CHANNELS SECONDS ROUNDS  noise; prints the CPU seconds of the fastest of some rounds */
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
	const float *piece;
	do {
		size_t left = frames - taken, used = 0;
		size_t count = left < PIECE_FRAMES ? left : PIECE_FRAMES;
		piece = count ? input + taken * channels : NULL;
		soxr_process(resampler, piece, count, &used, output + given * channels, capacity - given, &done);
		taken += used;
		given += done;
	} while (piece || done);
	soxr_delete(resampler);
	return given;
}

static void *allocate(size_t bytes) {
	void *memory = calloc(bytes ? bytes : 1, 1);
	if (!memory) exit(1);
	return memory;
}

static size_t output_capacity(double input_rate, double output_rate, size_t frames) {
	return (size_t)((double)frames * output_rate / input_rate) + PIECE_FRAMES;
}

static int filter(double input_rate, double output_rate, unsigned channels) {
	size_t frame_bytes = channels * sizeof(float), held = 0, room = 1 << 20, count;
	char *bytes = allocate(room);
	while ((count = fread(bytes + held, 1, room - held, stdin)) > 0) {
		held += count;
		if (held < room) continue;
		room *= 2;
		bytes = realloc(bytes, room);
		if (!bytes) return 1;
	}
	size_t frames = held / frame_bytes, capacity = output_capacity(input_rate, output_rate, frames);
	float *output = allocate(capacity * frame_bytes);
	size_t given = resample(input_rate, output_rate, channels, (float *)bytes, frames, output, capacity);
	return fwrite(output, frame_bytes, given, stdout) == given && fflush(stdout) == 0 ? 0 : 1;
}

static int measure(double input_rate, double output_rate, unsigned channels, double seconds, int rounds) {
	size_t frames = (size_t)(input_rate * seconds);
	size_t capacity = output_capacity(input_rate, output_rate, frames);
	float *input = allocate(frames * channels * sizeof(float));
	float *output = allocate(capacity * channels * sizeof(float));
	double best = 1e9;
	unsigned state = 1;
	for (size_t index = 0; index < frames * channels; index++) {
		state = state * 1664525u + 1013904223u;
		input[index] = (float)(int)state / 4294967296.0f;
	}
	for (; rounds > 0; rounds--) {
		double start = cpu_seconds();
		resample(input_rate, output_rate, channels, input, frames, output, capacity);
		double elapsed = cpu_seconds() - start;
		if (elapsed < best) best = elapsed;
	}
	printf("%.6f\n", best);
	return 0;
}

int main(int count, char **arguments) {
	if (count != 4 && count != 6) return 2;
	double input_rate = atof(arguments[1]), output_rate = atof(arguments[2]);
	unsigned channels = (unsigned)atoi(arguments[3]);
	if (count == 4) return filter(input_rate, output_rate, channels);
	return measure(input_rate, output_rate, channels, atof(arguments[4]), atoi(arguments[5]));
}
