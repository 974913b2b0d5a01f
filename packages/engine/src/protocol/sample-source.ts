import type { OwnedFloats, PlatformAbortSignal, PlatformBlob, PlatformUrl } from "./platform-types.ts";

/** A stream of a file's bytes, as `ReadableStream`. It is read once, by the load. */
export interface StreamSource {
	readonly locked: boolean;
	/** Locks the stream for one reader. */
	getReader(): {
		/** The next piece; `done` behind the last. */
		read(): Promise<{ readonly done: boolean; readonly value?: unknown }>;
		/** Ends the stream: the rest is not wanted. */
		cancel(reason?: unknown): Promise<void>;
	};
}

/** A server's answer, as `Response`. Its body is read once, by the load. */
export interface ResponseSource {
	readonly url: string;
	readonly type: string;
	readonly ok: boolean;
	readonly status: number;
	readonly statusText: string;
	readonly headers: {
		/** A header's value; null where it is not set. */
		get(name: string): string | null;
	};
	readonly bodyUsed: boolean;
	readonly body: StreamSource | null;
}

/** A request with headers of its own, as `Request`. A loader thread sends it; its signal cancels the load. */
export interface RequestSource {
	readonly url: string;
	readonly method: string;
	readonly headers: {
		/** Calls back with each header. */
		forEach(callback: (value: string, name: string) => void): void;
	};
	readonly bodyUsed: boolean;
	readonly signal: PlatformAbortSignal;
	readonly mode: string;
	readonly credentials: string;
	readonly cache: string;
	readonly redirect: string;
	readonly referrer: string;
	readonly referrerPolicy: string;
	readonly integrity: string;
	/** Reads the request's body. */
	blob(): Promise<PlatformBlob>;
}

/** Decoded audio, as `AudioBuffer`. It keeps its frames and must not change until the load has ended. */
export interface AudioBufferSource {
	readonly numberOfChannels: number;
	/** Frames per second, 1..768,000. */
	readonly sampleRate: number;
	/** Frames. */
	readonly length: number;
	/** Copies frames of a channel, from `startInChannel` on. */
	copyFromChannel(destination: OwnedFloats, channelNumber: number, startInChannel: number): void;
}

/**
 * Decoded audio as plain arrays. With `transfer` they are taken over; shared ones are read in place; others are copied in short
 * pieces, and must not change until the load has ended.
 */
export interface PcmSource {
	/** One or two channels of equal length, nominally -1..1. */
	readonly channels: readonly Float32Array[];
	/** Frames per second, a whole number of 1..768,000. */
	readonly sampleRate: number;
}

/**
 * A path, a `file:`, `http(s):` or `data:` URL, a Request or Response, a Blob or File, the file's bytes or a stream of them, or decoded
 * audio.
 */
export type SampleSource =
	| string
	| PlatformUrl
	| PlatformBlob
	| ArrayBuffer
	| SharedArrayBuffer
	| ArrayBufferView
	| StreamSource
	| ResponseSource
	| RequestSource
	| AudioBufferSource
	| PcmSource;
