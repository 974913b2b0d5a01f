import type { PortLike, Transferred } from "./message-port.ts";
import type { StreamSource } from "./sample-source.ts";

/** A stretch of a source: a file's bytes, the samples of each channel, or a request's body. */
export type SourcePiece = Uint8Array<ArrayBuffer> | readonly Float32Array<ArrayBuffer>[] | Blob;

/** Loader thread to the end of a port where a source's pieces come from. */
export type ToSupply = { readonly type: "pull" } | { readonly type: "cancel" };

/** One answer per pull; or a stream that was transferred, once and unasked. */
export type FromSupply =
	| { readonly type: "piece"; readonly piece: SourcePiece }
	| { readonly type: "end" }
	| { readonly type: "failed"; readonly message: string }
	| { readonly type: "stream"; readonly stream: StreamSource };

/** Where the loader thread gets the pieces of a source that is read once. */
export type SupplyPort = PortLike<FromSupply, ToSupply>;

/** A request but for its URL and body, as `fetch` takes it. */
export interface RequestTerms {
	readonly method: string;
	readonly headers: readonly (readonly [name: string, value: string])[];
	readonly mode: string;
	readonly credentials: string;
	readonly cache: string;
	readonly redirect: string;
	readonly referrer: string;
	readonly referrerPolicy: string;
	readonly integrity: string;
}

/** Where a loader thread reads a sample's bytes. */
export type LoadSource =
	| { readonly kind: "path"; readonly path: string }
	| { readonly kind: "url"; readonly url: string }
	| { readonly kind: "blob"; readonly blob: Blob }
	| { readonly kind: "bytes"; readonly bytes: Uint8Array }
	/** The port supplies the body; null when there is none. */
	| {
			readonly kind: "request";
			readonly url: string;
			readonly terms: RequestTerms;
			readonly port: SupplyPort | null;
	  }
	/** The port supplies the body; null when there is none. */
	| {
			readonly kind: "response";
			readonly url: string;
			readonly ok: boolean;
			readonly status: number;
			readonly statusText: string;
			readonly contentLength: string | null;
			readonly contentEncoding: string | null;
			readonly port: SupplyPort | null;
	  }
	| { readonly kind: "stream"; readonly port: SupplyPort }
	/** The samples, or the port that supplies them. */
	| {
			readonly kind: "pcm";
			readonly sampleRate: number;
			readonly channels: number;
			readonly frames: number;
			readonly samples: readonly Float32Array[];
			readonly port: SupplyPort | null;
	  };

/** What moves to the other thread with the source. A source with such parts can be read by one thread only. */
export function transferOf(source: LoadSource): readonly Transferred[] {
	const port = "port" in source && source.port !== null ? [source.port] : [];
	return [...port, ...buffersOf(source).filter((buffer) => buffer instanceof ArrayBuffer)];
}

function buffersOf(source: LoadSource): readonly ArrayBufferLike[] {
	if (source.kind === "bytes") return [source.bytes.buffer];
	if (source.kind === "pcm") return [...new Set(source.samples.map(({ buffer }) => buffer))];
	return [];
}

/** Whether the sender no longer has the source once it is sent. */
export function isReadOnce(source: LoadSource): boolean {
	return transferOf(source).length > 0;
}
