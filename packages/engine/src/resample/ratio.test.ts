import * as fc from "fast-check";
import { expect, test } from "vitest";
import { greatestCommonDivisor, isSmooth, resampledFrames } from "./ratio.ts";

const rate = fc.integer({ min: 1, max: 768_000 });

test("the length is the exact quotient, halves rounded up, at least one, for any safe integer", () => {
	fc.assert(
		fc.property(fc.oneof(fc.maxSafeNat(), fc.nat(100)), rate, rate, (frames, inputRate, outputRate) => {
			const exact = (2n * BigInt(frames) * BigInt(outputRate) + BigInt(inputRate)) / (2n * BigInt(inputRate));
			fc.pre(exact <= BigInt(Number.MAX_SAFE_INTEGER));
			const expected = frames > 0 && exact === 0n ? 1n : exact;
			expect(BigInt(resampledFrames(frames, inputRate, outputRate))).toBe(expected);
		}),
		{ numRuns: 2000 },
	);
});

test("the greatest common divisor divides both, and the quotients are coprime", () => {
	fc.assert(
		fc.property(rate, rate, (a, b) => {
			const divisor = greatestCommonDivisor(a, b);
			expect([a % divisor, b % divisor]).toEqual([0, 0]);
			expect(greatestCommonDivisor(a / divisor, b / divisor)).toBe(1);
		}),
	);
});

test("a length is smooth if its prime factors are 2, 3, 5 and 7", () => {
	expect([1, 2, 147, 160, 2352, 44_100].map(isSmooth)).not.toContain(false);
	expect([11, 13, 22, 47_999, 44_101].map(isSmooth)).not.toContain(true);
});
