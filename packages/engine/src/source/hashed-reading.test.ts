import { createHash, webcrypto } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { forgetfulSource } from "../../test/byte-sources.ts";
import { randomBytes, seededRandom } from "../../test/fixtures.ts";
import { type ByteSource, MAX_READ_BYTES, memorySource, windowedSource } from "./byte-source.ts";
import { FINGERPRINT_BYTES } from "./fingerprint.ts";
import { HashedReading } from "./hashed-reading.ts";
import { withKeptEnd } from "./kept-end.ts";
import { PiecewiseHash } from "./piecewise-hash.ts";
import { readAheadSource } from "./read-ahead.ts";
import type { ContentHash } from "./source-platform.ts";

const SEED = 0x0a54_ed00;
const bytes = randomBytes(13.3 * MAX_READ_BYTES, seededRandom(SEED));

/** The hash of a platform that hashes incrementally. */
function sequentialHash(): ContentHash {
	const hash = createHash("sha256");
	return {
		update: async (piece) => void hash.update(piece),
		digest: () => Promise.resolve(hash.digest("hex")),
	};
}

function piecewiseHash(): ContentHash {
	return new PiecewiseHash((algorithm, piece) => webcrypto.subtle.digest(algorithm, piece));
}

/** A file that counts the bytes read and may end early. */
class CountedFile {
	readBytes = 0;
	length: number = bytes.length;

	readInto(byteOffset: number, target: Uint8Array): number {
		const part = bytes.subarray(byteOffset, Math.min(byteOffset + target.length, this.length));
		target.set(part);
		this.readBytes += part.length;
		return part.length;
	}

	/** A source with blocking reads, as in Node. */
	windowed(): ByteSource {
		return windowedSource(bytes.length, (byteOffset, target) => this.readInto(byteOffset, target));
	}

	/** A source that reads ahead, as in browsers. */
	readAhead(): ByteSource {
		const streamFrom = (byteOffset: number): ReadableStream<Uint8Array> => {
			let offset = byteOffset;
			return new ReadableStream({
				type: "bytes",
				pull: (controller) => {
					const piece = bytes.slice(offset, Math.min(offset + 300_000, this.length));
					offset += piece.length;
					this.readBytes += piece.length;
					if (piece.length > 0) controller.enqueue(piece);
					else {
						controller.close();
						controller.byobRequest?.respond(0);
					}
				},
			});
		};
		return readAheadSource({
			byteLength: bytes.length,
			readInto: (byteOffset, target) => this.readInto(byteOffset, target),
			streamFrom,
		});
	}
}

const ignore = (): Promise<void> => Promise.resolve();

async function hashOf(whole: Uint8Array, hash: ContentHash): Promise<string> {
	await hash.update(whole);
	return hash.digest();
}

/** Reads sequentially in steps, like a decoder. */
async function readOn(reading: HashedReading, from: number, to: number, stepBytes: number): Promise<void> {
	for (let offset = from; offset < to; offset += stepBytes) {
		const read = reading.read(offset, Math.min(stepBytes, to - offset));
		await reading.prepare();
		expect(Buffer.compare(read, bytes.subarray(offset, Math.min(offset + stepBytes, to)))).toBe(0);
	}
}

test(`for reads in any order, the hash is that of the whole file (seed ${SEED})`, async () => {
	const whole = [await hashOf(bytes, sequentialHash()), await hashOf(bytes, piecewiseHash())];
	const jump = fc.record({
		to: fc.nat(bytes.length + 10),
		steps: fc.array(fc.tuple(fc.nat(MAX_READ_BYTES), fc.boolean()), { minLength: 1, maxLength: 10 }),
	});
	const run = async (
		jumps: readonly { to: number; steps: [number, boolean][] }[],
		isPiecewise: boolean,
	): Promise<void> => {
		const file = new CountedFile();
		for (const source of [file.windowed(), file.readAhead(), memorySource(bytes)]) {
			const reading = new HashedReading(source, isPiecewise ? piecewiseHash() : sequentialHash());
			for (const { to, steps } of jumps) {
				let offset = to;
				for (const [stepBytes, isPrepared] of steps) {
					const read = reading.read(offset, stepBytes);
					if (isPrepared) await reading.prepare();
					expect(Buffer.compare(read, bytes.subarray(offset, offset + stepBytes))).toBe(0);
					offset += stepBytes;
				}
			}
			expect(await reading.finish(ignore)).toBe(whole[Number(isPiecewise)]);
		}
	};
	await fc.assert(fc.asyncProperty(fc.array(jump, { maxLength: 4 }), fc.boolean(), run), { seed: SEED, numRuns: 40 });
});

test("sequential reads in steps of any length read every byte once, and finish reads nothing", async () => {
	for (const stepBytes of [65_536, 100_003, MAX_READ_BYTES]) {
		const file = new CountedFile();
		for (const source of [file.windowed(), file.readAhead()]) {
			file.readBytes = 0;
			const reading = new HashedReading(source, sequentialHash());
			await readOn(reading, 0, bytes.length, stepBytes);
			expect(file.readBytes).toBe(bytes.length);
			expect(await reading.finish(() => Promise.reject(new Error("There were bytes left.")))).toBe(
				await hashOf(bytes, sequentialHash()),
			);
			expect(file.readBytes).toBe(bytes.length);
		}
	}
});

