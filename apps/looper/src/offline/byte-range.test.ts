import { expect, test } from "vitest";
import { byteRange } from "./byte-range.ts";

test.each([
	["bytes=0-1", { start: 0, end: 2 }],
	["bytes=10-", { start: 10, end: 100 }],
	["bytes=-10", { start: 90, end: 100 }],
	["bytes=-1000", { start: 0, end: 100 }],
	["bytes=90-1000", { start: 90, end: 100 }],
	["bytes=99-99", { start: 99, end: 100 }],
] as const)("%s of 100 bytes", (header, part) => {
	expect(byteRange(header, 100)).toEqual(part);
});

test.each(["bytes=100-", "bytes=-0"])("%s of 100 bytes is refused", (header) => {
	expect(byteRange(header, 100)).toBe("none");
});

test.each(["", "bytes=-", "bytes=5-4", "bytes=0-1,5-6", "lines=1-2"])("%j is ignored", (header) => {
	expect(byteRange(header, 100)).toBe("whole");
});
