import * as fc from "fast-check";
import { expect, test } from "vitest";
import { geometric, isolator, linear, places, stepped, wholeNumbers } from "./value-scale.ts";

const scales = {
	linear: linear(-60, 6),
	wholeNumbers: wholeNumbers(-48, 48),
	geometric: geometric(0.25, 4),
	isolator: isolator(6),
};

test.each(Object.entries(scales))("%s: values rise with the position, and lead back to it", (_, scale) => {
	const position = fc.double({ min: 0, max: 1, noNaN: true });
	fc.assert(
		fc.property(position, position, (first, second) => {
			const [lower, upper] = [Math.min(first, second), Math.max(first, second)];
			expect(scale.valueAt(lower)).toBeLessThanOrEqual(scale.valueAt(upper));
			const value = scale.valueAt(first);
			expect(Math.abs(scale.positionOf(value) - first)).toBeLessThan(0.5 / 96 + 1e-9);
			expect(scale.valueAt(scale.positionOf(value))).toBeCloseTo(value, 6);
		}),
	);
});

test("steps are reached one after the other, and values between them lie between", () => {
	const scale = stepped([0, 1, 2, 4, 8]);
	const positions = [0, 1, 2, 3, 4].map((step) => step / scale.steps);
	expect(positions.map(scale.valueAt)).toEqual([0, 1, 2, 4, 8]);
	expect([0, 1, 2, 4, 8].map(scale.positionOf)).toEqual(positions);
	expect([-1, 3, 9].map(scale.positionOf)).toEqual([0, 2.5 / 4, 1]);
});

test("places are whole frames, a millisecond apart for an endless knob and never less than a frame", () => {
	const scale = places({ frames: 44_100, sampleRate: 44_100 });
	expect(scale.steps).toBe(1000);
	expect([0, 0.25, 1].map(scale.valueAt)).toEqual([0, 11_025, 44_100]);
	expect(scale.valueAt(scale.positionOf(11_025) + 1 / scale.steps)).toBe(11_069);
	expect(places({ frames: 10, sampleRate: 100 }).steps).toBe(10);
});

test.each(Object.entries(scales))("%s: values beyond the ends lie at them", (_, scale) => {
	expect(scale.positionOf(-1e6)).toBeCloseTo(0, 12);
	expect(scale.positionOf(1e6)).toBe(1);
});

test("an isolator is silent, flat and at its highest gain", () => {
	expect([0, 0.5, 1].map(scales.isolator.valueAt)).toEqual([Number.NEGATIVE_INFINITY, 0, 6]);
	expect(scales.isolator.positionOf(Number.NEGATIVE_INFINITY)).toBe(0);
	expect(scales.isolator.valueAt(0.25)).toBeCloseTo(-6.02, 2);
});

test("a factor's middle is 1, and its ends are exact", () => {
	expect([0, 0.5, 1].map(scales.geometric.valueAt)).toEqual([0.25, 1, 4]);
});

test("whole numbers have no negative zero", () => {
	expect(Object.is(scales.wholeNumbers.valueAt(0.499), 0)).toBe(true);
});
