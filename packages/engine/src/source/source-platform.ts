import type { LoadSource } from "../protocol/loader-messages.ts";
import type { ByteSource } from "./byte-source.ts";

/** The part of a stream's reader that is used here; the DOM's and Node's both have it. */
export interface ByteReader {
	read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
	cancel(): Promise<void>;
}

/** The part of a fetch response that is used here. */
export interface ResponseLike {
	readonly ok: boolean;
	readonly status: number;
	readonly statusText: string;
	readonly headers: { get(name: string): string | null };
	readonly body: { getReader(): ByteReader } | null;
}

/** A source that can be read anywhere, as often as wanted. */
export interface StoredSource {
	readonly bytes: ByteSource;
	/** Reads everything once, from the first byte to the last, where that is faster than window by window. */
	stream?(): ByteReader;
	/** @throws LooperError `read-failed` when the file is not the one that was opened any more. */
	checkUnchanged(): Promise<void>;
	close(): Promise<void>;
}

/** A source that arrives once, from its first byte to its last. */
export interface ArrivingSource {
	readonly reader: ByteReader;
	/** Bytes that its sender announced, null when unknown; never trusted. */
	readonly byteLength: number | null;
}

/** A place for the bytes of an arriving source that are too many to keep in memory. */
export interface Spool {
	append(bytes: Uint8Array): void;
	/** Makes what was appended readable; it goes with `close`. */
	finish(): StoredSource;
	/** Gives the place back without reading it. */
	discard(): void;
}

/** A hash of bytes that come piece by piece: however they are cut, the same bytes have the same hash. */
export interface ContentHash {
	/** @param bytes - free again at once; the promise settles when more may come */
	update(bytes: Uint8Array): Promise<void>;
	/** @returns 32 bytes in hexadecimal; once. */
	digest(): Promise<string>;
}

/** What reading needs of the loader thread's platform. */
export interface SourcePlatform {
	/** Opens everything but URLs. */
	open(source: Exclude<LoadSource, { kind: "url" }>): Promise<StoredSource | ArrivingSource>;
	/** Asks a server; `abort` ends the request. */
	fetch(url: string): { readonly response: Promise<ResponseLike>; abort(): void };
	createSpool(): Spool;
	createHash(): Promise<ContentHash>;
	/** SHA-256 of bytes that lie in memory, in hexadecimal. */
	hash(bytes: Uint8Array): Promise<string>;
	pause(milliseconds: number): Promise<void>;
}
