import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readWhole } from "../../test/byte-sources.ts";
import { checkLength, gather, KEPT_BYTES, MAX_SOURCE_BYTES, type OnBytes } from "./read-stream.ts";
import { nodeSources } from "./source-platform.node.ts";
import type { ByteReader, SourcePlatform } from "./source-platform.ts";

const SEED = 0x04ea_d000;
const MEBIBYTE = 2 ** 20;
const BUDGET = 2 ** 30;

/** A reader of given pieces that counts how often it was cancelled. */
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

/** Gathers a stream and gives its bytes. */
async function readStream(reader: ByteReader, byteLength: number | null, onBytes: OnBytes): Promise<Uint8Array> {
	const { source } = await gather({ reader, byteLength }, nodeSources, { memoryBudget: BUDGET, onBytes });
	const bytes = readWhole(source.bytes);
	await source.close();
	return bytes;
}

const ignore = (): Promise<void> => Promise.resolve();

test("the bytes are those of the pieces, whatever length was announced", async () => {
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

test("a stream without a length grows past its first mebibyte, whole", async () => {
	const pieces = Array.from({ length: 37 }, (_, index) => rising(100_000, index));
	const bytes = await readStream(new PiecesReader(pieces), null, ignore);
	expect(bytes.length).toBe(3_700_000);
	expect(pieces.every((piece, index) => piece.every((byte, at) => bytes[index * 100_000 + at] === byte))).toBe(true);
});

test("a stream too long to keep is spooled, whole, and its hash is that of the same bytes in memory", async () => {
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

test("a stream that says it is done with a value, or goes on without one, has ended", async () => {
	for (const last of [{ done: true, value: rising(3, 0) }, { done: false }]) {
		const answers = [{ done: false, value: rising(2, 7) }, last];
		const reader: ByteReader = { read: () => Promise.resolve(answers.shift()!), cancel: ignore };
		expect(await readStream(reader, null, ignore)).toEqual(rising(2, 7));
	}
});

test("each piece waits until the progress of the one before was heard", async () => {
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

test("an error of the stream passes through, and the stream is cancelled", async () => {
	const reader = new PiecesReader([]);
	reader.read = () => Promise.reject(new Error("the line broke"));
	await expect(readStream(reader, null, ignore)).rejects.toThrow("the line broke");
	expect(reader.cancelled).toBe(1);
});

test("an error while progress is told ends the reading there, and the stream is cancelled", async () => {
	const reader = new PiecesReader([rising(1, 0), rising(1, 1), rising(1, 2)]);
	const heard: number[] = [];
	const reading = readStream(reader, 3, (read) => {
		heard.push(read);
		return read === 2 ? Promise.reject(new Error("cancelled")) : Promise.resolve();
	});
	await expect(reading).rejects.toThrow("cancelled");
	expect([heard, reader.cancelled]).toEqual([[1, 2], 1]);
});

test("an error of the cancellation does not hide the first one", async () => {
	const reader = new PiecesReader([]);
	reader.read = () => Promise.reject(new Error("the line broke"));
	reader.cancel = () => Promise.reject(new Error("nothing to cancel"));
	await expect(readStream(reader, null, ignore)).rejects.toThrow("the line broke");
});

test("a stream is read up to four times the memory budget, whatever was announced, and then cancelled", async () => {
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
			"the source is longer than 20.0 MiB, the most that is read as it arrives with a memory budget of 5.0 MiB; " +
			"load it from a file or raise memoryBudget",
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

test("a stream short enough to keep is read whatever the memory budget", async () => {
	const reader = new PiecesReader([new Uint8Array(KEPT_BYTES)]);
	const { source } = await gather({ reader, byteLength: KEPT_BYTES }, nodeSources, {
		memoryBudget: 1,
		onBytes: ignore,
	});
	expect(source.bytes.byteLength).toBe(KEPT_BYTES);
});

test("a spool that is full is given back, and the stream is cancelled", async () => {
	let discarded = 0;
	const full: SourcePlatform = {
		...nodeSources,
		createSpool: () => ({
			append: () => {
				throw new Error("the disk is full");
			},
			finish: () => expect.unreachable(),
			discard: () => {
				discarded += 1;
			},
		}),
	};
	const reader = new PiecesReader([new Uint8Array(KEPT_BYTES), rising(1, 0)]);
	const gathering = gather({ reader, byteLength: null }, full, { memoryBudget: BUDGET, onBytes: ignore });
	await expect(gathering).rejects.toThrow("the disk is full");
	expect([reader.cancelled, discarded]).toEqual([1, 1]);
});

test("1 TiB can be read, one byte more cannot", () => {
	expect(() => checkLength(MAX_SOURCE_BYTES)).not.toThrow();
	expect(() => checkLength(MAX_SOURCE_BYTES + 1)).toThrow("the file has 1.0 TiB, at most 1 can be read; split it");
});
