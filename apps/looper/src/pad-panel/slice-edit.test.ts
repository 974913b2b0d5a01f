import { expect, test } from "vitest";
import { withMovedOnset, withOnset, withoutOnset } from "./slice-edit.ts";

test("an onset is added in its place, unless another one is as good as there or there are too many", () => {
	expect(withOnset([0, 1], 0.5)).toEqual([0, 0.5, 1]);
	const onsets = [0, 1];
	expect(withOnset(onsets, 1.004)).toBe(onsets);
	expect(withOnset(onsets, -0.1)).toBe(onsets);
	const many = Array.from({ length: 128 }, (_, index) => index / 10);
	expect(withOnset(many, 20)).toBe(many);
});

test("an onset is moved as far as its neighbours and the sample let it", () => {
	expect(withMovedOnset([0, 1, 2], 1, 1.5, 3)).toEqual([0, 1.5, 2]);
	expect(withMovedOnset([0, 1, 2], 1, 5, 3)).toEqual([0, 1.995, 2]);
	expect(withMovedOnset([0, 1, 2], 0, -1, 3)).toEqual([0, 1, 2]);
	expect(withMovedOnset([0, 1, 2], 2, 9, 3)).toEqual([0, 1, 2.995]);
});

test("an onset is removed", () => {
	expect(withoutOnset([0, 1, 2], 1)).toEqual([0, 2]);
});
