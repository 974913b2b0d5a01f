import type { CacheSettings } from "./loader-messages.ts";
import type { PortLike } from "./message-port.ts";
import type { SampleAnalysis } from "./sample-analysis.ts";
import type { Slice } from "./slice.ts";
import type { FromPcmReceiver, ToPcmReceiver } from "./threading-messages.ts";

/** Beats per minute among which a tempo is preferred: an octave or more. */
export interface TempoRange {
	readonly from: number;
	readonly to: number;
}

/** What a file says of its own music. */
export interface StatedMusic {
	/** Null where it says nothing. */
	readonly bpm: number | null;
	/** How many beats all of it is; null where it says nothing. */
	readonly beats: number | null;
}

/** A sample whose PCM lies in the engine memory. */
export interface PlacedRecording {
	/** First byte of its first frame. */
	readonly address: number;
	readonly frames: number;
	readonly channels: 1 | 2;
	readonly sampleRate: number;
	/** Its highest absolute sample. */
	readonly peak: number;
}

/** Asks for something that reads a sample. */
export interface ReadMessage {
	readonly requestId: number;
	/** The engine memory where it is shared, else the port to the audio thread that owns it. */
	readonly pcm: WebAssembly.Memory | PortLike<FromPcmReceiver, ToPcmReceiver>;
	readonly recording: PlacedRecording;
}

/** Asks for a copy in mono. */
export interface MixMessage extends ReadMessage {
	readonly type: "mix";
}

/** Asks for one analysis. */
export interface AnalyzeMessage extends ReadMessage {
	readonly type: "analyze";
	readonly range: TempoRange;
	readonly stated: StatedMusic;
	/** Names the frames and what their file says, in ASCII; the range is not in it. */
	readonly key: string;
}

/** Asks where to cut a sample. */
export interface SliceMessage extends Pick<AnalyzeMessage, "requestId" | "pcm" | "recording"> {
	readonly type: "slice";
	/** Frames at which the slices begin to sound; null = they are found. */
	readonly onsets: readonly number[] | null;
	/** 0..1 */
	readonly sensitivity: number;
	readonly hasTails: boolean;
}

/** Control thread to analysis thread, which handles one request at a time. */
export type ToAnalysisThread =
	| {
			/** First. */
			readonly type: "initialize";
			/** The built `loader.wasm`. */
			readonly loaderModule: WebAssembly.Module;
			/** Where answers are kept beside decoded samples; null when nothing is kept. */
			readonly cache: CacheSettings | null;
	  }
	| AnalyzeMessage
	| SliceMessage
	| MixMessage
	/** Nobody waits for the answer: the request ends in `failed`, unless it has been answered. */
	| { readonly type: "cancel"; readonly requestId: number }
	/** Loads come first: work stops within 50 ms, and goes on with `resume`. */
	| { readonly type: "pause" }
	| { readonly type: "resume" };

/** Analysis thread to control thread. After `analyzed`, `mixed`, `sliced` and `failed` it reads nothing more of the sample. */
export type FromAnalysisThread =
	/** First. */
	| { readonly type: "initialized" }
	| { readonly type: "progress"; readonly requestId: number; readonly percent: number; readonly stage: string }
	| { readonly type: "analyzed"; readonly requestId: number; readonly analysis: SampleAnalysis }
	/** All frames, the mean of their channels. */
	| { readonly type: "mixed"; readonly requestId: number; readonly pcm: Float32Array<ArrayBuffer> }
	/** Frames are those of the recording. */
	| { readonly type: "sliced"; readonly requestId: number; readonly slices: readonly Slice[] }
	/** Reports that the thread waits for the audio thread with its PCM, or no longer does. */
	| { readonly type: "waiting"; readonly requestId: number; readonly isWaiting: boolean }
	| { readonly type: "failed"; readonly requestId: number; readonly message: string };
