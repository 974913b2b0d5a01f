import type { LoadSource, RequestTerms } from "../protocol/load-source.ts";
import type { ByteSource } from "./byte-source.ts";

/** The part of a stream reader that is used here; common to the DOM and Node. */
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

/** A source with random access. */
export interface StoredSource {
	readonly bytes: ByteSource;
	/** Reads everything once in order, if that is faster than by windows. */
	stream?(): ByteReader;
	/** @throws LooperError `read-failed` if the file changed since it was opened. */
	checkUnchanged(): Promise<void>;
	/** The whole content as a source that outlives this one; absent where there is none. */
	keep?(): LoadSource;
	close(): Promise<void>;
}

/** A source that is read once, in order. */
export interface ArrivingSource {
	readonly reader: ByteReader;
	/** Length announced by its sender, null if unknown; not trusted. */
	readonly byteLength: number | null;
}

/** Storage for an arriving source that is too long for memory. */
export interface Spool {
	append(bytes: Uint8Array): void;
	/** Makes the appended bytes readable; `close` deletes them. */
	finish(): StoredSource;
	/** Deletes the spool without reading it. */
	discard(): void;
}

/** An incremental hash: equal bytes have equal hashes, however they are split. */
export interface ContentHash {
	/** @param bytes - reusable immediately; the promise settles when more may be added */
	update(bytes: Uint8Array): Promise<void>;
	/** @returns 32 bytes in hexadecimal. Call once. */
	digest(): Promise<string>;
}

/** A source that platforms read in ways of their own. */
type PlatformSource = Extract<LoadSource, { kind: "path" | "blob" | "bytes" }>;

/** A request but for its URL. */
export interface RequestDetails extends RequestTerms {
	readonly body?: Blob;
}

/** The reading functions of the loader thread's platform. */
export interface SourcePlatform {
	/** Opens the kinds of sources that platforms read in ways of their own. */
	open(source: PlatformSource): Promise<StoredSource | ArrivingSource>;
	/** Sends a request; `abort` cancels it. @param request - what it asks for in detail; a plain GET without */
	fetch(url: string, request?: RequestDetails): { readonly response: Promise<ResponseLike>; abort(): void };
	createSpool(): Spool;
	createHash(): Promise<ContentHash>;
	/** SHA-256 of bytes in memory, in hexadecimal. */
	hash(bytes: Uint8Array): Promise<string>;
	pause(milliseconds: number): Promise<void>;
}
