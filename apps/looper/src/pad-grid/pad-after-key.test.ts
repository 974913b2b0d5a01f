import { expect, test } from "vitest";
import { padAfterKey } from "./pad-after-key.ts";

const wide = { columns: 8, pads: 32 };
const tall = { columns: 4, pads: 32 };

test("arrows move to the neighbour, with any number of columns", () => {
	const keys = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];
	expect(keys.map((key) => padAfterKey(key, 10, wide))).toEqual([9, 11, 2, 18]);
	expect(keys.map((key) => padAfterKey(key, 10, tall))).toEqual([9, 11, 6, 14]);
});

test("an arrow that would leave the grid does nothing", () => {
	expect(padAfterKey("ArrowLeft", 8, wide)).toBeNull();
	expect(padAfterKey("ArrowRight", 7, wide)).toBeNull();
	expect(padAfterKey("ArrowUp", 3, tall)).toBeNull();
	expect(padAfterKey("ArrowDown", 28, tall)).toBeNull();
});

test("Home and End move to the first and the last pad", () => {
	expect([padAfterKey("Home", 10, wide), padAfterKey("End", 10, wide)]).toEqual([0, 31]);
});

test("other keys have no meaning", () => {
	expect(padAfterKey("KeyQ", 10, wide)).toBeNull();
	expect(padAfterKey("Enter", 10, wide)).toBeNull();
});
