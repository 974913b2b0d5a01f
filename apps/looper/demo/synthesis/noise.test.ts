import * as fc from "fast-check";
import { expect, test } from "vitest";
import { randomNumbers, whiteNoise } from "./noise.mjs";

const COUNT = 100_000;

test("a seed always yields the same sequence, neighbouring seeds different ones", () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 1_000_000 }), (seed) => {
			const sequence = (from: number) => Array.from({ length: 16 }, randomNumbers(from));
			expect(sequence(seed)).toEqual(sequence(seed));
			expect(sequence(seed)).not.toEqual(sequence(seed + 1));
		}),
	);
});

test.each([0, 1, 2, 16])("white noise of seed %i has the mean and power of a uniform distribution", (seed) => {
	const noise = Float64Array.from({ length: COUNT }, whiteNoise(seed));
	const mean = noise.reduce((total, sample) => total + sample, 0) / COUNT;
	const power = noise.reduce((total, sample) => total + sample * sample, 0) / COUNT;
	// Four standard deviations of either estimate.
	expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(1 / 3 / COUNT));
	expect(Math.abs(power - 1 / 3)).toBeLessThan(4 * Math.sqrt(4 / 45 / COUNT));
});

test("neighbouring samples of white noise are uncorrelated", () => {
	const noise = Float64Array.from({ length: COUNT }, whiteNoise(3));
	const product = noise.subarray(1).reduce((total, sample, index) => total + sample * (noise[index] ?? 0), 0);
	expect(Math.abs(product / COUNT)).toBeLessThan(4 / 3 / Math.sqrt(COUNT));
});
