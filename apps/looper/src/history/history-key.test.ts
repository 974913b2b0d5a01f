import { expect, test } from "vitest";
import { historyKey } from "./history-key.ts";

const z = { key: "z", code: "KeyZ", shiftKey: false, ctrlKey: false, altKey: false, metaKey: false };

test("Ctrl+Z and Cmd+Z undo, with Shift they redo", () => {
	expect(historyKey({ ...z, ctrlKey: true })).toBe("undo");
	expect(historyKey({ ...z, metaKey: true })).toBe("undo");
	expect(historyKey({ ...z, key: "Z", ctrlKey: true, shiftKey: true })).toBe("redo");
	expect(historyKey({ ...z, key: "Z", metaKey: true, shiftKey: true })).toBe("redo");
});

test("the letter counts, not its position, unless the keyboard has no Latin letters", () => {
	expect(historyKey({ ...z, code: "KeyY", ctrlKey: true })).toBe("undo");
	expect(historyKey({ ...z, key: "y", ctrlKey: true })).toBeNull();
	expect(historyKey({ ...z, key: "я", ctrlKey: true })).toBe("undo");
});

test("a plain Z and other combinations mean nothing", () => {
	expect(historyKey(z)).toBeNull();
	expect(historyKey({ ...z, shiftKey: true })).toBeNull();
	expect(historyKey({ ...z, ctrlKey: true, altKey: true })).toBeNull();
	expect(historyKey({ ...z, ctrlKey: true, metaKey: true })).toBeNull();
});
