import type { ReadableBlob } from "./readable-blob.ts";

/** A set's file as it is stored. */
export interface StoredSet {
	readonly id: string;
	readonly text: string;
	/** Milliseconds since 1970. */
	readonly changedAt: number;
}

/** Bytes that are used, and that may be. */
export interface StorageSpace {
	readonly used: number;
	readonly quota: number;
}

/**
 * Where sets are kept: their files by an id, and the files of their samples by their SHA-256.
 *
 * Every promise may reject with the platform's error; what was written before is whole then.
 */
export interface SetStorage {
	/** In no order. */
	readSets(): Promise<readonly StoredSet[]>;
	writeSet(id: string, text: string): Promise<void>;
	removeSet(id: string): Promise<void>;
	/** @returns null when it is not there */
	readSample(sha256: string): Promise<ReadableBlob | null>;
	writeSample(sha256: string, content: ReadableBlob): Promise<void>;
	listSamples(): Promise<readonly string[]>;
	removeSample(sha256: string): Promise<void>;
	/** @returns null when the platform does not tell */
	space(): Promise<StorageSpace | null>;
	/** Asks the platform not to clear it by itself. @returns whether it promises that */
	persist(): Promise<boolean>;
}

/** Short texts that are there at once, and are kept at once: also while the page is closing. */
export interface QuickMemory {
	read(key: "current" | "draft"): string | null;
	/** @param text - null forgets it. @returns whether it is kept */
	write(key: "current" | "draft", text: string | null): boolean;
}
