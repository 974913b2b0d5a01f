import type { ReadableBlob } from "../sets/readable-blob.ts";
import type { StorageSpace } from "../sets/set-storage.ts";

/** A file of the folder that takes are written to. */
export interface TakeFileEntry {
	readonly name: string;
	readonly bytes: number;
	/** Milliseconds since 1970. */
	readonly changedAt: number;
}

/**
 * The folder of takes: the engine writes WAV files into it, and the instrument what it knows of each beside it.
 *
 * Every promise may reject with the platform's error.
 */
export interface TakeStorage {
	/** In no order. */
	list(): Promise<readonly TakeFileEntry[]>;
	/** @throws the platform's error when it is not there. */
	read(name: string): Promise<ReadableBlob>;
	readText(name: string): Promise<string>;
	write(name: string, text: string): Promise<void>;
	/** Removes a file; one that is not there is no error. */
	remove(name: string): Promise<void>;
	/** Whether something is writing the file: another tab, which records. */
	isInUse(name: string): Promise<boolean>;
	/** @returns null when the platform does not tell */
	space(): Promise<StorageSpace | null>;
}
