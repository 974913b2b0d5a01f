import { expect, test } from "vitest";
import { packetsInBlock } from "./lacing.ts";

const packets = (lacing: number, bytes: readonly number[]) =>
	packetsInBlock(lacing, Uint8Array.from(bytes))?.map((packet) => [...packet]) ?? null;

test("a block without lacing is one packet", () => {
	expect(packets(0, [7, 8, 9])).toEqual([[7, 8, 9]]);
});

test("Xiph lacing sums bytes up to one below 255", () => {
	const long = [...new Uint8Array(256).fill(5)];
	expect(packets(1, [2, 255, 1, 1, ...long, 6, 7, 8])).toEqual([long, [6], [7, 8]]);
});

test("lacing of fixed size divides the block", () => {
	expect(packets(2, [2, 1, 2, 3, 4, 5, 6])).toEqual([
		[1, 2],
		[3, 4],
		[5, 6],
	]);
});

test("EBML lacing gives one size and signed differences", () => {
	// 2, then +1 (0x40 over a middle of 0x3f), then -2.
	expect(packets(3, [3, 0x82, 0xc0, 0xbd, 1, 1, 2, 2, 2, 3, 4, 4])).toEqual([[1, 1], [2, 2, 2], [3], [4, 4]]);
});

test.each<[string, number, readonly number[]]>([
	["Xiph sizes that run out", 1, [1, 255]],
	["Xiph sizes beyond the block", 1, [1, 9, 1]],
	["a fixed size that does not divide the block", 2, [1, 1, 2, 3]],
	["EBML sizes that run out", 3, [2, 0x81]],
	["a negative EBML size", 3, [2, 0x81, 0x80, 1, 2]],
	["an unknown EBML size", 3, [1, 0xff, 1]],
])("%s give no packets", (_name, lacing, bytes) => {
	expect(packets(lacing, bytes)).toBeNull();
});
