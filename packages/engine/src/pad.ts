import {
	checkFunction,
	checkInteger,
	checkMoment,
	checkNumber,
	checkObject,
	checkOneOf,
	checkVelocity,
} from "./check-arguments.ts";
import { checkKnown } from "./check-known.ts";
import type { ChopOptions } from "./chop.ts";
import { type CommandOutlet, sender } from "./playback/command-outlet.ts";
import type { PadParameters } from "./playback/parameter-groups.ts";
import { ParameterSet } from "./playback/parameter-set.ts";
import type { PublishedSample } from "./playback/sample-publisher.ts";
import { scaledBeats } from "./playback/scaled-beats.ts";
import type { TimingOptions } from "./protocol/engine-types.ts";
import { MAX_BEATS, MAX_LOOP_FRAME, MIN_BEATS } from "./protocol/parameters.ts";
import type { OwnedBytes, OwnedFloats } from "./protocol/platform-types.ts";
import type { SampleAnalysis } from "./protocol/sample-analysis.ts";
import type { SampleWaveform } from "./protocol/sample-waveform.ts";
import type { Slice, SliceOptions } from "./protocol/slice.ts";
import type { PadSlices } from "./slices/pad-slices.ts";
import type { ExportWavOptions } from "./wav/export-wav.ts";
import type { ExportedPad } from "./wav/exported-metadata.ts";

