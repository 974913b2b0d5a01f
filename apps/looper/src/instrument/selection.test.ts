import { expect, test } from "vitest";
import { Selection } from "./selection.ts";

test("selecting a pad leaves the others", () => {
	const selection = new Selection();
	selection.toggle(2);
	selection.toggle(5);
	selection.select(7);
	expect([selection.pad, [...selection.pads]]).toEqual([7, [7]]);
	selection.select(null);
	expect([selection.pad, [...selection.pads]]).toEqual([null, []]);
});

test("toggling adds and takes out, and the pad selected before comes back", () => {
	const selection = new Selection();
	for (const pad of [2, 5, 9]) selection.toggle(pad);
	expect([selection.pad, [...selection.pads]]).toEqual([9, [2, 5, 9]]);
	selection.toggle(9);
	expect([selection.pad, [...selection.pads]]).toEqual([5, [2, 5]]);
	for (const pad of [2, 5]) selection.toggle(pad);
	expect(selection.pad).toBeNull();
});

test("ending a selection of several leaves the last, and changes nothing where there are not several", () => {
	const selection = new Selection();
	let changes = 0;
	for (const pad of [2, 5]) selection.toggle(pad);
	selection.changes.add(() => changes++);
	for (let times = 0; times < 2; times++) selection.endSeveral();
	expect([selection.pad, [...selection.pads], changes]).toEqual([5, [5], 1]);
});

test("extending adds everything between, in either direction", () => {
	const selection = new Selection();
	selection.select(4);
	selection.extendTo(6);
	expect([...selection.pads]).toEqual([4, 5, 6]);
	selection.extendTo(3);
	expect(selection.pads).toEqual(new Set([3, 4, 5, 6]));
	expect(selection.pad).toBe(3);
	expect(new Selection().pads.size).toBe(0);
});

test("an edit of a selected pad is one of them all, that of another is its own", () => {
	const selection = new Selection();
	for (const pad of [2, 5]) selection.toggle(pad);
	expect(selection.editedWith(5)).toEqual([5, 2]);
	expect(selection.editedWith(6)).toEqual([6]);
});

test("selecting what is selected tells nobody", () => {
	const selection = new Selection();
	let changes = 0;
	selection.changes.add(() => changes++);
	selection.select(null);
	selection.select(1);
	selection.select(1);
	expect(changes).toBe(1);
});
