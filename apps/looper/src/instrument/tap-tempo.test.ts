import * as fc from "fast-check";
import { expect, test } from "vitest";
import { TapTempo } from "./tap-tempo.ts";

/** What the taps after these pauses say. */
function tempos(...intervals: readonly number[]): readonly (number | null)[] {
	const taps = new TapTempo();
	const found = [taps.tap(0)];
	let moment = 0;
	for (const interval of intervals) {
		moment += interval;
		found.push(taps.tap(moment));
	}
	return found;
}

test("the third tap says the tempo", () => {
	expect(tempos(500, 500)).toEqual([null, null, 120]);
});

test("an uneven hand is averaged to within 1 %", () => {
	const hand = fc.array(fc.integer({ min: -15, max: 15 }), { minLength: 8, maxLength: 8 });
	fc.assert(
		fc.property(fc.integer({ min: 40, max: 200 }), hand, (tempo, errors) => {
			const taps = new TapTempo();
			const beat = 60_000 / tempo;
			const found = [0, ...errors].map((error, index) => taps.tap(index * beat + error)).at(-1)!;
			expect(Math.abs(found / tempo - 1)).toBeLessThan(0.01);
		}),
	);
});

test("a missed beat and a finger that bounces do not change the tempo", () => {
	expect(tempos(500, 500, 500, 1_000, 500).at(-1)).toBe(120);
	expect(tempos(500, 500, 500, 60, 440, 500).at(-1)).toBe(120);
});

test("two intervals of another tempo are enough for it", () => {
	expect(tempos(500, 500, 500, 500, 700, 700).at(-1)).toBe(85.7);
});

test("a long pause starts over", () => {
	expect(tempos(500, 500, 3_001, 400, 400)).toEqual([null, null, 120, null, null, 150]);
});

test("only the latest eight intervals count", () => {
	const slowing = Array.from({ length: 30 }, (_, index) => 500 + index);
	expect(tempos(...slowing).at(-1)).toBe(Math.round(600_000 / 525.5) / 10);
});

test("tempos that the engine does not have are held at its limits", () => {
	expect(tempos(130, 130).at(-1)).toBe(400);
	expect(tempos(3_000, 3_000).at(-1)).toBe(20);
});