/** What a performer does with a pad. Thread: control. */
interface PadActions {
	/** The slot that it plays, 0..slots-1. */
	readonly id: number;
	/**
	 * Presses the pad, in the next block or at the moment of the options; `launchMode`, `loop` and `launchQuantum` say what that means.
	 * An empty pad is ignored. While the engine is suspended a press is kept as a trigger of `playSample` is, with its release.
	 *
	 * @param velocity - 0..1, gain of the voice that it starts. Default 1
	 * @throws RangeError for wrong arguments; LooperError `ring-full`, `not-running` or `closed`.
	 */
	press(velocity?: number, options?: TimingOptions): void;
	/** Lets the pad go. @throws as `press`. */
	release(options?: TimingOptions): void;
	/** Stops what presses have started, on a line of `stopQuantum`; cancels a queued start. @throws as `press`. */
	stop(options?: TimingOptions): void;
	/** Cancels the start, the restart or the stop that waits for its line. @throws as `press`. */
	cancelQueued(options?: TimingOptions): void;
	/** Stops what the pad plays and keeps its place; a press, a stop or an unload forgets it. @throws as `press`. */
	pause(options?: TimingOptions): void;
	/** Goes on where the pad was paused; a loop that follows the tempo goes on where the clock is now. @throws as `press`. */
	resume(options?: TimingOptions): void;
	/**
	 * Moves the playhead over the release time, of what plays or of what is paused.
	 *
	 * @param frame - of the source file, 0..2^32; held within the region
	 * @throws as `press`.
	 */
	seek(frame: number, options?: TimingOptions): void;
	/**
	 * Begins a momentary loop over what the pad plays, from where it is. Another length may follow at once.
	 *
	 * @param beats - 1/32..4096, at the transport's tempo
	 * @throws as `press`.
	 */
	roll(beats: number, options?: TimingOptions): void;
	/** Ends the roll: the pad goes on where it would be without it. @throws as `press`. */
	endRoll(options?: TimingOptions): void;
	/**
	 * Sets several parameters, all at one moment. What is read back is the latest call, one with a later moment included
	 * until `transport.stop()` or `stopAll()` cancels it.
	 *
	 * @throws RangeError or TypeError for wrong arguments; LooperError `ring-full` or `closed`. Nothing has changed then.
	 */
	set(values: Partial<PadParameters>, options?: TimingOptions): void;
	/**
	 * Writes the pad's sample as a WAV file at the engine's rate, with its loop, its tempo and the places that its source file names; see
	 * docs/guide/formats.md. It is the sample at the call, whatever is loaded meanwhile.
	 *
	 * @throws TypeError or RangeError for wrong options, at the call; the promise rejects with LooperError `empty-pad`, `not-running`,
	 * `out-of-memory` or `closed`.
	 */
	exportWav(options?: ExportWavOptions): Promise<OwnedBytes>;
	/** The waveform of the pad's sample, found while it was loaded; null when the pad is empty. The same object as long as it is that sample. */
	waveform(): SampleWaveform | null;
	/**
	 * Copies frames of the pad's sample at the engine's rate, an array per channel. It is the sample at the call, whatever is loaded meanwhile.
	 *
	 * @param firstFrame - an integer, 0..2^53 - 1
	 * @param frames - an integer, 0..2^53 - 1; those beyond the sample's end are left out
	 * @throws TypeError or RangeError for wrong arguments, at the call; the promise rejects with LooperError `empty-pad`, `not-running`,
	 * `out-of-memory` or `closed`.
	 */
	readFrames(firstFrame: number, frames: number): Promise<OwnedFloats[]>;
	/**
	 * Finds tempo, beats, key, loudness and onsets of the pad's sample, on a thread of its own and behind all loads. It is the sample at the
	 * call, whatever is loaded meanwhile; the same frames are analysed once.
	 *
	 * @throws TypeError for wrong options, at the call; the promise rejects with LooperError `empty-pad`, `worker-crashed`,
	 * `timed-out`, `analysis-failed`, `not-running` or `closed`.
	 */
	analyze(options?: AnalyzeOptions): Promise<SampleAnalysis>;
	/**
	 * Where the pad's sample is cut for `sync: "slices"`, as it was set last; empty when it is not cut, and for another sample. What a set
	 * keeps, for `setSlices`.
	 */
	readonly slices: readonly Slice[];
	/**
	 * Finds where to cut the pad's sample for `sync: "slices"`, on a thread of its own and behind all loads, and has the pad play these slices
	 * from then on. Of more than 128 onsets the weakest are left out.
	 *
	 * @returns the slices.
	 * @throws TypeError or RangeError, from the promise, for wrong options or a sample of more than 60 s; LooperError `empty-pad`,
	 * `cancelled` (another sample, or a later call), `worker-crashed`, `unsupported-platform`, `ring-full`, `not-running` or `closed`.
	 */
	slice(options?: SliceOptions): Promise<readonly Slice[]>;
	/**
	 * Sets where the pad's sample is cut: what `slices` told, or a caller's own; none of them as an empty list. Frames count in the source
	 * file and are kept to 1/256 of one. Call it when the sample is loaded: a load takes slices away.
	 *
	 * @param slices - 128 at most, each `onsetFrame` a frame or more behind the one before
	 * @throws TypeError or RangeError, from the promise, for wrong slices; LooperError as `slice`.
	 */
	setSlices(slices: readonly Slice[]): Promise<void>;
	/**
	 * Cuts the pad's region into parts, one for each of the pads that follow: they play the same sample, each its own `loopRegion`, and have
	 * their share of `lengthBeats`. A live load of such a pad ends in `cancelled`.
	 *
	 * @returns the pads, in the order of the parts.
	 * @throws RangeError or TypeError for wrong options; LooperError `empty-pad`, `out-of-memory`, `ring-full`, `not-running` or `closed`.
	 */
	chop(options: ChopOptions): number[];
}

/** Options of `pad.analyze`. */
export interface AnalyzeOptions {
	/** Called with the share that is done, 0..1, and the stage: "Analyzing (tempo)". */
	readonly onProgress?: (progress: { readonly percent: number; readonly stage: string }) => void;
}

/** Analyses what a slot holds at the call. */
export type AnalyzePad = (id: number, onProgress?: (percent: number, stage: string) => void) => Promise<SampleAnalysis>;

/** Puts the parts of a pad's region onto others. */
type ChopPad = (id: number, options: ChopOptions) => number[];

