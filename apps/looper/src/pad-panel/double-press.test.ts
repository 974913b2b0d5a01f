import { expect, test } from "vitest";
import { DoublePress } from "./double-press.ts";

/** Presses the pad at 100, 700. */
function pressedPad(): DoublePress {
	const presses = new DoublePress();
	expect(presses.take({ timeStamp: 1_000, clientX: 100, clientY: 700 }, false)).toBe(false);
	return presses;
}

test("the second half of a double click that opened the panel is ignored", () => {
	expect(pressedPad().take({ timeStamp: 1_350, clientX: 103, clientY: 698 }, true)).toBe(true);
});

test("a later press on the panel counts, as one at another place does", () => {
	expect(pressedPad().take({ timeStamp: 1_501, clientX: 100, clientY: 700 }, true)).toBe(false);
	expect(pressedPad().take({ timeStamp: 1_200, clientX: 140, clientY: 700 }, true)).toBe(false);
});

test("a double click on the panel itself counts", () => {
	const presses = pressedPad();
	presses.take({ timeStamp: 2_000, clientX: 100, clientY: 700 }, true);
	expect(presses.take({ timeStamp: 2_200, clientX: 100, clientY: 700 }, true)).toBe(false);
});
