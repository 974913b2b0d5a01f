import type { TakeFormat } from "../protocol/recording-messages.ts";
import type { Take } from "./take.ts";

/**
 * What is recorded: the output, what the headphones get, one pad behind its strip, or an input: a MediaStream with sound, whose frames are
 * moved forward by the output's latency, to where the performer has heard what is played along with.
 */
export type RecordingSource = "master" | "cue" | { readonly pad: number } | { readonly input: unknown };

/** How a take is written. */
export interface TakeFileOptions {
	/** "f32" keeps every bit; "s24" takes three quarters of the room. Default "f32". */
	readonly format?: TakeFormat;
	/** Node only: a file that does not exist yet. Default: one in the directory for temporary files. */
	readonly path?: string;
}

/** How a recording is started. */
export interface RecordingOptions extends TakeFileOptions {
	/** Default "master". */
	readonly source?: RecordingSource;
	/** The slot that `stop` loads the take into. */
	readonly onto?: number;
	/** The frame of the engine's clock that it begins with, 0..2^53 - 1. Default: the first of the next block, or of the next bar. */
	readonly atFrame?: number;
	/**
	 * How many bars it is, 1/32..4096 beats: it ends by itself, and `stop` waits for that. The transport must run. The pad that it is loaded
	 * onto has as many `lengthBeats`; of one that was stopped before, as many as came of it.
	 */
	readonly bars?: number;
}

/** How a recording is ended. */
export interface StopRecordingOptions {
	/** The frame of the engine's clock that it ends before, 0..2^53 - 1. Default: the first of the next block. */
	readonly atFrame?: number;
	/**
	 * Ends on the nearest line of so many beats, 1/32..4096, of the transport, which must run: a line that has just passed cuts off what was
	 * recorded behind it, another one is waited for.
	 */
	readonly nearestLine?: number;
}

/** How what was kept is saved. */
export interface KeepLastOptions extends TakeFileOptions {
	/** The slot that it is loaded into. */
	readonly pad?: number;
}

/** Records sound, as `engine.recording`. Thread: control. */
export interface RecordingControl {
	/** True from `start` until the take has ended, or has lost frames. */
	readonly isRecording: boolean;
	/** Frames written so far; null while nothing is recorded, and once frames have been lost. */
	readonly frames: number | null;
	/**
	 * Begins to record. Settles when the file is open and the start is on its way: the take begins with the next block, or at
	 * `atFrame`; on a suspended engine with the first block when it resumes. One of so many `bars` begins with the next bar,
	 * wherever that lies until 0.1 seconds before it.
	 *
	 * @throws RangeError or TypeError for wrong arguments; LooperError `recording-running`, `recording-failed`, `unsupported-platform`, `out-of-memory`,
	 * `ring-full`, `not-running` or `closed`, from the promise.
	 */
	start(options?: RecordingOptions): Promise<void>;
	/**
	 * Ends the take before the next block, or before `atFrame` or a line, and loads it where `onto` says; one of so many `bars` is waited
	 * for, unless the options say when it ends. A call while another waits for its frame may bring the end forward. After `shutDown` it still returns, once, what was recorded until then.
	 *
	 * @throws RangeError or TypeError for wrong arguments; LooperError `no-recording`, `recording-failed`, `ring-full`, `not-running` or
	 * `closed`, and TakeNotLoadedError, which has the take, from the promise.
	 */
	stop(options?: StopRecordingOptions): Promise<Take>;
	/**
	 * Saves the last seconds of the master, or as many as there are, after the fact; needs the engine's option `skipBackSeconds`.
	 *
	 * @param seconds - more than 0, at most 600
	 * @throws RangeError or TypeError for wrong arguments; LooperError `no-recording`, `recording-failed`, `unsupported-platform`, `out-of-memory`, `not-running`
	 * or `closed`, and TakeNotLoadedError, which has the take, from the promise.
	 */
	keepLast(seconds: number, options?: KeepLastOptions): Promise<Take>;
}
