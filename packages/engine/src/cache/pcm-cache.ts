import { createXXHash128 } from "hash-wasm";
import type { CacheCounts } from "../protocol/loader-messages.ts";
import { CHECKSUM_BYTES, type EntryDescription, readHead, writeHead } from "./entry-head.ts";
import { type EntryKey, entryName } from "./entry-name.ts";
import { leastRecentlyUsed } from "./eviction.ts";
import { KeptSample } from "./kept-sample.ts";
import type { PcmStore } from "./pcm-store.ts";

/** What is known of a sample that is to be kept. */
export type SampleDescription = Omit<EntryDescription, "name">;

/** A sample on its way into the cache. */
export interface SampleKeeper {
	/** Takes the next frames, interleaved f32. */
	append(bytes: Uint8Array): void;
	finish(): Promise<void>;
	discard(): Promise<void>;
}

/** Share of its limit that one thread adds to the cache between two looks at what all have added. */
const UNSEEN_SHARE = 1 / 64;
const SAMPLE_BYTES = 4;

/**
 * Decoded samples kept from one session to the next, by what decides their frames.
 *
 * What is kept belongs to nobody: other threads, pages and processes add and remove entries at any time, and an entry may hold
 * anything. Methods throw whatever the platform's store throws. Thread: loader.
 */
export class PcmCache {
	readonly #store: PcmStore;
	readonly #limitBytes: number;
	/** Bytes added since the last look at the whole cache. */
	#unseenBytes: number = Number.POSITIVE_INFINITY;
	#hits = 0;
	#failures = 0;

	/** @param limitBytes - what all entries together may take */
	constructor(store: PcmStore, limitBytes: number) {
		this.#store = store;
		this.#limitBytes = limitBytes;
	}

	/** @returns the kept sample, whose frames are not verified yet; null when there is none. */
	async open(key: EntryKey): Promise<KeptSample | null> {
		const name = entryName(key);
		const entry = await this.#store.open(name);
		if (entry === null) return null;
		const layout = readHead(entry.bytes, name);
		if (layout !== null) return new KeptSample(entry, layout, (await createXXHash128()).init());
		entry.close();
		this.countFailure();
		await this.#store.remove(name);
		return null;
	}

	/** @returns null when the sample is too large to be kept, or another keeps it at this moment. */
	async create(key: EntryKey, sample: SampleDescription): Promise<SampleKeeper | null> {
		const name = entryName(key);
		const head = writeHead({ name, ...sample });
		if (head === null) return null;
		const byteLength = head.length + sample.frames * sample.channels * SAMPLE_BYTES + CHECKSUM_BYTES;
		if (byteLength > this.#limitBytes) return null;
		const entry = await this.#store.create(name);
		if (entry === null) return null;
		const checksum = (await createXXHash128()).init();
		const append = (bytes: Uint8Array): void => {
			checksum.update(bytes);
			entry.append(bytes);
		};
		append(head);
		return {
			append,
			finish: async () => {
				entry.append(checksum.digest("binary"));
				await entry.finish();
				this.#unseenBytes += byteLength;
			},
			discard: () => entry.discard(),
		};
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

	/** Removes what has not been used for longest, when this thread has added enough to look. */
	async trim(): Promise<void> {
		if (this.#unseenBytes <= this.#limitBytes * UNSEEN_SHARE) return;
		this.#unseenBytes = 0;
		const limitBytes = Math.min(this.#limitBytes, await this.#store.capacityBytes());
		for (const name of leastRecentlyUsed(await this.#store.list(), limitBytes)) await this.#store.remove(name);
	}
}