test("the hash gets long stretches, however short the reads and whatever was read before", async () => {
	for (const source of [new CountedFile().windowed(), new CountedFile().readAhead(), memorySource(bytes)]) {
		source.read(bytes.length - 100, 100);
		source.read(0, 100);
		const stretches: number[] = [];
		const hash = sequentialHash();
		const counting: ContentHash = {
			update: (piece) => {
				stretches.push(piece.length);
				return hash.update(piece);
			},
			digest: () => hash.digest(),
		};
		const reading = new HashedReading(source, counting);
		await readOn(reading, 44, bytes.length, 5_003);
		expect(await reading.finish(ignore)).toBe(await hashOf(bytes, sequentialHash()));
		expect(stretches.length).toBeLessThanOrEqual(Math.ceil(bytes.length / MAX_READ_BYTES) + 1);
	}
});

test("skipped bytes, at the start, between two reads or at the end, are read once, too", async () => {
	for (const [from, to] of [
		[3_500_000, bytes.length],
		[44, bytes.length - 5_000_000],
	] as const) {
		const file = new CountedFile();
		for (const source of [file.windowed(), file.readAhead()]) {
			file.readBytes = 0;
			const reading = new HashedReading(source, sequentialHash());
			reading.read(0, 100);
			for (let offset = from; offset < to; offset += 1_700_000) {
				reading.read(offset, 100_000);
				await reading.prepare();
			}
			expect(await reading.finish(ignore)).toBe(await hashOf(bytes, sequentialHash()));
			// A stream interrupted by a blocking read may have read further.
			expect(file.readBytes).toBeLessThan(bytes.length * 1.5);
			if (source.prepare === undefined) expect(file.readBytes).toBe(bytes.length);
		}
	}
});

test("a read at the end before sequential reads repeats only itself", async () => {
	const file = new CountedFile();
	for (const source of [file.windowed(), file.readAhead()]) {
		file.readBytes = 0;
		const reading = new HashedReading(source, sequentialHash());
		reading.read(bytes.length - 5_000, 5_000);
		await readOn(reading, 0, bytes.length, 65_536);
		await reading.finish(ignore);
		expect(file.readBytes).toBe(bytes.length + 5_000);
	}
});

test("a read of the kept end, between sequential reads, reads nothing", async () => {
	const file = new CountedFile();
	for (const source of [file.windowed(), file.readAhead()]) {
		file.readBytes = 0;
		const reading = new HashedReading(withKeptEnd(source), sequentialHash());
		for (let offset = 0; offset < bytes.length; offset += 400_000) {
			await readOn(reading, offset, Math.min(offset + 400_000, bytes.length), 50_000);
			// Closer to the end it counts as a skip, and everything before it is read.
			if (offset < bytes.length / 2) reading.read(bytes.length - 128, 128);
		}
		expect(await reading.finish(ignore)).toBe(await hashOf(bytes, sequentialHash()));
		expect(file.readBytes).toBe(bytes.length + FINGERPRINT_BYTES);
	}
});

test("a source without buffered bytes is hashed by its reads", async () => {
	const reading = new HashedReading(withKeptEnd(forgetfulSource(bytes)), sequentialHash());
	reading.read(0, 1_000_000);
	expect(await reading.finish(ignore)).toBe(await hashOf(bytes, sequentialHash()));
});

test("finish reports its progress, and an error if the file became shorter", async () => {
	const file = new CountedFile();
	const told: [number, number | null][] = [];
	const reading = new HashedReading(file.windowed(), sequentialHash());
	reading.read(0, 10);
	await reading.finish(async (read, total) => void told.push([read, total]));
	expect(told.at(-1)).toEqual([bytes.length, bytes.length]);
	expect(told.map(([read]) => read)).toEqual(told.map(([read]) => read).toSorted((one, other) => one - other));
	file.length -= 5;
	for (const source of [file.windowed(), file.readAhead()]) {
		const cut = new HashedReading(source, sequentialHash());
		await expect(cut.finish(ignore)).rejects.toMatchObject({
			code: "read-failed",
			message: "The file became shorter while it was being read. Try again.",
		});
	}
});

test("a load cancelled while the rest is being read ends there", async () => {
	const file = new CountedFile();
	const reading = new HashedReading(file.windowed(), sequentialHash());
	await expect(reading.finish(() => Promise.reject(new Error("cancelled")))).rejects.toThrow("cancelled");
	expect(file.readBytes).toBe(MAX_READ_BYTES);
});

test("the reader waits while the hash lags two stretches behind, and no sooner", async () => {
	const settle: (() => void)[] = [];
	const slow: ContentHash = {
		update: () => new Promise<void>((resolve) => void settle.push(resolve)),
		digest: () => Promise.resolve(""),
	};
	const reading = new HashedReading(new CountedFile().windowed(), slow);
	reading.read(0, 10);
	await reading.prepare();
	reading.read(MAX_READ_BYTES, 10);
	let isReady = false;
	const preparing = reading.prepare().then(() => (isReady = true));
	await new Promise((resolve) => setImmediate(resolve));
	expect([settle.length, isReady]).toEqual([2, false]);
	settle[0]?.();
	await preparing;
});

test("a failing hash fails finish, not the reads", async () => {
	const failing: ContentHash = {
		update: () => Promise.reject(new Error("no hash")),
		digest: () => Promise.reject(new Error("no hash")),
	};
	const reading = new HashedReading(memorySource(bytes), failing);
	await readOn(reading, 0, 300_000, 65_536);
	await expect(reading.finish(ignore)).rejects.toThrow("no hash");
});
