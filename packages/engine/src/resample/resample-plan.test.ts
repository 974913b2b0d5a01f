import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isSmooth } from "./ratio.ts";
import { planResampling } from "./resample-plan.ts";

const rate = fc.integer({ min: 8000, max: 384_000 });

test("every pair of rates from 8,000 to 384,000 has a consistent plan", () => {
	fc.assert(
		fc.property(rate, rate, (inputRate, outputRate) => {
			const plan = planResampling(inputRate, outputRate)!;
			const { blocks, lowPass, step } = plan;
			const filteredRate = (inputRate * blocks.outputLength) / blocks.inputLength;
			const steps = step === null ? 1 : step.numerator / step.denominator;
			expect(filteredRate / steps).toBeCloseTo(outputRate, 6);
			expect(blocks.inputGuard / blocks.inputLength).toBeCloseTo(blocks.outputGuard / blocks.outputLength, 12);
			expect(blocks.inputGuard).toBeGreaterThanOrEqual(lowPass.halfTaps);
			expect(blocks.inputLength).toBeGreaterThan(2 * blocks.inputGuard);
			expect([blocks.inputLength % 16, blocks.outputLength % 4]).toEqual([0, 0]);
			expect([blocks.inputLength, blocks.outputLength].map(isSmooth)).toEqual([true, true]);
			if (step === null) return;
			// The interpolation kernel is designed for signals below a quarter of the filtered rate.
			expect(filteredRate).toBeGreaterThanOrEqual(2 * Math.min(inputRate, outputRate));
			expect(steps).toBeLessThan(8);
		}),
		{ numRuns: 300 },
	);
});

test.each([
	[44_100, 48_000],
	[48_000, 44_100],
	[96_000, 48_000],
	[22_050, 48_000],
	[192_000, 44_100],
	[11_025, 96_000],
])("the blocks of %i to %i Hz need no interpolation", (inputRate, outputRate) => {
	expect(planResampling(inputRate, outputRate)!.step).toBeNull();
});

test.each([
	[48_000, 47_999],
	[44_100, 44_101],
	[16_807, 16_384],
])("%i to %i Hz is interpolated", (inputRate, outputRate) => {
	expect(planResampling(inputRate, outputRate)!.step).not.toBeNull();
});
