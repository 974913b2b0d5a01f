import { expect, test } from "vitest";
import { gestureForKey, type KeyPress, keyVelocity, padKeyCodes } from "./keyboard.ts";

function press(code: string, modifiers: Partial<KeyPress> = {}): KeyPress {
	return { code, repeat: false, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...modifiers };
}

test("32 different keys play 32 pads", () => {
	expect(new Set(padKeyCodes).size).toBe(32);
	expect(padKeyCodes.map((code) => gestureForKey(press(code)))).toEqual(
		padKeyCodes.map((_, pad) => ({ type: "trigger", pad, velocity: keyVelocity })),
	);
});

test("the four rows begin with 1, Q, A and Z and end with 8, I, K and the comma", () => {
	expect([0, 8, 16, 24].map((pad) => padKeyCodes[pad])).toEqual(["Digit1", "KeyQ", "KeyA", "KeyZ"]);
	expect([7, 15, 23, 31].map((pad) => padKeyCodes[pad])).toEqual(["Digit8", "KeyI", "KeyK", "Comma"]);
});

test("Shift with a pad's key stops that pad", () => {
	expect(gestureForKey(press("KeyA", { shiftKey: true }))).toEqual({ type: "stop", pad: 16 });
});

test("Escape stops everything", () => {
	expect(gestureForKey(press("Escape"))).toEqual({ type: "stop-all" });
});

test.each(["repeat", "ctrlKey", "altKey", "metaKey"] as const)(
	"a key press with %s is ignored, on pads and Escape",
	(modifier) => {
		expect(gestureForKey(press("KeyQ", { [modifier]: true }))).toBeNull();
		expect(gestureForKey(press("Escape", { [modifier]: true }))).toBeNull();
	},
);

test("other keys mean nothing", () => {
	for (const code of ["Digit9", "KeyO", "Period", "Enter", "Space", "Tab", "F5"]) {
		expect(gestureForKey(press(code))).toBeNull();
	}
});
