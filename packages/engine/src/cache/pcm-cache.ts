import type { CacheCounts } from "../protocol/loader-messages.ts";
import { CacheRoom } from "./cache-room.ts";
import { CHECKSUM_BYTES, Checksum } from "./checksum.ts";
import { type EntryDescription, keptFrames, readHead, writeHead } from "./entry-head.ts";
import { type EntryKey, entryName, isEntryName, NAME_LENGTH, type NoteKey, noteName } from "./entry-name.ts";
import { KeptSample } from "./kept-sample.ts";
import type { PcmStore, StoredEntry } from "./pcm-store.ts";

/** The description of a sample to be cached. */
export type SampleDescription = Omit<EntryDescription, "name">;

/** A sample being written to the cache. */
export interface SampleKeeper {
	/** Appends frames, interleaved f32. */
	append(bytes: Uint8Array): void;
	finish(): Promise<void>;
	discard(): Promise<void>;
}

const SAMPLE_BYTES = 4;

/**
 * Decoded samples cached between runs, keyed by everything that determines their frames.
 *
 * Entries are untrusted and shared: other threads, pages and processes add and remove them at any time, and they may contain
 * anything. Methods throw whatever the platform's store throws. Thread: loader.
 */
export class PcmCache {
	readonly #store: PcmStore;
	readonly #room: CacheRoom;
	readonly #loaderModule: WebAssembly.Module;
	#hits = 0;
	#failures = 0;

	/**
	 * @param limitBytes - limit for all entries together; each concurrently writing thread may exceed it by one step
	 * @param loaderModule - the built `loader.wasm`
	 */
	constructor(store: PcmStore, limitBytes: number, loaderModule: WebAssembly.Module) {
		this.#loaderModule = loaderModule;
		this.#store = store;
		this.#room = new CacheRoom(store, limitBytes);
	}

	/** @returns the cached sample, whose frames are not verified yet; null if there is none. */
	async open(key: EntryKey): Promise<KeptSample | null> {
		const name = entryName(key);
		const entry = await this.#store.open(name);
		if (entry === null) return null;
		const kept = this.#read(entry, name);
		if (kept !== null) return kept;
		entry.close();
		this.countFailure();
		await this.#store.remove(name);
		return null;
	}

	/**
	 * Starts to cache a sample, evicting the least recently used entries.
	 *
	 * @returns null if the sample is too large, or being written by another thread.
	 */
	async create(key: EntryKey, sample: SampleDescription): Promise<SampleKeeper | null> {
		const name = entryName(key);
		const head = writeHead({ name, ...sample });
		if (head === null) return null;
		const byteLength = head.length + keptFrames(sample) * sample.channels * SAMPLE_BYTES + CHECKSUM_BYTES;
		if (!(await this.#room.take(byteLength))) return null;
		const checksum = new Checksum(this.#loaderModule);
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
				entry.append(checksum.digestBytes());
				await entry.finish();
			},
			discard: () => entry.discard(),
		};
	}

	/** @returns null if the entry has no valid head. */
	#read(entry: StoredEntry, name: string): KeptSample | null {
		try {
			const layout = readHead(entry.bytes, name);
			return layout === null ? null : new KeptSample(entry, layout, new Checksum(this.#loaderModule));
		} catch (error) {
			entry.close();
			throw error;
		}
	}

	/** Records under a file's fingerprint that its sample is cached, so that `mayHave` need not read the file. */
	async note(note: NoteKey, key: EntryKey): Promise<void> {
		if (!(await this.#room.take(NAME_LENGTH))) return;
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

	/** @returns whether the sample of some file with that fingerprint is cached; only the content hash identifies this file. */
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

	/** Counts a load that used a cached sample. */
	countHit(): void {
		this.#hits += 1;
	}

	/** Counts a damaged entry or a failure of the platform. */
	countFailure(): void {
		this.#failures += 1;
	}

	/** @returns the counts since the last call. */
	takeCounts(): CacheCounts {
		const counts = { hits: this.#hits, failures: this.#failures };
		this.#hits = 0;
		this.#failures = 0;
		return counts;
	}

	/**
	 * Frees room in advance, concurrently with other work. A failure here recurs, and is counted, when a sample is to be
	 * cached.
	 */
	prepare(): void {
		this.#room.prepare();
	}
}
