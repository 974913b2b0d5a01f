import { expect, test } from "vitest";
import { keyLabel } from "./key-label.ts";

test("in an unknown layout a key is named by its position", () => {
	expect(["Digit4", "KeyQ", "Comma"].map((code) => keyLabel(code, undefined))).toEqual(["4", "Q", ","]);
});

test("a German keyboard shows its own Y and Z", () => {
	expect(keyLabel("KeyY", "z")).toBe("Z");
	expect(keyLabel("KeyZ", "y")).toBe("Y");
});

test("the digit keys of a French keyboard are named by their digits", () => {
	expect(keyLabel("Digit1", "&")).toBe("1");
	expect(keyLabel("KeyQ", "a")).toBe("A");
	expect(keyLabel("Comma", ";")).toBe(";");
});

test("a key that types nothing visible is named by its position", () => {
	expect(keyLabel("KeyB", " ")).toBe("B");
});
