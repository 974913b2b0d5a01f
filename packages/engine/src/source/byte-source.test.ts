import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readWhole } from "../../test/byte-sources.ts";
import { MAX_READ_BYTES, memorySource, windowedSource } from "./byte-source.ts";

const SEED = 0x0b17_e500;

/** Bytes that identify their position by their neighbours. */
function countingBytes(length: number): Uint8Array {
	return Uint8Array.from({ length }, (_, index) => index ^ (index >> 8) ^ (index >> 16));
}

/** A file that counts reads and may become shorter. */
class CountedFile {
	reads = 0;
	readBytes = 0;
	length: number;
	readonly #bytes: Uint8Array;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
		this.length = bytes.length;
	}

	readInto(byteOffset: number, target: Uint8Array): number {
		this.reads += 1;
		const part = this.#bytes.subarray(byteOffset, Math.min(byteOffset + target.length, this.length));
		target.set(part);
		this.readBytes += part.length;
		return part.length;
	}

	asSource(): ReturnType<typeof windowedSource> {
		return windowedSource(this.#bytes.length, (byteOffset, target) => this.readInto(byteOffset, target));
	}
}

const big = countingBytes(2.5 * MAX_READ_BYTES);

test("any sequence of reads returns the file's bytes, through a window and from memory", () => {
	const offset = fc.oneof(
		fc.nat(big.length + 10),
		fc.nat(100),
		fc.nat(100).map((before) => big.length - before),
	);
	const length = fc.oneof(fc.nat(MAX_READ_BYTES), fc.nat(64));
	fc.assert(
		fc.property(fc.array(fc.tuple(offset, length), { maxLength: 12 }), (reads) => {
			for (const source of [new CountedFile(big).asSource(), memorySource(big)]) {
				expect(source.byteLength).toBe(big.length);
				for (const [at, wanted] of reads) {
					expect(Buffer.compare(source.read(at, wanted), big.subarray(at, at + wanted))).toBe(0);
				}
			}
		}),
		{ seed: SEED, numRuns: 60 },
	);
});

test("reads within the window do not read the file", () => {
	const file = new CountedFile(big);
	const source = file.asSource();
	for (let at = 0; at + 4_096 <= MAX_READ_BYTES; at += 4_096) source.read(at, 4_096);
	expect(file.reads).toBe(1);
	source.read(MAX_READ_BYTES - 8, 16);
	expect(file.reads).toBe(2);
	source.read(0, 1);
	expect(file.reads).toBe(3);
});

test("a window returns at most its own length at a time", () => {
	const source = new CountedFile(big).asSource();
	expect(source.read(0, big.length).length).toBe(MAX_READ_BYTES);
	expect(source.read(big.length - 5, MAX_READ_BYTES).length).toBe(5);
	expect(source.read(big.length, 1).length).toBe(0);
	expect(source.read(big.length + 1_000, 1).length).toBe(0);
});

test("a file that became shorter returns what is left, never the window's old bytes", () => {
	const file = new CountedFile(big);
	const source = file.asSource();
	source.read(0, MAX_READ_BYTES);
	file.length = MAX_READ_BYTES + 10;
	expect(source.read(MAX_READ_BYTES, 100)).toEqual(big.slice(MAX_READ_BYTES, MAX_READ_BYTES + 10));
	expect(source.read(MAX_READ_BYTES + 50, 100).length).toBe(0);
	expect(source.read(2 * MAX_READ_BYTES, 100).length).toBe(0);
	expect(Buffer.compare(readWhole(source), big.subarray(0, MAX_READ_BYTES + 10))).toBe(0);
});

test("an empty file has no bytes at any offset", () => {
	for (const source of [new CountedFile(new Uint8Array(0)).asSource(), memorySource(new Uint8Array(0))]) {
		expect(source.read(0, 10).length).toBe(0);
		expect(source.read(5, 10).length).toBe(0);
		expect(readWhole(source).length).toBe(0);
	}
});

test("wholeSource copies the file across windows", () => {
	const whole = readWhole(new CountedFile(big).asSource());
	expect(Buffer.compare(whole, big)).toBe(0);
	expect(readWhole(memorySource(big)).buffer).not.toBe(big.buffer);
});

test("a longer window is read in one call, and one read of it is still limited to MAX_READ_BYTES", () => {
	let reads = 0;
	const source = windowedSource(
		big.length,
		(byteOffset, target) => {
			reads += 1;
			const bytes = big.subarray(byteOffset, byteOffset + target.length);
			target.set(bytes);
			return bytes.length;
		},
		2 * MAX_READ_BYTES,
	);
	expect(Buffer.compare(source.read(0, 2 * MAX_READ_BYTES), big.subarray(0, MAX_READ_BYTES))).toBe(0);
	expect(source.read(MAX_READ_BYTES + 5, 100)).toEqual(big.slice(MAX_READ_BYTES + 5, MAX_READ_BYTES + 105));
	expect(reads).toBe(1);
});

test("an error of the file propagates, and the next read tries again", () => {
	let fails = true;
	const source = windowedSource(100, (_, target) => {
		if (fails) throw new Error("The disk is gone.");
		return target.fill(7).length;
	});
	expect(() => source.read(0, 10)).toThrow("The disk is gone.");
	fails = false;
	expect(source.read(0, 3)).toEqual(Uint8Array.of(7, 7, 7));
});

test("sequential reads read each byte of the file once", () => {
	for (const stepBytes of [1_000, 65_536, 700_001, MAX_READ_BYTES]) {
		const file = new CountedFile(big);
		const source = file.asSource();
		for (let offset = 0; offset < big.length; offset += stepBytes) source.read(offset, stepBytes);
		expect(file.readBytes).toBe(big.length);
	}
});

test("buffered bytes equal the file's, and getting them reads nothing", () => {
	const file = new CountedFile(big);
	for (const source of [file.asSource(), memorySource(big)]) {
		for (const [from, length] of [
			[0, 10],
			[MAX_READ_BYTES - 5, 100],
			[2 * MAX_READ_BYTES, 1_000],
			[big.length - 3, 3],
			[700_000, 5],
		] as const) {
			const read = source.read(from, length);
			const { readBytes } = file;
			for (const offset of [from, from + length - 1]) {
				const buffered = source.buffered?.(offset) ?? read;
				expect(buffered.length).toBeGreaterThanOrEqual(from + length - offset);
				expect(Buffer.compare(buffered, big.subarray(offset, offset + buffered.length))).toBe(0);
			}
			expect(source.buffered?.(big.length)).toHaveLength(0);
			expect(file.readBytes).toBe(readBytes);
		}
	}
	const window = file.asSource();
	window.read(MAX_READ_BYTES, 10);
	for (const outside of [0, MAX_READ_BYTES - 1, 2 * MAX_READ_BYTES, big.length]) {
		expect(window.buffered?.(outside)).toHaveLength(0);
	}
});
