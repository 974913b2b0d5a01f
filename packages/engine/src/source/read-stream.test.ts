import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readWhole } from "../../test/byte-sources.ts";
import { checkLength, gather, KEPT_BYTES, MAX_SOURCE_BYTES, type OnBytes } from "./read-stream.ts";
import { nodeSources } from "./source-platform.node.ts";
import type { ByteReader, SourcePlatform } from "./source-platform.ts";

const SEED = 0x04ea_d000;
const MEBIBYTE = 2 ** 20;
const BUDGET = 2 ** 30;

/** A reader of the given pieces that counts its cancellations. */
class PiecesReader implements ByteReader {
	cancelled = 0;
	readonly #pieces: Iterator<Uint8Array>;

	constructor(pieces: Iterable<Uint8Array>) {
		this.#pieces = pieces[Symbol.iterator]();
	}

	read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }> {
		const next = this.#pieces.next();
		return Promise.resolve(next.done === true ? { done: true } : { done: false, value: next.value });
	}

	cancel(): Promise<void> {
		this.cancelled += 1;
		return Promise.resolve();
	}
}

function rising(length: number, from: number): Uint8Array {
	return Uint8Array.from({ length }, (_, index) => from + index);
}

/** Gathers a stream and returns its bytes. */
async function readStream(reader: ByteReader, byteLength: number | null, onBytes: OnBytes): Promise<Uint8Array> {
	const { source } = await gather({ reader, byteLength }, nodeSources, { memoryBudget: BUDGET, onBytes });
	const bytes = readWhole(source.bytes);
	await source.close();
	return bytes;
}

const ignore = (): Promise<void> => Promise.resolve();

test("the bytes are those of the pieces, whatever the announced length", async () => {
	const pieces = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 30 });
	const total = fc.option(fc.integer({ min: 0, max: 5000 }));
	const run = async (parts: readonly Uint8Array[], announced: number | null): Promise<void> => {
		const reader = new PiecesReader(parts);
		const reported: [number, number | null][] = [];
		const bytes = await readStream(reader, announced, (...progress) => {
			reported.push(progress);
			return Promise.resolve();
		});
		expect([...bytes]).toEqual(parts.flatMap((part) => [...part]));
		const ends = parts.map((_, index) => parts.slice(0, index + 1).reduce((sum, part) => sum + part.length, 0));
		expect(reported).toEqual(ends.map((end) => [end, announced]));
		expect(reader.cancelled).toBe(0);
	};
	await fc.assert(fc.asyncProperty(pieces, total, run), { seed: SEED, numRuns: 100 });
});

test("a stream without a length may exceed its first mebibyte", async () => {
	const pieces = Array.from({ length: 37 }, (_, index) => rising(100_000, index));
	const bytes = await readStream(new PiecesReader(pieces), null, ignore);
	expect(bytes.length).toBe(3_700_000);
	expect(pieces.every((piece, index) => piece.every((byte, at) => bytes[index * 100_000 + at] === byte))).toBe(true);
});

test("a stream too long for memory is spooled completely, with the hash of the same bytes in memory", async () => {
	const pieces = Array.from({ length: 20 }, (_, index) => rising(MEBIBYTE, index));
	const { source, contentHash } = await gather({ reader: new PiecesReader(pieces), byteLength: null }, nodeSources, {
		memoryBudget: BUDGET,
		onBytes: ignore,
	});
	expect(source.bytes.byteLength).toBeGreaterThan(KEPT_BYTES);
	const bytes = readWhole(source.bytes);
	expect(Buffer.compare(bytes, Buffer.concat(pieces))).toBe(0);
	expect(contentHash).toBe(await nodeSources.hash(bytes));
	await source.checkUnchanged();
	await source.close();
});

test("a stream ends with done, with or without a value, or without a value", async () => {
	for (const last of [{ done: true, value: rising(3, 0) }, { done: false }]) {
		const answers = [{ done: false, value: rising(2, 7) }, last];
		const reader: ByteReader = { read: () => Promise.resolve(answers.shift()!), cancel: ignore };
		expect(await readStream(reader, null, ignore)).toEqual(rising(2, 7));
	}
});

