import { expect, test } from "vitest";
import { pan, peakOf, render, sum, transform } from "./signal.mjs";

test("render computes each frame once, in order", () => {
	expect([...render(4 / 48_000, (time) => Math.round(time * 48_000))]).toEqual([0, 1, 2, 3]);
});

test("transform passes each sample with its time", () => {
	expect([...transform(Float64Array.of(5, 6), (sample, time) => sample + time * 48_000)]).toEqual([5, 7]);
});

test("a sum is as long as the longest signal and does not modify its parts", () => {
	const short = Float64Array.of(1);
	expect([...sum([short, Float64Array.of(2, 3)])]).toEqual([3, 3]);
	expect([...short]).toEqual([1]);
});

test.each([-1, -0.4, 0, 0.7, 1])("the power of a sound panned to %f is that of the sound", (position) => {
	const [left, right] = pan(Float64Array.of(1), position);
	expect(left[0]! ** 2 + right[0]! ** 2).toBeCloseTo(1, 12);
});

test("position -1 is only the left side and 1 only the right side", () => {
	expect(peakOf(pan(Float64Array.of(1), -1).slice(1))).toBeCloseTo(0, 12);
	expect(peakOf(pan(Float64Array.of(1), 1).slice(0, 1))).toBeCloseTo(0, 12);
});
