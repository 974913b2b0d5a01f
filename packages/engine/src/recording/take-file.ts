import type { TakePlace } from "../protocol/recording-messages.ts";

/** The file of a take, open for writing. Thread: the one that records. */
export interface TakeFile {
	/** @throws Error when the bytes cannot be written, which says why and what to do. */
	write(bytes: Uint8Array<ArrayBuffer>, byteOffset: number): void;
	/** Closes the file with so many bytes. */
	finish(byteLength: number): TakePlace;
	discard(): Promise<void>;
}

/** Where takes are written. */
export interface TakeStore {
	/**
	 * @param path - the caller's choice, where the platform has paths; null for a new name
	 * @throws Error when no file can be made there, which says why and what to do.
	 */
	create(path: string | null): Promise<TakeFile>;
}
