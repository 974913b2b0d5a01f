import * as fc from "fast-check";
import { expect, test } from "vitest";
import { align } from "./alignment.ts";
import { crossCorrelation } from "./correlation.ts";
import { noise } from "./noise.ts";

/** A silent recording with the sample at the given frame. */
function recordingOf(sample: Float32Array, offsetFrames: number, gain: number, frames: number): Float32Array {
	const recording = new Float32Array(frames);
	for (const [frame, value] of sample.entries()) recording[offsetFrames + frame] = gain * value;
	return recording;
}

const seeds = fc.integer({ min: 1, max: 2 ** 31 });

test("the correlation by transform equals the sum of products", () => {
	fc.assert(
		fc.property(seeds, fc.integer({ min: 1, max: 70 }), fc.integer({ min: 0, max: 70 }), (seed, length, extra) => {
			const reference = noise(length, seed);
			const signal = noise(length + extra, seed + 1);
			const correlation = crossCorrelation(reference, signal);
			expect(correlation).toHaveLength(extra + 1);
			for (const [offset, sum] of correlation.entries()) {
				const direct = reference.reduce((total, value, frame) => total + value * signal[offset + frame]!, 0);
				expect(sum).toBeCloseTo(direct, 10);
			}
		}),
	);
});

test("a sample in silence is found at its frame with its gain and no residual", () => {
	fc.assert(
		fc.property(
			seeds,
			fc.integer({ min: 0, max: 3_000 }),
			fc.integer({ min: -4, max: 4 }),
			(seed, offset, exponent) => {
				const sample = noise(500, seed);
				const gain = -(2 ** exponent);
				const found = align(sample, recordingOf(sample, offset, gain, 3_500));
				expect(found.offsetFrames).toBe(offset);
				expect(found.gain).toBeCloseTo(gain, 10);
				expect(found.residualDecibels).toBeLessThan(-140);
				expect(found.longestGapFrames).toBe(0);
			},
		),
	);
});

test("a quiet sample is found in noise a hundred times as loud", () => {
	const sample = noise(2_000, 7);
	const recording = recordingOf(sample, 6_000, 0.01, 10_000);
	recording.set(noise(4_000, 8));
	expect(align(sample, recording)).toMatchObject({ offsetFrames: 6_000, longestGapFrames: 0 });
});

test("noise added at -40 dB leaves a residual of -40 dB", () => {
	const sample = noise(20_000, 21);
	const hiss = noise(22_000, 22);
	const recording = recordingOf(sample, 1_000, 0.5, 22_000).map((value, frame) => value + 0.005 * hiss[frame]!);
	const found = align(sample, recording);
	expect(found.offsetFrames).toBe(1_000);
	expect(found.residualDecibels).toBeGreaterThan(-40.2);
	expect(found.residualDecibels).toBeLessThan(-39.8);
});

test("an absent sample leaves a residual of about its own energy", () => {
	expect(align(noise(5_000, 31), noise(20_000, 32)).residualDecibels).toBeGreaterThan(10);
});

test("a gap is measured in frames, and the rest still matches", () => {
	const sample = noise(10_000, 41);
	const recording = recordingOf(sample, 300, 1, 12_000);
	recording.fill(0, 5_300, 5_780);
	const found = align(sample, recording);
	expect(found).toMatchObject({ offsetFrames: 300, longestGapFrames: 480 });
	expect(found.residualDecibels).toBeGreaterThan(-14);
});

test("silence inserted into the sample is a gap as well", () => {
	const sample = noise(10_000, 51);
	const recording = new Float32Array(12_000);
	recording.set(sample.subarray(0, 7_000), 100);
	recording.set(sample.subarray(7_000), 100 + 7_000 + 256);
	expect(align(sample, recording)).toMatchObject({ offsetFrames: 100, longestGapFrames: 256 });
});

test("silence where the sample itself is silent is not a gap", () => {
	const sample = noise(4_000, 61).fill(0, 1_000, 3_000);
	expect(align(sample, recordingOf(sample, 10, 1, 5_000)).longestGapFrames).toBe(0);
});

test("a silent recording does not contain the sample", () => {
	const found = align(noise(100, 71), new Float32Array(200));
	expect(found).toMatchObject({ gain: 0, residualDecibels: Infinity, longestGapFrames: 100 });
});

test("inputs that cannot be aligned are rejected", () => {
	expect(() => align(new Float32Array(10), new Float32Array(20))).toThrow(RangeError);
	expect(() => align(noise(21, 1), new Float32Array(20))).toThrow(/20 frames, fewer than the 21 of the reference/);
});
