import type { LoaderErrorCode } from "../errors.ts";
import type { DecoderFileLocations, DecoderName } from "./decoder-names.ts";
import type { LoadSource } from "./load-source.ts";
import type { PortLike } from "./message-port.ts";
import type { SampleMetadata } from "./sample-metadata.ts";
import type { SampleWaveform } from "./sample-waveform.ts";
import type { FromPcmReceiver, ToPcmReceiver } from "./threading-messages.ts";

/** Where decoded samples are kept from one run to the next. */
export interface CacheSettings {
	/** Absolute path in Node, name of a folder of the origin's private file system in browsers. */
	readonly directory: string;
	/** Bytes that all entries together may take. */
	readonly maxBytes: number;
}

/** A thread's cache hits and cache failures. */
export interface CacheCounts {
	readonly hits: number;
	readonly failures: number;
}

/** What a loader thread needs to know before its first request. */
interface InitializeThread {
	readonly type: "initialize";
	/** The engine memory where it is shared, else the port to the audio thread that owns it. */
	readonly pcm: WebAssembly.Memory | PortLike<FromPcmReceiver, ToPcmReceiver>;
	/** The built `loader.wasm`. */
	readonly loaderModule: WebAssembly.Module;
	/** Where the files lie that are imported when content asks for them, and which decoders are imported at once. */
	readonly decoderFiles: DecoderFileLocations;
	readonly preloadDecoders: readonly DecoderName[];
	/** Name of the lock that the thread holds for life, where the platform has locks. */
	readonly lifeLock: string;
	/** Null when nothing is kept. */
	readonly cache: CacheSettings | null;
}

/** One request for one thread. */
export interface LoadRequestMessage {
	readonly type: "load";
	readonly requestId: number;
	readonly source: LoadSource;
	/** Frames per second that the sample is resampled to. */
	readonly engineSampleRate: number;
	/** Bytes that all samples together may take: no source is read much further than that. */
	readonly memoryBudget: number;
	readonly strict: boolean;
	readonly trimEncoderDelay: boolean;
}

/** Control thread to loader thread. */
export type ToLoaderThread =
	| InitializeThread
	| LoadRequestMessage
	| { readonly type: "cancel"; readonly requestId: number }
	/** The fingerprint, or the content, is new: decode it. */
	| { readonly type: "proceed"; readonly requestId: number }
	/** The fingerprint is known: hash the content to see whether that is known, too. */
	| { readonly type: "hash"; readonly requestId: number }
	/** The content is in memory already, or another load decodes it: nothing is left to do. */
	| { readonly type: "duplicate"; readonly requestId: number }
	/** The answer to `reserve`; `address` is the region's first byte. */
	| { readonly type: "allocated"; readonly requestId: number; readonly address: number }
	| { readonly type: "refused"; readonly requestId: number; readonly message: string };

/** What a sample was made from, so that it can be made again elsewhere. */
export interface SampleIdentity {
	/** Names the file's content, in hexadecimal. */
	readonly contentHash: string;
	readonly fileBytes: number;
	readonly trimEncoderDelay: boolean;
	/** Identifies the decoded and resampled frames, in 16 hexadecimal digits. */
	readonly pcmChecksum: string;
}

/** A sample that is complete in its region. */
export interface LoadedSample {
	/** First byte of the region. */
	readonly regionAddress: number;
	/** Frames at the engine's rate, without the guard frames. */
	readonly frames: number;
	readonly channels: 1 | 2;
	/** Of the edges in the region, see seam.ts; 0 when it has none. */
	readonly edgeFrames: number;
	/** Highest absolute sample of a one-shot. */
	readonly peak: number;
	readonly waveform: SampleWaveform;
	readonly warnings: readonly string[];
	readonly identity: SampleIdentity;
	readonly recorded: {
		readonly format: string;
		readonly sampleRate: number;
		readonly channels: number;
		readonly frames: number;
		readonly metadata: SampleMetadata;
	};
}

/** Why a load failed, as a plain record: structured clone would drop an error's class and code. */
export interface LoadFailure {
	readonly code: LoaderErrorCode;
	readonly message: string;
	/** Of a MalformedAudioError. */
	readonly byteOffset?: number;
	/** The platform's reason; structured clone keeps the message, class and cause of built-in errors. */
	readonly cause?: Error;
}

/** Loader thread to control thread. After `ready`, `skipped` and `failed` the thread touches none of its regions. */
export type FromLoaderThread =
	| { readonly type: "initialized" }
	| { readonly type: "started"; readonly requestId: number }
	/** Fetches a decoder, which may take as long as the network does. */
	| { readonly type: "fetching"; readonly requestId: number }
	| { readonly type: "progress"; readonly requestId: number; readonly percent: number; readonly stage: string }
	/** Asks whether a content with that fingerprint may be known, so that it has to be hashed before it is decoded. */
	| { readonly type: "recognize"; readonly requestId: number; readonly fingerprint: string }
	/** Names the content, and asks whether it has to be decoded. A short source has no fingerprint. */
	| {
			readonly type: "identify";
			readonly requestId: number;
			readonly contentHash: string;
			readonly fingerprint: string | null;
	  }
	/** Asks for a region of that many bytes: the one that starts at `extending` made longer, if there is room behind it. */
	| { readonly type: "reserve"; readonly requestId: number; readonly bytes: number; readonly extending?: number }
	/** Reports that the thread waits for the audio thread with its PCM, or no longer does. */
	| { readonly type: "waiting"; readonly requestId: number; readonly isWaiting: boolean }
	/** Gives a region back before the request ends. */
	| { readonly type: "release"; readonly requestId: number; readonly address: number }
	| {
			readonly type: "ready";
			readonly requestId: number;
			readonly sample: LoadedSample;
			/** Since the thread's last `ready`. */
			readonly cacheCounts: CacheCounts;
	  }
	/** The answer to `duplicate`. Bytes that came with the request go back with it: they may be needed again. */
	| { readonly type: "skipped"; readonly requestId: number; readonly source?: LoadSource }
	| ({ readonly type: "failed"; readonly requestId: number } & LoadFailure);