test("each piece waits until the progress of the previous one was handled", async () => {
	const order: string[] = [];
	const reader: ByteReader = {
		read: () => {
			order.push("read");
			return Promise.resolve(order.length < 6 ? { done: false, value: rising(1, 0) } : { done: true });
		},
		cancel: ignore,
	};
	await readStream(reader, null, async () => {
		await Promise.resolve();
		order.push("heard");
	});
	expect(order).toEqual(["read", "heard", "read", "heard", "read", "heard", "read"]);
});

test("an error of the stream propagates, and the stream is cancelled", async () => {
	const reader = new PiecesReader([]);
	reader.read = () => Promise.reject(new Error("The connection failed."));
	await expect(readStream(reader, null, ignore)).rejects.toThrow("The connection failed.");
	expect(reader.cancelled).toBe(1);
});

test("an error of the progress callback ends the reading, and the stream is cancelled", async () => {
	const reader = new PiecesReader([rising(1, 0), rising(1, 1), rising(1, 2)]);
	const heard: number[] = [];
	const reading = readStream(reader, 3, (read) => {
		heard.push(read);
		return read === 2 ? Promise.reject(new Error("cancelled")) : Promise.resolve();
	});
	await expect(reading).rejects.toThrow("cancelled");
	expect([heard, reader.cancelled]).toEqual([[1, 2], 1]);
});

test("an error of cancel does not hide the first one", async () => {
	const reader = new PiecesReader([]);
	reader.read = () => Promise.reject(new Error("The connection failed."));
	reader.cancel = () => Promise.reject(new Error("There is nothing to cancel."));
	await expect(readStream(reader, null, ignore)).rejects.toThrow("The connection failed.");
});

test("a stream is read up to four times the memory budget, whatever the announced length, and then cancelled", async () => {
	const piece = new Uint8Array(MEBIBYTE);
	const heard: number[] = [];
	const gathering = async (reader: ByteReader, byteLength: number | null): Promise<void> => {
		heard.length = 0;
		const onBytes = (read: number): Promise<void> => Promise.resolve(void heard.push(read));
		const { source } = await gather({ reader, byteLength }, nodeSources, { memoryBudget: 5 * MEBIBYTE, onBytes });
		await source.close();
	};
	const pieces = (count: number): PiecesReader => new PiecesReader(Array.from({ length: count }, () => piece));
	const whole = pieces(20);
	await gathering(whole, null);
	expect(whole.cancelled).toBe(0);
	const refusal = {
		code: "out-of-memory",
		message:
			"The source is longer than 20.0 MiB, the limit for a source that is not a file at a memory budget of 5.0 MiB. " +
			"Load it from a file or raise memoryBudget.",
	};
	for (const announced of [null, 8, 19 * MEBIBYTE]) {
		const reader = pieces(40);
		await expect(gathering(reader, announced)).rejects.toMatchObject(refusal);
		expect([reader.cancelled, heard.at(-1)]).toEqual([1, 20 * MEBIBYTE]);
	}
	const reader = pieces(40);
	await expect(gathering(reader, 20 * MEBIBYTE + 1)).rejects.toMatchObject(refusal);
	expect([reader.cancelled, heard]).toEqual([1, []]);
});

test("a stream short enough for memory is read whatever the memory budget", async () => {
	const reader = new PiecesReader([new Uint8Array(KEPT_BYTES)]);
	const { source } = await gather({ reader, byteLength: KEPT_BYTES }, nodeSources, {
		memoryBudget: 1,
		onBytes: ignore,
	});
	expect(source.bytes.byteLength).toBe(KEPT_BYTES);
});

test("a spool that fails is discarded, and the stream is cancelled", async () => {
	let discarded = 0;
	const full: SourcePlatform = {
		...nodeSources,
		createSpool: () => ({
			append: () => {
				throw new Error("The disk is full.");
			},
			finish: () => expect.unreachable(),
			discard: () => {
				discarded += 1;
			},
		}),
	};
	const reader = new PiecesReader([new Uint8Array(KEPT_BYTES), rising(1, 0)]);
	const gathering = gather({ reader, byteLength: null }, full, { memoryBudget: BUDGET, onBytes: ignore });
	await expect(gathering).rejects.toThrow("The disk is full.");
	expect([reader.cancelled, discarded]).toEqual([1, 1]);
});

test("1 TiB can be read, but not one byte more", () => {
	expect(() => checkLength(MAX_SOURCE_BYTES)).not.toThrow();
	expect(() => checkLength(MAX_SOURCE_BYTES + 1)).toThrow("The file has 1.0 TiB; at most 1 TiB can be read. Split it.");
});
