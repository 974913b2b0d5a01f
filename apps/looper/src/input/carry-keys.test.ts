import { expect, test } from "vitest";
import { carryActionForKey, type ShortcutPress } from "./carry-keys.ts";

function press(key: string, modifiers: Partial<ShortcutPress> = {}): ShortcutPress {
	return { key, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...modifiers };
}

test.each(["ctrlKey", "metaKey"] as const)(
	"%s with X, C and V swaps, copies and drops, also with Caps Lock",
	(modifier) => {
		const actions = ["x", "C", "v"].map((key) => carryActionForKey(press(key, { [modifier]: true })));
		expect(actions).toEqual(["swap", "copy", "drop"]);
	},
);

test("Escape lets go", () => {
	expect(carryActionForKey(press("Escape"))).toBe("let-go");
});

test("letters alone, and shortcuts with other modifiers, are not for carrying", () => {
	for (const key of ["x", "c", "v"]) expect(carryActionForKey(press(key))).toBeNull();
	expect(carryActionForKey(press("c", { ctrlKey: true, shiftKey: true }))).toBeNull();
	expect(carryActionForKey(press("v", { ctrlKey: true, altKey: true }))).toBeNull();
	expect(carryActionForKey(press("a", { ctrlKey: true }))).toBeNull();
	expect(carryActionForKey(press("Escape", { ctrlKey: true }))).toBeNull();
});
