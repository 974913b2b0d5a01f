import { expect, test } from "vitest";
import { chordOf, gestureForKeyUp, type KeyPress, padKeyCodes } from "./keyboard.ts";

function press(code: string, modifiers: Partial<KeyPress> = {}): KeyPress {
	return { code, repeat: false, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...modifiers };
}

test("32 different keys press 32 pads", () => {
	expect(new Set(padKeyCodes).size).toBe(32);
});

test("the four rows begin with 1, Q, A and Z and end with 8, I, K and the comma", () => {
	expect([0, 8, 16, 24].map((pad) => padKeyCodes[pad])).toEqual(["Digit1", "KeyQ", "KeyA", "KeyZ"]);
	expect([7, 15, 23, 31].map((pad) => padKeyCodes[pad])).toEqual(["Digit8", "KeyI", "KeyK", "Comma"]);
});

test("Shift and Alt give a key another meaning", () => {
	expect(chordOf(press("KeyA"))).toEqual({ code: "KeyA", shift: false, alt: false });
	expect(chordOf(press("KeyA", { shiftKey: true }))).toEqual({ code: "KeyA", shift: true, alt: false });
	expect(chordOf(press("KeyA", { altKey: true }))).toEqual({ code: "KeyA", shift: false, alt: true });
});

test.each(["repeat", "ctrlKey", "metaKey"] as const)("a key press with %s is ignored", (modifier) => {
	expect(chordOf(press("KeyQ", { [modifier]: true }))).toBeNull();
	expect(chordOf(press("Escape", { [modifier]: true }))).toBeNull();
});

test("a key that goes up releases what it holds, whatever the modifiers", () => {
	expect(gestureForKeyUp(press("KeyQ", { shiftKey: true }))).toEqual({ type: "release", holder: "KeyQ" });
});

test("the Command key releases everything when it goes up", () => {
	expect(gestureForKeyUp(press("MetaLeft"))).toEqual({ type: "release-all" });
});
