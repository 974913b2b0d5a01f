import { expect, test } from "vitest";
import { barOf, beatInBar } from "./beat-place.ts";

test("bars count from one, beats within them from zero", () => {
	const beats = [0, 0.99, 1, 3.5, 4, 11.2];
	expect(beats.map((beat) => [barOf(beat, 4), beatInBar(beat, 4)])).toEqual([
		[1, 0],
		[1, 0],
		[1, 1],
		[1, 3],
		[2, 0],
		[3, 3],
	]);
	expect([barOf(7, 3), beatInBar(7, 3)]).toEqual([3, 1]);
});

test("a beat that is missed by a rounding counts as reached", () => {
	expect([barOf(3.999_999_999_99, 4), beatInBar(3.999_999_999_99, 4)]).toEqual([2, 0]);
});
