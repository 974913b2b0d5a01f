import { expect, test } from "vitest";
import { framesFromSeconds, gainFromDecibels, hertzFromPitch } from "./units.mjs";

test.each([
	["A4", 440],
	["A1", 55],
	["C4", 261.6256],
	["E3", 164.8138],
	["B4", 493.8833],
])("%s is %f Hz", (pitch, hertz) => {
	expect(hertzFromPitch(pitch)).toBeCloseTo(hertz, 3);
});

test.each(["H2", "A", "A#3", "a4", ""])('the pitch "%s" is rejected', (pitch) => {
	expect(() => hertzFromPitch(pitch)).toThrow(RangeError);
});

test("units convert", () => {
	expect(framesFromSeconds(0.0125)).toBe(600);
	expect(gainFromDecibels(-20)).toBeCloseTo(0.1, 12);
});
