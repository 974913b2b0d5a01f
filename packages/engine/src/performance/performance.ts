import type { MasterScalars, PadScalars, ParameterValue, TransportScalars } from "../playback/parameter-table.ts";
import type { Slice } from "../protocol/slice.ts";

/** What `formatPerformance` writes first, so that a file says what it is. */
export const PERFORMANCE_FORMAT = "flitzis-looper-performance";
/** Raised when a reader of the version before could not render the file any more. */
export const PERFORMANCE_VERSION = 1;

/**
 * A performance: the settings that decide its sound, and every command with its frame.
 *
 * It begins with the last moment of silence before its first frame, so that no state but slots, parameters and transport has to be kept: what
 * sounded when it began is rendered from there, as its pre-roll, and dropped.
 */
export interface Performance {
	readonly format: typeof PERFORMANCE_FORMAT;
	readonly version: typeof PERFORMANCE_VERSION;
	/** Frames between the silence and the first frame that is heard, 0..2^53-1. */
	readonly preRollFrames: number;
	/** Frames that are heard, 0..2^53-1. */
	readonly frames: number;
	readonly engine: PerformanceEngine;
	/** Every sample that the performance plays or loads; slots and commands name them by their place here, from 0. */
	readonly samples: readonly PerformanceSample[];
	readonly start: PerformanceStart;
	/** In the order in which they took effect. */
	readonly commands: readonly PerformanceCommand[];
}

/** The engine's settings that decide how a performance sounds. */
export interface PerformanceEngine {
	/** Frames per second, 3,000..768,000. */
	readonly sampleRate: number;
	/** 1..256 */
	readonly sampleSlots: number;
	/** Voices that can sound at once, 1..256. */
	readonly voices: number;
	readonly voiceOverflow: "replace-oldest" | "drop-newest";
	/** Frames over which a stopped voice fades, 1..8,192. */
	readonly fadeFrames: number;
}

/** One sample: how its file is found, and how to check that it was decoded to the same frames. */
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

/** The state in the silence that the performance begins with. */
export interface PerformanceStart {
	/** The filled slots, in ascending order. */
	readonly slots: readonly PerformanceSlot[];
	/** Those that do not have their default, pads in ascending order, then master and transport. */
	readonly parameters: readonly PerformanceParameter[];
	/** The pads whose sample has slices, in ascending order; left out when there are none. */
	readonly slices?: readonly PerformanceSlices[];
	readonly transport: PerformanceTransport;
}

/** Where the transport is at the start. */
export interface PerformanceTransport {
	readonly isRunning: boolean;
	/** The beat that it starts at, 0..10^9. */
	readonly startBeat: number;
	/** While it runs: a beat, 0..2^53-1, that it had at a frame of 0 or before, -(2^53-1)..0. Otherwise both are 0. */
	readonly anchorBeat: number;
	readonly anchorFrame: number;
}

/** A parameter of a pad, of the master or of the transport, and its value; -200 decibels and less are silence. */
export type PerformanceParameter =
	| { readonly slot: number; readonly parameter: keyof PadScalars; readonly value: ParameterValue }
	| { readonly parameter: keyof MasterScalars | keyof TransportScalars; readonly value: ParameterValue };

/** A slot that is filled at the start. */
export interface PerformanceSlot {
	readonly slot: number;
	readonly sample: number;
}

/** The slices of a pad's sample. */
export interface PerformanceSlices {
	readonly slot: number;
	/** Ascending, 128 at most. */
	readonly slices: readonly Slice[];
}

/** One command and the frame, counted from the start of the pre-roll, at which it took effect. */
export type PerformanceCommand = { readonly frame: number } & (
	| ({
			readonly type: "play";
			readonly slot: number;
			readonly velocity: number;
			readonly loop: boolean;
	  } & Partial<PerformanceVoice>)
	| { readonly type: "stopVoice"; readonly voice: number; readonly fadeFrames: number }
	| { readonly type: "voiceGain"; readonly voice: number; readonly gain: number }
	| { readonly type: "stop"; readonly slot: number }
	| { readonly type: "stopAll" }
	| { readonly type: "load"; readonly slot: number; readonly sample: number }
	| { readonly type: "unload"; readonly slot: number }
	| { readonly type: "press"; readonly slot: number; readonly velocity: number }
	| { readonly type: "release"; readonly slot: number }
	| { readonly type: "stopPad"; readonly slot: number }
	| { readonly type: "cancelQueued"; readonly slot: number }
	| { readonly type: "pause"; readonly slot: number }
	| { readonly type: "resume"; readonly slot: number }
	/** The frame counts in the source file. */
	| { readonly type: "seek"; readonly slot: number; readonly toFrame: number }
	| { readonly type: "roll"; readonly slot: number; readonly beats: number }
	| { readonly type: "endRoll"; readonly slot: number }
	| { readonly type: "transportStart" }
	| { readonly type: "transportStop" }
	| { readonly type: "transportMove"; readonly beat: number }
	| { readonly type: "transportNudge"; readonly beats: number }
	| ({ readonly type: "set" } & PerformanceParameter)
	/** None takes those away that the pad had. */
	| ({ readonly type: "slices" } & PerformanceSlices)
);

/** How a voice differs from a plain one; what is left out is as usual. */
export interface PerformanceVoice {
	/** What `stopVoice` and `voiceGain` name it by, 1..2^32-1. */
	readonly voice: number;
	/** A factor, 0..15.8. */
	readonly gain: number;
	/** -1..1 */
	readonly pan: number;
	/** 0.25..4 */
	readonly rate: number;
	/** Frame of the source file, 0..2^32. */
	readonly offset: number;
	/** 0..2^24 */
	readonly fadeInFrames: number;
}

/** At the start of a performance on a transport that has never been moved. */
export const STANDING_TRANSPORT: PerformanceTransport = {
	isRunning: false,
	startBeat: 0,
	anchorBeat: 0,
	anchorFrame: 0,
};
/** Commands that a performance can have. */
export const MAX_PERFORMANCE_COMMANDS = 2_000_000;
/** Samples that a performance can name. */
export const MAX_PERFORMANCE_SAMPLES = 65_536;
/** Characters of a sample's name. */
export const MAX_NAME_LENGTH = 4096;
