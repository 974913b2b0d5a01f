import * as fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_READ_BYTES } from "./byte-source.ts";
import type { ByteStream } from "./full-pieces.ts";
import { readAheadSource } from "./read-ahead.ts";

const SEED = 0x0a4e_ad00;
const bytes = Uint8Array.from({ length: 13.3 * MAX_READ_BYTES }, (_, index) => index ^ (index >> 8) ^ (index >> 16));

/** A file that counts its reads and may end early or fail. */
class CountedFile {
	blockingReads = 0;
	streams = 0;
	length: number = bytes.length;
	isBroken = false;
	readonly byteLength: number = bytes.length;

	readInto(byteOffset: number, target: Uint8Array): number {
		this.blockingReads += 1;
		if (this.isBroken) throw new Error("gone");
		const part = bytes.subarray(byteOffset, Math.min(byteOffset + target.length, this.length));
		target.set(part);
		return part.length;
	}

	streamFrom(byteOffset: number): ByteStream {
		this.streams += 1;
		const pieceBytes = 300_000;
		let offset = byteOffset;
		return new ReadableStream({
			type: "bytes",
			pull: (controller) => {
				if (this.isBroken) throw new Error("gone");
				const piece = bytes.slice(offset, Math.min(offset + pieceBytes, this.length));
				offset += piece.length;
				if (piece.length > 0) controller.enqueue(piece);
				else {
					controller.close();
					controller.byobRequest?.respond(0);
				}
			},
		});
	}
}

/** Reads the file sequentially, like a decoder. */
async function readThrough(file: CountedFile, stepBytes: number, from: number = 0): Promise<void> {
	const source = readAheadSource(file);
	for (let offset = from; offset < bytes.length; offset += stepBytes) {
		const read = source.read(offset, stepBytes);
		await source.prepare?.();
		expect(Buffer.compare(read, bytes.subarray(offset, offset + stepBytes))).toBe(0);
	}
	source.close();
}

test("a sequential reader gets everything after the first reads from one stream, and reads stay valid", async () => {
	for (const stepBytes of [65_536, 100_003, MAX_READ_BYTES]) {
		const file = new CountedFile();
		await readThrough(file, stepBytes);
		expect(file.streams).toBe(1);
		expect(file.blockingReads).toBeLessThanOrEqual(2);
	}
});

test("any sequence of reads returns the file's bytes, prepared or not", async () => {
	const jump = fc.record({
		to: fc.nat(bytes.length + 10),
		steps: fc.array(fc.tuple(fc.nat(MAX_READ_BYTES), fc.boolean()), { minLength: 1, maxLength: 12 }),
	});
	const run = async (
		jumps: readonly { to: number; steps: readonly (readonly [number, boolean])[] }[],
	): Promise<void> => {
		const source = readAheadSource(new CountedFile());
		for (const { to, steps } of jumps) {
			let offset = to;
			for (const [length, isPrepared] of steps) {
				const read = source.read(offset, length);
				if (isPrepared) await source.prepare?.();
				expect(Buffer.compare(read, bytes.subarray(offset, offset + length))).toBe(0);
				offset += length;
			}
		}
		source.close();
	};
	await fc.assert(fc.asyncProperty(fc.array(jump, { minLength: 1, maxLength: 5 }), run), { seed: SEED, numRuns: 60 });
});

test("reads grow for a reader that never prepares", () => {
	const file = new CountedFile();
	const source = readAheadSource(file);
	for (let offset = 0; offset < bytes.length; offset += 65_536) source.read(offset, 65_536);
	expect(file.blockingReads).toBeLessThanOrEqual(5);
	expect(file.streams).toBe(0);
});

test("a file that became shorter returns what is left", async () => {
	const file = new CountedFile();
	const source = readAheadSource(file);
	file.length = 3.5 * MAX_READ_BYTES;
	let total = 0;
	for (let offset = 0; offset < 5 * MAX_READ_BYTES; offset += 65_536) {
		total += source.read(offset, 65_536).length;
		await source.prepare?.();
	}
	expect(total).toBe(file.length);
	source.close();
});

test("a file fails in a read, never between two", async () => {
	const file = new CountedFile();
	const source = readAheadSource(file);
	const readOn = async (): Promise<void> => {
		for (let offset = 0; offset < bytes.length; offset += 65_536) {
			if (offset === 32 * 65_536) file.isBroken = true;
			await source.prepare?.();
			source.read(offset, 65_536);
		}
	};
	await expect(readOn()).rejects.toThrow("gone");
	await expect(source.prepare?.()).resolves.toBeUndefined();
	source.close();
});
