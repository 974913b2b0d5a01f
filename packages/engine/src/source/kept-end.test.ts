import { expect, test } from "vitest";
import { countedWindow, forgetfulSource, readWhole } from "../../test/byte-sources.ts";
import { randomBytes, seededRandom } from "../../test/fixtures.ts";
import { MAX_READ_BYTES, memorySource } from "./byte-source.ts";
import { FINGERPRINT_BYTES } from "./fingerprint.ts";
import { withKeptEnd } from "./kept-end.ts";

const bytes = randomBytes(3 * MAX_READ_BYTES, seededRandom(6));
const endOffset = bytes.length - FINGERPRINT_BYTES;

test("every read returns the source's bytes", () => {
	const source = withKeptEnd(forgetfulSource(bytes));
	expect(Buffer.compare(readWhole(source), bytes)).toBe(0);
	for (const [offset, length] of [
		[endOffset - 1, 10],
		[endOffset, FINGERPRINT_BYTES],
		[bytes.length - 128, 128],
		[bytes.length - 5, 100],
		[bytes.length, 10],
		[bytes.length + 10, 10],
	] as const) {
		expect(Buffer.compare(source.read(offset, length), bytes.subarray(offset, offset + length))).toBe(0);
	}
});

test("a read at the end, before or between sequential reads, does not move the window", () => {
	const { source: window, fills } = countedWindow(bytes);
	const source = withKeptEnd(window);
	const before = fills();
	for (let offset = 0; offset < MAX_READ_BYTES; offset += 65_536) {
		source.read(offset, 65_536);
		source.read(bytes.length - 128, 128);
	}
	expect(fills() - before).toBe(1);
});

test("it buffers what the source buffers, and the end", () => {
	const { source: window } = countedWindow(bytes);
	const source = withKeptEnd(window);
	source.read(100, 10);
	expect(source.buffered?.(200)).toHaveLength(MAX_READ_BYTES - 100);
	expect(source.buffered?.(2 * MAX_READ_BYTES)).toHaveLength(0);
	expect(Buffer.compare(source.buffered!(endOffset + 7), bytes.subarray(endOffset + 7))).toBe(0);
	expect(withKeptEnd(forgetfulSource(bytes)).buffered?.(0)).toHaveLength(0);
	expect(withKeptEnd(memorySource(bytes)).buffered?.(0)).toHaveLength(MAX_READ_BYTES);
});
