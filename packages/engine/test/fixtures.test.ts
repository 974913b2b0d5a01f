import { expect, test } from "vitest";
import { seededRandom } from "./fixtures.ts";

test("the first numbers of neighbouring seeds are evenly distributed over eight bins", () => {
	const SEEDS = 800;
	for (const draw of [1, 2, 3]) {
		const counts = Array.from({ length: 8 }, () => 0);
		for (let seed = 1; seed <= SEEDS; seed++) {
			const random = seededRandom(seed);
			let value = 0;
			for (let count = 0; count < draw; count++) value = random();
			counts[Math.floor(value * 8)]!++;
		}
		// The expected count is 100; 37 is four standard deviations.
		for (const count of counts) expect(Math.abs(count - SEEDS / 8)).toBeLessThan(37);
	}
});

test("a seed always yields the same numbers", () => {
	const one = seededRandom(5);
	const other = seededRandom(5);
	expect(Array.from({ length: 100 }, one)).toEqual(Array.from({ length: 100 }, other));
});
