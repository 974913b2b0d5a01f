import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { firstDifference, noise } from "../../test/fixtures.ts";
import { loaderModule } from "../../test/loader-module.ts";
import { channelOf, resample } from "../../test/resampling.ts";
import { decibels, level } from "../../test/tone-analysis.mjs";
import { resampledFrames } from "./ratio.ts";
import { Resampler } from "./resampler.ts";

const rates = [
	[44_100, 48_000],
	[96_000, 48_000],
	[22_050, 48_000],
	[48_000, 47_999],
	[192_000, 44_099],
] as const;
const channelCounts = [1, 2] as const;
const ratePair = fc.tuple(fc.integer({ min: 8000, max: 384_000 }), fc.integer({ min: 8000, max: 384_000 }));
const commonRate = fc.constantFrom(
	8000,
	11_025,
	22_050,
	32_000,
	44_100,
	48_000,
	88_200,
	96_000,
	176_400,
	192_000,
	384_000,
);

test("the output has exactly the rounded length, whatever the rates and the length", () => {
	fc.assert(
		fc.property(
			fc.oneof(ratePair, fc.tuple(commonRate, commonRate)),
			fc.integer({ min: 0, max: 20_000 }),
			fc.constantFrom(...channelCounts),
			([inputRate, outputRate], frames, channels) => {
				const output = resample(new Float32Array(frames * channels).fill(0.5), { inputRate, outputRate, channels });
				expect(output.length).toBe(channels * resampledFrames(frames, inputRate, outputRate));
				expect(output.findIndex((sample) => !(Math.abs(sample) < 1))).toBe(-1);
			},
		),
		{ numRuns: 60 },
	);
});

test("the output never exceeds the length of the input so far", () => {
	for (const [inputRate, outputRate] of rates) {
		const resampler = new Resampler(loaderModule, { inputRate, outputRate, channels: 1 });
		const piece = new Float32Array(1000);
		let emitted = 0;
		for (let pushed = piece.length; pushed < 100_000; pushed += piece.length) {
			resampler.push(piece, (output) => {
				emitted += output.length;
			});
			expect(emitted).toBeLessThanOrEqual(resampledFrames(pushed, inputRate, outputRate));
		}
		expect(emitted).toBeGreaterThan(0);
	}
});

describe.each(rates)("%i to %i Hz", (inputRate, outputRate) => {
	test.each(channelCounts)("any split into pieces gives the same bits, %i channels", (channels) => {
		const samples = noise(30_001, channels, { seed: 7 });
		const resampler = new Resampler(loaderModule, { inputRate, outputRate, channels });
		const whole = resample(samples, resampler);
		const pieces = fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 1, maxLength: 8 });
		fc.assert(
			fc.property(pieces, (frames) => {
				const divided = resample(
					samples,
					resampler,
					frames.map((count) => count * channels),
				);
				expect(firstDifference(divided, whole)).toBeNull();
			}),
			{ numRuns: 10 },
		);
	});

	test("a recording interrupted by a reset leaves no trace", () => {
		const samples = noise(20_000, 2, { seed: 8 });
		const resampler = new Resampler(loaderModule, { inputRate, outputRate, channels: 2 });
		const first = resample(samples, resampler);
		resampler.push(noise(12_345, 2, { seed: 9 }), () => undefined);
		resampler.reset();
		expect(firstDifference(resample(samples, resampler), first)).toBeNull();
	});

	test("the channels do not leak into each other", () => {
		const samples = noise(20_000, 2, { seed: 10 }).map((sample, index) => (index % 2 === 0 ? sample : 0));
		const output = resample(samples, { inputRate, outputRate, channels: 2 });
		expect(decibels(level(channelOf(output, 1, 2)))).toBeLessThan(-300);
		expect(decibels(level(channelOf(output, 0, 2)))).toBeGreaterThan(-30);
	});

	test("mono and each stereo channel agree to the last bit of a full-scale sample", () => {
		const mono = noise(20_000, 1, { seed: 11 });
		const stereo = Float32Array.from({ length: 40_000 }, (_, index) => mono[index >> 1]!);
		const expected = resample(mono, { inputRate, outputRate, channels: 1 });
		const output = resample(stereo, { inputRate, outputRate, channels: 2 });
		for (const channel of [0, 1]) {
			const actual = channelOf(output, channel, 2);
			expect(actual.length).toBe(expected.length);
			expect(decibels(level(actual.map((sample, frame) => sample - expected[frame]!)))).toBeLessThan(-150);
		}
	});

	test.each(channelCounts)("non-finite values count as silence, %i channels", (channels) => {
		const samples = noise(20_000, channels, { seed: 12 });
		for (const index of [0, 5001, 12_000, samples.length - 1]) samples[index] = 0;
		const expected = resample(samples, { inputRate, outputRate, channels });
		[samples[0], samples[5001]] = [Number.NaN, Number.POSITIVE_INFINITY];
		[samples[12_000], samples[samples.length - 1]] = [Number.NEGATIVE_INFINITY, Number.NaN];
		expect(firstDifference(resample(samples, { inputRate, outputRate, channels }), expected)).toBeNull();
	});
});

test("silence stays exact silence", () => {
	for (const [inputRate, outputRate] of rates) {
		const output = resample(new Float32Array(20_000), { inputRate, outputRate, channels: 2 });
		expect(output.every((sample) => sample === 0)).toBe(true);
	}
});

test("a ratio of rates out of range is rejected with a code and a remedy", () => {
	expect(() => new Resampler(loaderModule, { inputRate: 1, outputRate: 768_000, channels: 1 })).toThrow(
		expect.objectContaining({ code: "unsupported-format", message: expect.stringContaining("Convert the file") }),
	);
});

test("a rate that is not a positive integer is rejected", () => {
	for (const wrong of [0, -1, 44_100.5, Number.NaN, Number.POSITIVE_INFINITY]) {
		expect(() => new Resampler(loaderModule, { inputRate: wrong, outputRate: 48_000, channels: 1 })).toThrow(
			RangeError,
		);
		expect(() => new Resampler(loaderModule, { inputRate: 48_000, outputRate: wrong, channels: 1 })).toThrow(
			RangeError,
		);
	}
});
