import type { ByteSource } from "../source/byte-source.ts";

/** A kept entry, open for reading. */
export interface StoredEntry {
	readonly bytes: ByteSource;
	/** Notes that the entry was used now; a store that cannot leaves it as old as it is. */
	touch(): void;
	close(): void;
}

/** An entry being written; nobody reads it before `finish`. */
export interface NewEntry {
	/** @throws when the platform takes no more. */
	append(bytes: Uint8Array): void;
	/** Makes it the entry of its name, in the place of an older one. */
	finish(): Promise<void>;
	/** Leaves nothing behind. */
	discard(): Promise<void>;
}

/** What is known of a kept entry without reading it. */
export interface EntryStatus {
	readonly name: string;
	readonly bytes: number;
	/** When it was last used, in milliseconds of the system's clock. */
	readonly usedAt: number;
}

/**
 * Where a platform keeps decoded samples: a flat place of named entries, shared with other threads, pages and processes.
 *
 * Every method may throw whatever the platform throws. Names are those of `entryName`; whatever else lies in the place is
 * neither read, listed nor removed. Thread: loader.
 */
export interface PcmStore {
	/** @returns null when there is no such entry, or another holds it. */
	open(name: string): Promise<StoredEntry | null>;
	/** @returns whether there is such an entry, held by another or not. */
	has(name: string): Promise<boolean>;
	/** @returns null when another holds the entry. */
	create(name: string): Promise<NewEntry | null>;
	/** Removes the entry if it is there and nobody holds it. */
	remove(name: string): Promise<void>;
	list(): Promise<EntryStatus[]>;
	/** Bytes that the platform lets entries take at most. */
	capacityBytes(): Promise<number>;
}
