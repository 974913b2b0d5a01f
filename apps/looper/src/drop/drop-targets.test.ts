import * as fc from "fast-check";
import { expect, test } from "vitest";
import { emptyPad, type PadState, padOwner } from "../instrument/pad-state.ts";
import { dropTargets } from "./drop-targets.ts";

const own: PadState = {
	...emptyPad,
	sample: { title: "Mine", isDemo: false, color: null, durationSec: 1, warnings: [] },
};
const demo: PadState = {
	...emptyPad,
	sample: { title: "Kick", isDemo: true, color: null, durationSec: 1, warnings: [] },
};

test("one file replaces the pad it is dropped on, whatever that holds", () => {
	expect(dropTargets(1, 1, [emptyPad, own, emptyPad])).toEqual([1]);
});

test("several files go from the pad they are dropped on over the free pads", () => {
	expect(dropTargets(2, 1, [emptyPad, emptyPad, own, emptyPad])).toEqual([1, 3]);
});

test("several files begin again at the first pad when they reach the last", () => {
	expect(dropTargets(3, 2, [emptyPad, own, emptyPad, emptyPad])).toEqual([2, 3, 0]);
});

test("several files take the demo kit's pads in grid order", () => {
	expect(dropTargets(3, 0, [demo, own, emptyPad, demo])).toEqual([0, 2, 3]);
});

test("files dropped between the pads fill the empty pads first, then the demo kit's", () => {
	expect(dropTargets(3, null, [demo, own, emptyPad, demo, emptyPad])).toEqual([2, 4, 0]);
	expect(dropTargets(1, null, [own, demo, emptyPad])).toEqual([2]);
});

test("files find no pad where the performer's own sounds are everywhere", () => {
	expect(dropTargets(2, 0, [own, own])).toEqual([]);
	expect(dropTargets(1, null, [own, own])).toEqual([]);
});

test("several files get different free pads, as many as there are", () => {
	const pads = fc.array(fc.constantFrom(emptyPad, own, demo), { minLength: 1, maxLength: 32 });
	fc.assert(
		fc.property(pads, fc.integer({ min: 2, max: 40 }), fc.nat(), (grid, fileCount, place) => {
			const droppedOn = place % (grid.length + 1) === grid.length ? null : place % (grid.length + 1);
			const targets = dropTargets(fileCount, droppedOn, grid);
			const freeCount = grid.filter((pad) => padOwner(pad) !== "performer").length;
			expect(new Set(targets).size).toBe(Math.min(fileCount, freeCount));
			for (const target of targets) expect(padOwner(grid[target]!)).not.toBe("performer");
		}),
	);
});