/** Writes a pad's sample, whatever is loaded meanwhile. */
type ExportPad = (
	id: number,
	pad: ExportedPad,
	format: NonNullable<ExportWavOptions["format"]>,
) => Promise<Uint8Array<ArrayBuffer>>;

/** Copies frames of a pad's sample, an array per channel. */
type ReadFrames = (id: number, firstFrame: number, frames: number) => Promise<Float32Array<ArrayBuffer>[]>;

/** How a pad reaches its engine. */
export interface PadTools {
	readonly outlet: CommandOutlet;
	readonly exportPad: ExportPad;
	readonly chopPad: ChopPad;
	readonly analyze: AnalyzePad;
	readonly slices: PadSlices;
	readonly readFrames: ReadFrames;
	/** What the pad holds; null when it is empty. */
	readonly published: (id: number) => PublishedSample | null;
}

/** A pad: a slot with its parameters. */
export type Pad = PadActions & PadParameters;

/** A pad, and what restores its parameters. */
export interface PadWithParameters {
	readonly pad: Pad;
	readonly parameters: ParameterSet<PadParameters>;
}

/** Makes the pad of a slot. */
export function createPad(
	id: number,
	{ outlet, exportPad, chopPad, readFrames, analyze, slices, published }: PadTools,
): PadWithParameters {
	const implied = scaledBeats(() => published(id)?.info.source.frames ?? null);
	const parameters = new ParameterSet<PadParameters>("pad", id, outlet, implied);
	const send = sender(outlet);
	const actions: PadActions = {
		id,
		press(velocity = 1, options) {
			checkVelocity(velocity);
			send(options, (writer, moment) => writer.press(id, velocity, moment));
		},
		release: (options) => send(options, (writer, moment) => writer.release(id, moment)),
		stop: (options) => send(options, (writer, moment) => writer.stopPad(id, moment)),
		cancelQueued: (options) => send(options, (writer, moment) => writer.cancelQueued(id, moment)),
		pause: (options) => send(options, (writer, moment) => writer.pausePad(id, moment)),
		resume: (options) => send(options, (writer, moment) => writer.resumePad(id, moment)),
		seek(frame, options) {
			checkNumber("frame", frame, 0, MAX_LOOP_FRAME);
			send(options, (writer, moment) => writer.seekPad(id, frame, moment));
		},
		roll(beats, options) {
			checkNumber("beats", beats, MIN_BEATS, MAX_BEATS);
			send(options, (writer, moment) => writer.rollPad(id, beats, moment));
		},
		endRoll: (options) => send(options, (writer, moment) => writer.endRoll(id, moment)),
		set: (values, options) => parameters.set(values, checkMoment(options)),
		exportWav(options = {}) {
			checkObject("options", options);
			checkKnown(options, { format: true });
			const { format = "f32" } = options;
			checkOneOf("format", format, ["f32", "s24"]);
			return exportPad(id, pad, format);
		},
		waveform: () => published(id)?.waveform ?? null,
		readFrames(firstFrame, frames) {
			checkInteger("firstFrame", firstFrame, 0, Number.MAX_SAFE_INTEGER);
			checkInteger("frames", frames, 0, Number.MAX_SAFE_INTEGER);
			return readFrames(id, firstFrame, frames);
		},
		analyze(options = {}) {
			checkObject("options", options);
			checkKnown(options, { onProgress: true });
			const { onProgress } = options;
			checkFunction("onProgress", onProgress);
			return analyze(id, (percent, stage) => {
				// An error of the caller's must not end the analysis; it surfaces as an unhandled rejection.
				void Promise.resolve().then(() => onProgress?.({ percent, stage }));
			});
		},
		get slices() {
			return slices.of(id);
		},
		slice: (options) => slices.slice(id, options),
		setSlices: (list) => slices.setSlices(id, list),
		chop: (options) => chopPad(id, options),
	};
	const pad = parameters.defineOn(actions);
	return { pad, parameters };
}
