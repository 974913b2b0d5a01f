import { expect, test } from "vitest";
import { keyLabel } from "./key-label.ts";

test("without a known layout a key is named by its place", () => {
	expect(["Digit4", "KeyQ", "Comma"].map((code) => keyLabel(code, undefined))).toEqual(["4", "Q", ","]);
});

test("a German keyboard shows its own Y and Z", () => {
	expect(keyLabel("KeyY", "z")).toBe("Z");
	expect(keyLabel("KeyZ", "y")).toBe("Y");
});

test("a French keyboard keeps the digits that it prints", () => {
	expect(keyLabel("Digit1", "&")).toBe("1");
	expect(keyLabel("KeyQ", "a")).toBe("A");
	expect(keyLabel("Comma", ";")).toBe(";");
});

test("a key that types nothing visible is named by its place", () => {
	expect(keyLabel("KeyB", " ")).toBe("B");
});
