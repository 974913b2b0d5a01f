import type { ByteSource } from "../source/byte-source.ts";

/** A cached entry, open for reading. */
export interface StoredEntry {
	readonly bytes: ByteSource;
	/** Marks the entry as used now, if the store supports it. */
	touch(): void;
	close(): void;
}

/** An entry being written; not readable before `finish`. */
export interface NewEntry {
	/** @throws if the platform is out of space. */
	append(bytes: Uint8Array): void;
	/** Publishes the entry under its name, replacing an older one. */
	finish(): Promise<void>;
	/** Deletes what was written. */
	discard(): Promise<void>;
}

/** The properties of an entry that are known without reading it. */
export interface EntryStatus {
	readonly name: string;
	readonly bytes: number;
	/** Time of last use, in milliseconds of the system clock. */
	readonly usedAt: number;
}

/**
 * A platform's storage for decoded samples: a flat set of named entries, shared with other threads, pages and processes.
 *
 * Every method may throw whatever the platform throws. Names are those of `entryName`; anything else in the storage is
 * neither read, listed nor removed. Thread: loader.
 */
export interface PcmStore {
	/** @returns null if there is no such entry, or it is locked. */
	open(name: string): Promise<StoredEntry | null>;
	/** @returns whether there is such an entry, locked or not. */
	has(name: string): Promise<boolean>;
	/** @returns null if the entry is locked. */
	create(name: string): Promise<NewEntry | null>;
	/** Removes the entry if it exists and is not locked. */
	remove(name: string): Promise<void>;
	list(): Promise<EntryStatus[]>;
	/** Maximum bytes that the platform grants to entries. */
	capacityBytes(): Promise<number>;
}
