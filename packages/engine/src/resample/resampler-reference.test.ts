import { expect, test } from "vitest";
import { convertWithFfmpeg, music, writeWave } from "../../test/fixtures.ts";
import { resample } from "../../test/resampling.ts";
import { decibels, level } from "../../test/tone-analysis.mjs";

/** Interleaved stereo samples resampled by ffmpeg's best resampler. */
function resampleWithFfmpeg(samples: Float32Array, inputRate: number, outputRate: number): Float32Array {
	const args = [
		"-af",
		"aresample=resampler=soxr:precision=28",
		"-ar",
		`${outputRate}`,
		"-f",
		"f32le",
		"-c:a",
		"pcm_f32le",
	];
	const wave = writeWave(samples, { sampleRate: inputRate, channels: 2, coding: "f32" });
	const bytes = convertWithFfmpeg(wave, { from: "wav", to: "raw", args });
	return new Float32Array(bytes.buffer, 0, bytes.length >> 2);
}

/** Music in the lower half of a band, below the transition, where good filters agree. */
function bandLimitedMusic(frames: number, sampleRate: number, bandRate: number): Float32Array {
	const inputRate = Math.floor(bandRate / 2);
	return resample(music(frames, inputRate, 2), { inputRate, outputRate: sampleRate, channels: 2 });
}

test.each([
	[44_100, 48_000],
	[48_000, 44_100],
	[96_000, 48_000],
	[32_000, 48_000],
	[48_000, 47_999],
])("%i to %i Hz agrees with libsoxr at 28 bits, away from the ends", (inputRate, outputRate) => {
	const samples = bandLimitedMusic(40_000, inputRate, Math.min(inputRate, outputRate));
	const expected = resampleWithFfmpeg(samples, inputRate, outputRate);
	const output = resample(samples, { inputRate, outputRate, channels: 2 });
	expect(Math.abs(output.length - expected.length)).toBeLessThanOrEqual(4);
	const [from, to] = [4000, Math.min(output.length, expected.length) - 4000];
	const difference = output.subarray(from, to).map((sample, index) => sample - expected[from + index]!);
	expect(decibels(level(difference) / level(expected.subarray(from, to)))).toBeLessThan(-100);
});
