import { expect, test } from "vitest";
import { positionOf, stepsOf } from "./controller-value.ts";

test("the ends and the middle of a controller are exact, at 7 and at 14 bits", () => {
	expect([0, 64, 127].map((value) => positionOf(value, 7))).toEqual([0, 0.5, 1]);
	expect([0, 8192, 16_383].map((value) => positionOf(value, 14))).toEqual([0, 0.5, 1]);
});

test("positions rise with every value", () => {
	for (const bits of [7, 14] as const) {
		const positions = Array.from({ length: 2 ** bits }, (_, value) => positionOf(value, bits));
		expect(positions.every((position, value) => value === 0 || position > positions[value - 1]!)).toBe(true);
	}
});

test("one step in either direction, in the three codings", () => {
	expect([1, 127].map((value) => stepsOf(value, "twos-complement"))).toEqual([1, -1]);
	expect([65, 63].map((value) => stepsOf(value, "offset"))).toEqual([1, -1]);
	expect([1, 65].map((value) => stepsOf(value, "sign-magnitude"))).toEqual([1, -1]);
});

test("the fastest turn of each coding", () => {
	expect([63, 64].map((value) => stepsOf(value, "twos-complement"))).toEqual([63, -64]);
	expect([127, 0].map((value) => stepsOf(value, "offset"))).toEqual([63, -64]);
	expect([63, 127].map((value) => stepsOf(value, "sign-magnitude"))).toEqual([63, -63]);
});

test("a value that means no movement", () => {
	expect([stepsOf(0, "twos-complement"), stepsOf(64, "offset"), stepsOf(0, "sign-magnitude")]).toEqual([0, 0, 0]);
});
