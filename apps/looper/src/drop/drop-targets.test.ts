import * as fc from "fast-check";
import { expect, test } from "vitest";
import { emptyPad, type PadState, padOwner } from "../instrument/pad-state.ts";
import { dropTargets } from "./drop-targets.ts";

const own = filled(false);
const demo = filled(true);

function filled(isDemo: boolean): PadState {
	const sample = {
		source: "kick.wav",
		title: "Kick",
		isDemo,
		color: null,
		durationSec: 1,
		warnings: [],
		followsFile: false,
	};
	return { ...emptyPad, sample };
}

test("one file replaces the pad it is dropped on, whatever that holds", () => {
	expect(dropTargets(1, { pad: 1, bank: 0 }, [emptyPad, own, emptyPad])).toEqual([1]);
});

test("several files fill the free pads from the pad they are dropped on", () => {
	expect(dropTargets(2, { pad: 1, bank: 0 }, [emptyPad, emptyPad, own, emptyPad])).toEqual([1, 3]);
});

test("several files wrap around at the last pad", () => {
	expect(dropTargets(3, { pad: 2, bank: 0 }, [emptyPad, own, emptyPad, emptyPad])).toEqual([2, 3, 0]);
});

test("several files replace the demo set in grid order", () => {
	expect(dropTargets(3, { pad: 0, bank: 0 }, [demo, own, emptyPad, demo])).toEqual([0, 2, 3]);
});

test("files dropped between the pads fill the empty pads first, then the demo set's", () => {
	expect(dropTargets(3, { pad: null, bank: 0 }, [demo, own, emptyPad, demo, emptyPad])).toEqual([2, 4, 0]);
	expect(dropTargets(1, { pad: null, bank: 0 }, [own, demo, emptyPad])).toEqual([2]);
});

test("files dropped between the pads fill the bank that is shown first, then those that follow", () => {
	const [bankA, bankB] = [Array.from({ length: 32 }, () => emptyPad), Array.from({ length: 32 }, () => demo)];
	const targets = dropTargets(40, { pad: null, bank: 1 }, [...bankA, ...bankB]);
	expect(targets.slice(0, 33)).toEqual([...Array.from({ length: 32 }, (_, place) => 32 + place), 0]);
	expect(dropTargets(1, { pad: null, bank: 0 }, [...bankA, ...bankB])).toEqual([0]);
});

test("files find no pad when the performer's own sounds fill the grid", () => {
	expect(dropTargets(2, { pad: 0, bank: 0 }, [own, own])).toEqual([]);
	expect(dropTargets(1, { pad: null, bank: 0 }, [own, own])).toEqual([]);
});

test("several files go to different free pads, as many as there are", () => {
	const pads = fc.array(fc.constantFrom(emptyPad, own, demo), { minLength: 1, maxLength: 32 });
	fc.assert(
		fc.property(pads, fc.integer({ min: 2, max: 40 }), fc.nat(), (grid, fileCount, place) => {
			const droppedOn = place % (grid.length + 1) === grid.length ? null : place % (grid.length + 1);
			const targets = dropTargets(fileCount, { pad: droppedOn, bank: 0 }, grid);
			const freeCount = grid.filter((pad) => padOwner(pad) !== "performer").length;
			expect(new Set(targets).size).toBe(Math.min(fileCount, freeCount));
			for (const target of targets) expect(padOwner(grid[target]!)).not.toBe("performer");
		}),
	);
});
