import { LooperError } from "../errors.ts";
import { memorySource } from "./byte-source.ts";
import { KeptBytes } from "./kept-bytes.ts";
import type { ArrivingSource, ContentHash, SourcePlatform, Spool, StoredSource } from "./source-platform.ts";

/** Longest source that is read: offsets beyond it are no whole numbers in every platform's files. */
export const MAX_SOURCE_BYTES: number = 2 ** 40;

/** A source up to this length is kept in memory while it is decoded. */
export const KEPT_BYTES: number = 16 * 2 ** 20;

/** A source that arrives may be this many times as long as the memory budget: no recording that fits is much longer. */
const ARRIVING_BUDGETS = 4;

/** Hears how much of a source has been read, of how much if that is known. */
export type OnBytes = (read: number, total: number | null) => Promise<void>;

/** What bounds and what hears the reading of an arriving source. */
export interface GatherTerms {
	/** Bytes that all samples together may take. */
	readonly memoryBudget: number;
	readonly onBytes: OnBytes;
}

/** A source with its content known by name. */
export interface HashedSource {
	readonly source: StoredSource;
	/** Names the content: 32 bytes in hexadecimal, the same for the same bytes on the same platform. */
	readonly contentHash: string;
}

/**
 * Reads an arriving source to its end: into memory while it is short, into a spool when it is not.
 *
 * @throws LooperError `out-of-memory` when it is too long; whatever `onBytes` or the stream throws.
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
		// Whoever announces too much only gets a spool that is not needed.
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
		// What the stream says to its cancellation matters less than what ended it.
		await reader.cancel().catch(() => {});
		throw error;
	}
}

/** An arriving source that has become too long to keep. */
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

/** A source whose bytes lie in memory, where nobody changes them. */
export function storedInMemory(bytes: Uint8Array): StoredSource {
	return { bytes: memorySource(bytes), checkUnchanged: () => Promise.resolve(), close: () => Promise.resolve() };
}

/** Ends what arrives without end before it fills the disk. */
function checkArriving(bytes: number, memoryBudget: number): void {
	const mostBytes = Math.max(ARRIVING_BUDGETS * memoryBudget, KEPT_BYTES);
	if (bytes <= mostBytes) return;
	throw new LooperError(
		"out-of-memory",
		`the source is longer than ${mebibytes(mostBytes)}, the most that is read as it arrives with a memory budget of ` +
			`${mebibytes(memoryBudget)}; load it from a file or raise memoryBudget`,
	);
}

function mebibytes(bytes: number): string {
	return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

/** @throws LooperError `out-of-memory` when a source is longer than can be read. */
export function checkLength(bytes: number): void {
	if (bytes <= MAX_SOURCE_BYTES) return;
	throw new LooperError(
		"out-of-memory",
		`the file has ${(bytes / 2 ** 40).toFixed(1)} TiB, at most 1 can be read; split it`,
	);
}
