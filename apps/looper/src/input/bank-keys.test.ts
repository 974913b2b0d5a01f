import { expect, test } from "vitest";
import { bankForKey } from "./bank-keys.ts";
import type { KeyPress } from "./keyboard.ts";

function press(code: string, modifiers: Partial<KeyPress> = {}): KeyPress {
	return { code, repeat: false, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...modifiers };
}

test("Alt with a digit shows the bank of that number", () => {
	const banks = ["Digit1", "Digit2", "Digit8"].map((code) => bankForKey(press(code, { altKey: true }), 4));
	expect(banks).toEqual([0, 1, 7]);
	for (const code of ["Digit9", "Digit0", "Digit5", "KeyQ", "BracketLeft"]) {
		expect(bankForKey(press(code, { altKey: true }), 4)).toBeNull();
	}
});

test("brackets show the bank before and the bank after, and stop at the ends", () => {
	expect(["BracketLeft", "BracketRight"].map((code) => bankForKey(press(code), 3))).toEqual([2, 4]);
	expect(bankForKey(press("BracketLeft"), 0)).toBeNull();
	expect(bankForKey(press("BracketRight"), 7)).toBeNull();
});

test("keys of pads, and shortcuts of the browser, show no bank", () => {
	expect(bankForKey(press("Digit2"), 0)).toBeNull();
	for (const modifier of ["ctrlKey", "metaKey", "shiftKey"] as const) {
		expect(bankForKey(press("BracketRight", { [modifier]: true }), 0)).toBeNull();
		expect(bankForKey(press("Digit3", { altKey: true, [modifier]: true }), 0)).toBeNull();
	}
});
