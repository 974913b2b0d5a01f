import { expect, test } from "vitest";
import { parameterRanges } from "./parameter-table.ts";

test("each owner has its ranges, and another one is refused by name", () => {
	expect(Object.keys(parameterRanges("pad"))).toContain("gainDecibels");
	expect(Object.keys(parameterRanges("transport"))).toContain("tempo");
	expect(() => parameterRanges("pads" as never)).toThrow(
		'The value of owner must be one of "pad", "master", "transport", not "pads".',
	);
});
