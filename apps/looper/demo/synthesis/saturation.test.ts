import * as fc from "fast-check";
import { expect, test } from "vitest";
import { saturator } from "./saturation.mjs";

test("the output never exceeds full scale", () => {
	fc.assert(
		fc.property(fc.array(fc.double({ min: -50, max: 50, noNaN: true })), (input) => {
			const saturate = saturator(3);
			expect(input.every((sample) => Math.abs(saturate(sample)) <= 1)).toBe(true);
		}),
	);
});

test("a slow input follows the hyperbolic tangent half a frame late", () => {
	const saturate = saturator(2);
	const step = 1e-4;
	saturate(-1);
	let largestError = 0;
	for (let input = -1 + step; input < 1; input += step) {
		largestError = Math.max(largestError, Math.abs(saturate(input) - Math.tanh(2 * (input - step / 2))));
	}
	expect(largestError).toBeLessThan(1e-8);
});
