import { expect, test } from "vitest";
import { trendOf } from "./flatness.ts";

const LIMIT = { bytes: 100, share: 0.05 };
const samples = (size: (index: number) => number): number[] => Array.from({ length: 30 }, (_, index) => size(index));

test("a level reached in the first third and then kept is flat", () => {
	const trend = trendOf(
		samples((index) => Math.min(1000 * index, 9000)),
		LIMIT,
	);
	expect(trend).toEqual({ middle: 9000, last: 9000, highest: 9000, isFlat: true });
});

test("a steady rise beyond the limit is not flat, one within it is", () => {
	expect(
		trendOf(
			samples((index) => 2000 + 30 * index),
			LIMIT,
		).isFlat,
	).toBe(false);
	expect(
		trendOf(
			samples((index) => 2000 + 10 * index),
			LIMIT,
		).isFlat,
	).toBe(true);
});

test("a single high sample is reported but does not count as growth", () => {
	const trend = trendOf(
		samples((index) => (index === 25 ? 1e6 : 2000)),
		LIMIT,
	);
	expect(trend).toMatchObject({ isFlat: true, highest: 1e6 });
});
