import { expect, test } from "vitest";
import { formatDecibels, isOver, levelShare, nextLevel } from "./level.ts";

test("gains are written with their sign", () => {
	expect([-6, 0, -0.04, 1.5, -60].map(formatDecibels)).toEqual(["−6.0 dB", "0.0 dB", "0.0 dB", "+1.5 dB", "−60.0 dB"]);
});

test("the meter rises at once to the peak", () => {
	expect(nextLevel(-40, 0.5, 0.016)).toBeCloseTo(-6.0206, 4);
});

test("the meter falls 26 dB a second and rests at its lower end", () => {
	expect(nextLevel(0, 0, 0.5)).toBeCloseTo(-13, 12);
	expect(nextLevel(-55, 0, 1)).toBe(-60);
});

test("the meter's ends are -60 and +6 dB", () => {
	expect([-80, -60, -27, 6, 12].map(levelShare)).toEqual([0, 0, 0.5, 1, 1]);
});

test("full scale is over, one step below is not", () => {
	expect(isOver(1)).toBe(true);
	expect(isOver(1 - 2 ** -24)).toBe(false);
});
