import { expect, test } from "vitest";
import { padKeyCodes } from "../input/keyboard.ts";
import { keyRefusal } from "./key-rules.ts";

test("the keys of the pads can be mapped, and others that type", () => {
	for (const code of [...padKeyCodes, "Digit9", "Slash", "F1", "Numpad3", "PageUp"])
		expect(keyRefusal(code, false)).toBeNull();
});

test("keys with a meaning of their own cannot, and the reason is said", () => {
	expect(keyRefusal("Escape", false)).toBe("the key cannot be mapped, it always stops everything");
	expect(keyRefusal("ArrowUp", false)).toBe("the key cannot be mapped, it moves the focus");
	for (const code of ["ShiftLeft", "ControlRight", "MetaLeft", ""])
		expect(keyRefusal(code, false)).toBe("the key is a modifier");
	expect(keyRefusal("BracketLeft", false)).toBe("the key cannot be mapped, it shows the bank before");
	for (const code of ["Digit1", "Digit8"]) {
		expect(keyRefusal(code, true)).toBe("the key cannot be mapped, it shows a bank");
		expect(keyRefusal(code, false)).toBeNull();
	}
	expect(keyRefusal("Digit9", true)).toBeNull();
	expect(keyRefusal("KeyR", true)).toBe("the key cannot be mapped, it records");
});

test("names of object properties are keys like any other", () => {
	expect(keyRefusal("toString", false)).toBeNull();
});
