import * as fc from "fast-check";
import { expect, test } from "vitest";
import { countedWindow } from "../../test/byte-sources.ts";
import { randomBytes, seededRandom } from "../../test/fixtures.ts";
import { type ByteSource, MAX_READ_BYTES, memorySource } from "./byte-source.ts";
import { byteWindow } from "./byte-window.ts";

const SEED = 0x0b17_e501;
const bytes = randomBytes(2_000, seededRandom(1));

test("any read of a window returns the file's bytes in it, and none outside", () => {
	const place = fc.nat(bytes.length + 20);
	fc.assert(
		fc.property(place, place, place, fc.nat(2 * bytes.length), (start, end, at, wanted) => {
			const stretch = bytes.subarray(start, Math.max(start, end));
			for (const source of [memorySource(bytes), countedWindow(bytes).source]) {
				const window = byteWindow(source, start, end);
				expect(window.byteLength).toBe(stretch.length);
				expect(Buffer.compare(window.read(at, wanted), stretch.subarray(at, at + wanted))).toBe(0);
			}
		}),
		{ seed: SEED, numRuns: 300 },
	);
});

test("without an end a window extends to the end of the file", () => {
	expect(byteWindow(memorySource(bytes), 100).read(0, MAX_READ_BYTES)).toEqual(bytes.subarray(100));
});

test("a window of a window is a range of the file", () => {
	const window = byteWindow(byteWindow(memorySource(bytes), 100, 900), 50, 300);
	expect(window.read(0, MAX_READ_BYTES)).toEqual(bytes.subarray(150, 400));
});

test("prepare on a window prepares its source", async () => {
	let preparedCount = 0;
	const source: ByteSource = {
		...memorySource(bytes),
		prepare: async () => {
			preparedCount++;
		},
	};
	await byteWindow(source, 100).prepare?.();
	expect(preparedCount).toBe(1);
	expect(byteWindow(memorySource(bytes), 100)).not.toHaveProperty("prepare");
});
