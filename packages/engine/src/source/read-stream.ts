import { LooperError } from "../errors.ts";
import { memorySource } from "./byte-source.ts";
import { KeptBytes } from "./kept-bytes.ts";
import type { ArrivingSource, ContentHash, SourcePlatform, Spool, StoredSource } from "./source-platform.ts";

/** Maximum length of a source: not every platform's files support larger offsets. */
export const MAX_SOURCE_BYTES: number = 2 ** 40;

/** Sources up to this length are kept in memory while being decoded. */
export const KEPT_BYTES: number = 16 * 2 ** 20;

/** Maximum length of an arriving source in memory budgets: no recording that fits is much longer. */
const ARRIVING_BUDGETS = 4;

/** Receives the bytes read so far, and the total if known. */
export type OnBytes = (read: number, total: number | null) => Promise<void>;

/** The limits and callbacks of reading an arriving source. */
export interface GatherTerms {
	/** Limit for all samples together, in bytes. */
	readonly memoryBudget: number;
	readonly onBytes: OnBytes;
}

/** A source with its content hash. */
export interface HashedSource {
	readonly source: StoredSource;
	/** Identifies the content: 32 bytes in hexadecimal, equal for equal bytes on one platform. */
	readonly contentHash: string;
}

/**
 * Reads an arriving source to its end: a short one into memory, a long one into a spool.
 *
 * @throws LooperError `out-of-memory` if it is too long; whatever `onBytes` or the stream throws.
 */
export async function gather(
	{ reader, byteLength }: ArrivingSource,
	platform: SourcePlatform,
	{ memoryBudget, onBytes }: GatherTerms,
): Promise<HashedSource> {
	const isAnnouncedShort = byteLength !== null && byteLength <= KEPT_BYTES;
	let kept = new KeptBytes(isAnnouncedShort ? byteLength : 0);
	let length = 0;
	let overflow: Overflow | null = null;
	try {
		checkArriving(byteLength ?? 0, memoryBudget);
		// A length announced too large only creates an unneeded spool.
		if (byteLength !== null && byteLength > KEPT_BYTES) overflow = await Overflow.on(platform);
		for (;;) {
			const { done, value } = await reader.read();
			if (done || value === undefined) break;
			length += value.length;
			checkArriving(length, memoryBudget);
			if (overflow === null && length > KEPT_BYTES) {
				overflow = await Overflow.on(platform);
				await overflow.append(kept.bytes);
				kept = new KeptBytes(0);
			}
			if (overflow !== null) await overflow.append(value);
			else kept.append(value);
			await onBytes(length, byteLength);
		}
		if (overflow !== null) return await overflow.finish();
		return { source: storedInMemory(kept.bytes), contentHash: await platform.hash(kept.bytes) };
	} catch (error) {
		overflow?.discard();
		// The original error matters more than a failure to cancel.
		await reader.cancel().catch(() => {});
		throw error;
	}
}

/** An arriving source that became too long for memory. */
class Overflow {
	readonly #spool: Spool;
	readonly #hash: ContentHash;

	private constructor(spool: Spool, hash: ContentHash) {
		this.#spool = spool;
		this.#hash = hash;
	}

	static async on(platform: SourcePlatform): Promise<Overflow> {
		const hash = await platform.createHash();
		return new Overflow(platform.createSpool(), hash);
	}

	async append(bytes: Uint8Array): Promise<void> {
		await this.#hash.update(bytes);
		this.#spool.append(bytes);
	}

	async finish(): Promise<HashedSource> {
		const contentHash = await this.#hash.digest();
		return { source: this.#spool.finish(), contentHash };
	}

	discard(): void {
		this.#spool.discard();
	}
}

/** A source whose bytes are in memory and immutable. */
export function storedInMemory(bytes: Uint8Array): StoredSource {
	return {
		bytes: memorySource(bytes),
		checkUnchanged: () => Promise.resolve(),
		keep: () => ({ kind: "bytes", bytes }),
		close: () => Promise.resolve(),
	};
}

/** Rejects an endless source before it fills the disk. */
function checkArriving(bytes: number, memoryBudget: number): void {
	const mostBytes = Math.max(ARRIVING_BUDGETS * memoryBudget, KEPT_BYTES);
	if (bytes <= mostBytes) return;
	throw new LooperError(
		"out-of-memory",
		`The source is longer than ${mebibytes(mostBytes)}, the limit for a source that is not a file at a memory budget of ` +
			`${mebibytes(memoryBudget)}. Load it from a file or raise memoryBudget.`,
	);
}

function mebibytes(bytes: number): string {
	return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

/** @throws LooperError `out-of-memory` if a source is too long. */
export function checkLength(bytes: number): void {
	if (bytes <= MAX_SOURCE_BYTES) return;
	throw new LooperError(
		"out-of-memory",
		`The file has ${(bytes / 2 ** 40).toFixed(1)} TiB; at most 1 TiB can be read. Split it.`,
	);
}
