import { expect, test } from "vitest";
import { valueAfterKey } from "../knob/knob-scale.ts";
import { bandScale, beatsScale, centsScale, padPanScale, semitonesScale, speedScale } from "./pad-scales.ts";

test("a balance is written and typed in percent", () => {
	expect([-1, -0.5, 0, 0.05].map(padPanScale.format)).toEqual(["100 % left", "50 % left", "Middle", "5 % right"]);
	expect(["50", "-50", "50 % left", "20 right", "?"].map(padPanScale.parse)).toEqual([0.5, -0.5, -0.5, 0.2, null]);
});

test("a band that is killed says so, and its keys begin at the lowest value", () => {
	expect(bandScale.format(Number.NEGATIVE_INFINITY)).toBe("Killed");
	expect(valueAfterKey(bandScale, Number.NEGATIVE_INFINITY, "ArrowUp", false)).toBe(-35.5);
});

test("a text that a scale writes is one that it reads", () => {
	for (const [scale, value] of [
		[speedScale, 0.75],
		[semitonesScale, -12],
		[centsScale, 50],
		[padPanScale, -0.25],
		[bandScale, -6],
		[beatsScale, 1 / 16],
		[beatsScale, 2.5],
	] as const) {
		expect(scale.parse(scale.format(value))).toBe(value);
	}
});

test("a length in beats is none, or one that the engine takes", () => {
	expect(beatsScale.format(0)).toBe("–");
	expect(["0", "8", "1/64", "-1", "many"].map(beatsScale.parse)).toEqual([0, 8, null, null, null]);
});
