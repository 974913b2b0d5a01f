import { expect, test } from "vitest";
import { bankAfterKey } from "./bank-after-key.ts";

test("arrows move to the neighbour, Home and End to the first and the last bank", () => {
	const codes = ["ArrowUp", "ArrowLeft", "ArrowDown", "ArrowRight", "Home", "End"];
	expect(codes.map((code) => bankAfterKey(code, 3))).toEqual([2, 2, 4, 4, 0, 7]);
});

test("no key leaves the banks, and others have no meaning", () => {
	expect([bankAfterKey("ArrowUp", 0), bankAfterKey("ArrowRight", 7), bankAfterKey("KeyQ", 3)]).toEqual([
		null,
		null,
		null,
	]);
});
