/** What `formatPerformance` writes first, so that a file says what it is. */
export const PERFORMANCE_FORMAT = "flitzis-looper-performance";
/** Raised when a reader of the version before could not render the file any more. */
export const PERFORMANCE_VERSION = 1;

/** A performance: what decides its sound, what sounded when it began, and every command with its frame. */
export interface Performance {
	readonly format: typeof PERFORMANCE_FORMAT;
	readonly version: typeof PERFORMANCE_VERSION;
	/** Frames from the first to the last, 0..2^53-1. */
	readonly frames: number;
	readonly engine: PerformanceEngine;
	/** Every sample that the performance plays or loads; slots, voices and commands name them by their place here, from 0. */
	readonly samples: readonly PerformanceSample[];
	readonly start: PerformanceStart;
	/** In the order in which they took effect. */
	readonly commands: readonly PerformanceCommand[];
}

/** The engine's settings that decide how a performance sounds. */
export interface PerformanceEngine {
	/** Frames a second, 3,000..768,000. */
	readonly sampleRate: number;
	/** 1..256 */
	readonly sampleSlots: number;
	/** Voices that can sound at once, 1..256. */
	readonly voices: number;
	readonly voiceOverflow: "replace-oldest" | "drop-newest";
	/** Frames over which a stopped voice fades, 1..8,192. */
	readonly fadeFrames: number;
}

/** One sample: how its file is found, and how to tell that it was decoded to the same frames. */
export interface PerformanceSample {
	/** The source as its caller named it: path, URL or file name; at most 4,096 characters. */
	readonly name: string;
	/**
	 * Names the file's content in 64 hexadecimal digits: its SHA-256; of more than 16 MiB in a browser the first 32 bytes of
	 * the SHA-384 of the list of every MiB's SHA-256.
	 */
	readonly contentHash: string;
	/** Bytes of the file, 1..2^40. */
	readonly fileBytes: number;
	readonly trimEncoderDelay: boolean;
	/** Format that the file was found to have, as in `SampleInfo`. */
	readonly format: string;
	/** Frames at the engine's rate. */
	readonly frames: number;
	readonly channels: 1 | 2;
	/** Names the decoded and resampled frames in 16 hexadecimal digits. */
	readonly pcmChecksum: string;
}

/** The state before the first frame. */
export interface PerformanceStart {
	readonly slots: readonly PerformanceSlot[];
	/** The voices that sound, the oldest first. */
	readonly voices: readonly PerformanceVoice[];
	readonly gain: PerformanceGain;
	/** What ended voices still have to sound: left and right of each frame in turn, an f32's bits in 8 hexadecimal digits each. */
	readonly tail: string;
}

/** A slot that is filled at the start. */
export interface PerformanceSlot {
	readonly slot: number;
	readonly sample: number;
}

/** A voice that sounds at the start. */
export interface PerformanceVoice {
	/** The slot that started it; its sample may be an earlier one of that slot. */
	readonly slot: number;
	readonly sample: number;
	readonly loop: boolean;
	/** Frame of the sample that it plays next; a round of a loop may be a frame longer than its sample. */
	readonly position: number;
	/** Rounds that a loop has played to their end; left out when there are none. */
	readonly round?: number;
	/** 0..1 */
	readonly velocity: number;
}

/** The master gain at the start, and where it is going. */
export interface PerformanceGain {
	/** Factor at the end of its move. */
	readonly target: number;
	/** Factor at which its move began. */
	readonly rampStart: number;
	/** Frames of the move that are over; `fadeFrames` when it stands still. */
	readonly rampPosition: number;
}

/** One command and the frame, counted from the performance's first, at which it took effect. */
export type PerformanceCommand = { readonly frame: number } & (
	| { readonly type: "play"; readonly slot: number; readonly velocity: number; readonly loop: boolean }
	| { readonly type: "stop"; readonly slot: number }
	| { readonly type: "stopAll" }
	| { readonly type: "load"; readonly slot: number; readonly sample: number }
	| { readonly type: "unload"; readonly slot: number }
	/** -200 and less is silence. */
	| { readonly type: "gain"; readonly decibels: number }
);

/** Commands that a performance can have. */
export const MAX_PERFORMANCE_COMMANDS = 2_000_000;
/** Samples that a performance can name. */
export const MAX_PERFORMANCE_SAMPLES = 65_536;
/** Characters of a sample's name. */
export const MAX_NAME_LENGTH = 4096;
