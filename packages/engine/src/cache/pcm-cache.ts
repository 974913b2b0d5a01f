import { createXXHash128 } from "hash-wasm";
import type { CacheCounts } from "../protocol/loader-messages.ts";
import { CHECKSUM_BYTES, type EntryDescription, keptFrames, readHead, writeHead } from "./entry-head.ts";
import { type EntryKey, entryName, isEntryName, NAME_LENGTH, type NoteKey, noteName } from "./entry-name.ts";
import { leastRecentlyUsed } from "./eviction.ts";
import { KeptSample } from "./kept-sample.ts";
import type { PcmStore, StoredEntry } from "./pcm-store.ts";

/** What is known of a sample that is to be kept. */
export type SampleDescription = Omit<EntryDescription, "name">;

/** A sample on its way into the cache. */
export interface SampleKeeper {
	/** Takes the next frames, interleaved f32. */
	append(bytes: Uint8Array): void;
	finish(): Promise<void>;
	discard(): Promise<void>;
}

/** Share of the limit for which a thread makes room at once: looking at every entry takes time. */
const STEP_SHARE = 1 / 64;
const SAMPLE_BYTES = 4;

/**
 * Decoded samples kept from one run to the next, by what decides their frames.
 *
 * What is kept belongs to nobody: other threads, pages and processes add and remove entries at any time, and an entry may hold
 * anything. Methods throw whatever the platform's store throws. Thread: loader.
 */
export class PcmCache {
	readonly #store: PcmStore;
	readonly #limitBytes: number;
	/** Bytes that may be added before the whole cache is looked at again. */
	#roomBytes = 0;
	#looking: Promise<void> = Promise.resolve();
	#hits = 0;
	#failures = 0;

	/** @param limitBytes - what all entries together may take; threads that write at once may pass it by a step each */
	constructor(store: PcmStore, limitBytes: number) {
		this.#store = store;
		this.#limitBytes = limitBytes;
	}

	/** @returns the kept sample, whose frames are not verified yet; null when there is none. */
	async open(key: EntryKey): Promise<KeptSample | null> {
		const name = entryName(key);
		const entry = await this.#store.open(name);
		if (entry === null) return null;
		const kept = await readEntry(entry, name).catch((error: unknown) => {
			entry.close();
			throw error;
		});
		if (kept !== null) return kept;
		entry.close();
		this.countFailure();
		await this.#store.remove(name);
		return null;
	}

	/**
	 * Starts to keep a sample; what has not been used for longest goes for it.
	 *
	 * @returns null when the sample is too large to be kept, or another keeps it at this moment.
	 */
	async create(key: EntryKey, sample: SampleDescription): Promise<SampleKeeper | null> {
		const name = entryName(key);
		const head = writeHead({ name, ...sample });
		if (head === null) return null;
		const byteLength = head.length + keptFrames(sample) * sample.channels * SAMPLE_BYTES + CHECKSUM_BYTES;
		if (!(await this.#takeRoom(byteLength))) return null;
		const checksum = (await createXXHash128()).init();
		const entry = await this.#store.create(name);
		if (entry === null) return null;
		checksum.update(head);
		try {
			entry.append(head);
		} catch (error) {
			await entry.discard();
			throw error;
		}
		return {
			append(bytes) {
				checksum.update(bytes);
				entry.append(bytes);
			},
			finish: async () => {
				entry.append(checksum.digest("binary"));
				await entry.finish();
			},
			discard: () => entry.discard(),
		};
	}

	/** Notes under a file's fingerprint that its sample has been kept, so that `mayHave` can tell without reading the file. */
	async note(note: NoteKey, key: EntryKey): Promise<void> {
		if (!(await this.#takeRoom(NAME_LENGTH))) return;
		const entry = await this.#store.create(noteName(note));
		if (entry === null) return;
		try {
			entry.append(Uint8Array.from(entryName(key), (digit) => digit.charCodeAt(0)));
			await entry.finish();
		} catch (error) {
			await entry.discard();
			throw error;
		}
	}

	/** @returns whether the sample of some file with that fingerprint is kept; the file's own hash tells whether it is this one's. */
	async mayHave(note: NoteKey): Promise<boolean> {
		const entry = await this.#store.open(noteName(note));
		if (entry === null) return false;
		try {
			const name = String.fromCharCode(...entry.bytes.read(0, NAME_LENGTH));
			if (!isEntryName(name) || !(await this.#store.has(name))) return false;
			entry.touch();
			return true;
		} finally {
			entry.close();
		}
	}

	/** Removes a sample that turned out damaged. */
	async remove(key: EntryKey): Promise<void> {
		await this.#store.remove(entryName(key));
	}

	/** A load took its sample from here. */
	countHit(): void {
		this.#hits += 1;
	}

	/** An entry was damaged, or the platform refused something. */
	countFailure(): void {
		this.#failures += 1;
	}

	/** @returns what was counted since the last time. */
	takeCounts(): CacheCounts {
		const counts = { hits: this.#hits, failures: this.#failures };
		this.#hits = 0;
		this.#failures = 0;
		return counts;
	}

	/**
	 * Looks for room before it is needed, beside whatever the thread does. What fails here fails again, and is counted, when
	 * a sample is to be kept.
	 */
	prepare(): void {
		if (this.#roomBytes >= (this.#limitBytes * STEP_SHARE) / 2) return;
		this.#looking = this.#looking.then(() => this.#makeRoom(0)).catch(() => {});
	}

	/** @returns false when there can be no room for so much. */
	async #takeRoom(bytes: number): Promise<boolean> {
		await this.#looking;
		if (this.#roomBytes < bytes) await this.#makeRoom(bytes);
		if (this.#roomBytes < bytes) return false;
		this.#roomBytes -= bytes;
		return true;
	}

	/** Removes what has not been used for longest, until so much more fits, and at least a step. */
	async #makeRoom(bytes: number): Promise<void> {
		const limitBytes = Math.min(this.#limitBytes, await this.#store.capacityBytes());
		const roomBytes = Math.max(bytes, Math.floor(limitBytes * STEP_SHARE));
		if (roomBytes > limitBytes) return;
		const entries = await this.#store.list();
		for (const name of leastRecentlyUsed(entries, limitBytes - roomBytes)) await this.#store.remove(name);
		this.#roomBytes = roomBytes;
	}
}

/** @returns null when the entry does not begin as it should. */
async function readEntry(entry: StoredEntry, name: string): Promise<KeptSample | null> {
	const checksum = (await createXXHash128()).init();
	const layout = readHead(entry.bytes, name);
	return layout === null ? null : new KeptSample(entry, layout, checksum);
}
