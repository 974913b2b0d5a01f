import { expect, test } from "vitest";
import { placeBeside } from "./menu-place.ts";

const menu = { width: 200, height: 240 };
const view = { width: 1280, height: 800 };

test("a menu ends at its pad's right edge, below the menu button", () => {
	expect(placeBeside({ left: 500, top: 100, width: 140, height: 150 }, menu, view)).toEqual({ left: 440, top: 136 });
});

test("the menu of a pad in the corner stays inside the window", () => {
	expect(placeBeside({ left: 1132, top: 640, width: 140, height: 150 }, menu, view)).toEqual({ left: 1072, top: 552 });
	expect(placeBeside({ left: 8, top: 100, width: 80, height: 70 }, menu, view)).toEqual({ left: 8, top: 136 });
});
