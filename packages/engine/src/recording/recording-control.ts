import { checkInteger, checkNumber, checkObject, checkOneOf, checkSlot, mustBe } from "../check-arguments.ts";
import { LooperError } from "../errors.ts";
import { SOURCE_CUE, SOURCE_INPUT, SOURCE_MASTER, SOURCE_PAD } from "../protocol/capture-ring.ts";
import type { SampleInfo } from "../protocol/engine-types.ts";
import { MAX_BEATS, MIN_BEATS } from "../protocol/parameters.ts";
import type { TakeFormat } from "../protocol/recording-messages.ts";
import type { SampleSource } from "../protocol/sample-source.ts";
import { IMMEDIATELY } from "../rings/moment.ts";
import type { CapturedSource, Recorder, TakeOptions } from "./recorder.ts";
import { type Take, TakeNotLoadedError } from "./take.ts";
import { followedSpan, nearestEnd, spanOfBars, type TakeClock } from "./take-lines.ts";
import type { TakeTiming } from "./take-timing.ts";

/**
 * What is recorded: the output, what the headphones get, one pad behind its strip, or an input: a MediaStream with sound, whose frames are
 * moved forward by the output's latency, to where the performer has heard what is played along with.
 */
export type RecordingSource = "master" | "cue" | { readonly pad: number } | { readonly input: unknown };

/** How a take is written. */
interface TakeFileOptions {
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
	 * onto has as many `lengthBeats`.
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

/** How a control reaches its engine. */
interface EngineAccess {
	/** @throws LooperError `not-running` or `closed`. */
	readonly running: () => Recorder;
	readonly slots: () => number;
	readonly load: (slot: number, source: SampleSource) => Promise<SampleInfo>;
	readonly clock: TakeClock;
	readonly setLength: (slot: number, beats: number) => void;
}

/** The pad that a take is loaded onto. */
interface TargetPad {
	readonly slot: number;
	/** Null for a take of no set length. */
	readonly lengthBeats: number | null;
	/** The one load, which every call of `stop` awaits. */
	loaded: Promise<Take> | null;
}

const MAX_SECONDS = 600;

/** Records sound, as `engine.recording`. Thread: control. */
export class RecordingControl {
	readonly #access: EngineAccess;
	/** The recorder of the latest take: it outlives the engine's end until `stop`. */
	#recorder: Recorder | null = null;
	#onto: TargetPad | null = null;
	/** Whether the take ends by itself. */
	#hasEnd = false;

	constructor(access: EngineAccess) {
		this.#access = access;
	}

	/** True from `start` until the take has ended, or has lost frames. */
	get isRecording(): boolean {
		return this.frames !== null;
	}

	/** Frames written so far; null while nothing is recorded, and once frames have been lost. */
	get frames(): number | null {
		return this.#recorder?.frames ?? null;
	}

	/**
	 * Begins to record. Settles when the file is open and the start is on its way: the take begins with the next block, or at
	 * `atFrame`; on a suspended engine with the first block when it resumes. One of so many `bars` begins with the next bar,
	 * wherever that lies until 0.1 seconds before it.
	 *
	 * @throws RangeError or TypeError for wrong arguments; LooperError `recording-running`, `recording-failed`, `out-of-memory`,
	 * `ring-full`, `not-running` or `closed`, from the promise.
	 */
	async start(options: RecordingOptions = {}): Promise<void> {
		checkObject("options", options);
		const { source = "master", onto, bars } = options;
		const captured = this.#checkSource(source);
		const take = checkTake(options);
		if (onto !== undefined) checkSlot(onto, this.#access.slots(), "onto");
		const { clock } = this.#access;
		const lengthBeats = bars === undefined ? null : checkBars(bars, clock.transport.beatsPerBar);
		const atFrame = checkFrame(options);
		const recorder = this.#access.running();
		const starting = recorder.start(captured, take, timingOf(atFrame, lengthBeats, clock));
		this.#recorder = recorder;
		this.#onto = onto === undefined ? null : { slot: onto, lengthBeats, loaded: null };
		this.#hasEnd = bars !== undefined;
		await starting;
	}

	/**
	 * Ends the take before the next block, or before `atFrame` or a line, and loads it where `onto` says; one of so many `bars` is waited
	 * for, unless the options say when it ends. A call while another waits for its frame may bring the end forward. After `shutDown` it still returns, once, what was recorded until then.
	 *
	 * @throws RangeError or TypeError for wrong arguments; LooperError `no-recording`, `recording-failed`, `ring-full`, `not-running` or
	 * `closed`, and TakeNotLoadedError, which has the take, from the promise.
	 */
	async stop(options: StopRecordingOptions = {}): Promise<Take> {
		const atFrame = checkFrame(options);
		const { nearestLine } = options;
		if (nearestLine !== undefined) {
			checkNumber("nearestLine", nearestLine, MIN_BEATS, MAX_BEATS);
			if (atFrame !== IMMEDIATELY) throw new TypeError("A take has one end. Pass atFrame or nearestLine.");
		}
		const recorder = this.#recorder ?? this.#access.running();
		const onto = this.#onto;
		const take = await this.#stop(recorder, atFrame, nearestLine);
		if (onto === null || recorder.isClosed) return take;
		onto.loaded ??= this.#loadOnto(onto, take);
		return onto.loaded;
	}

	/**
	 * Saves the last seconds of the master, or as many as there are, after the fact; needs the engine's option `skipBackSeconds`.
	 *
	 * @param seconds - more than 0, at most 600
	 * @throws RangeError or TypeError for wrong arguments; LooperError `no-recording`, `recording-failed`, `out-of-memory`, `not-running`
	 * or `closed`, and TakeNotLoadedError, which has the take, from the promise.
	 */
	async keepLast(seconds: number, options: KeepLastOptions = {}): Promise<Take> {
		if (!(typeof seconds === "number" && seconds > 0 && seconds <= MAX_SECONDS))
			throw new RangeError(mustBe("seconds", `a number above 0, at most ${MAX_SECONDS}`, seconds));
		checkObject("options", options);
		const { pad } = options;
		if (pad !== undefined) checkSlot(pad, this.#access.slots(), "pad");
		const take = await this.#access.running().save(seconds, checkTake(options));
		return pad === undefined ? take : this.#loaded(take, pad);
	}

	#stop(recorder: Recorder, atFrame: number, nearestLine: number | undefined): Promise<Take> {
		if (nearestLine === undefined) return recorder.stop(this.#hasEnd && atFrame === IMMEDIATELY ? null : atFrame);
		const end = nearestEnd(nearestLine, recorder.startFrame, this.#access.clock);
		return recorder.stop(end.atFrame, end.isPassed);
	}

	#checkSource(source: RecordingSource): CapturedSource {
		if (source === "master" || source === "cue") return { kind: source === "cue" ? SOURCE_CUE : SOURCE_MASTER, pad: 0 };
		const isPlace = typeof source === "object" && source !== null && ("input" in source || "pad" in source);
		if (!isPlace) throw new TypeError(mustBe("source", '"master", "cue", { pad } or { input }', source));
		if ("input" in source) {
			checkObject("source.input", source.input);
			return { kind: SOURCE_INPUT, pad: 0, input: source.input };
		}
		checkSlot(source.pad, this.#access.slots(), "source.pad");
		return { kind: SOURCE_PAD, pad: source.pad };
	}

	async #loadOnto({ slot, lengthBeats }: TargetPad, take: Take): Promise<Take> {
		await this.#loaded(take, slot);
		if (lengthBeats !== null) this.#access.setLength(slot, lengthBeats);
		return take;
	}

	async #loaded(take: Take, slot: number): Promise<Take> {
		try {
			await this.#access.load(slot, take.path ?? (await take.blob()));
			return take;
		} catch (error) {
			throw error instanceof LooperError ? new TakeNotLoadedError(take, error) : error;
		}
	}
}

/** @param beats - null for a take that `stop` ends */
function timingOf(atFrame: number, beats: number | null, clock: TakeClock): TakeTiming {
	if (beats === null) return { span: () => ({ atFrame, endFrame: null }), follow: null };
	const plan = { beats, atFrame: atFrame === IMMEDIATELY ? null : atFrame };
	return {
		span: () => spanOfBars(plan, clock),
		follow: (span, begunFrame) => followedSpan(plan, { span, begunFrame }, clock),
	};
}

function checkTake({ format = "f32", path }: TakeFileOptions): TakeOptions {
	checkOneOf("format", format, ["f32", "s24"]);
	if (path !== undefined && (typeof path !== "string" || path === ""))
		throw new TypeError(mustBe("path", "a path", path));
	return { format, path: path ?? null };
}

/** @returns how many beats they are */
function checkBars(bars: number, beatsPerBar: number): number {
	checkNumber("bars", bars, MIN_BEATS / beatsPerBar, MAX_BEATS / beatsPerBar);
	return bars * beatsPerBar;
}

/** @returns the frame, IMMEDIATELY where there is none. */
function checkFrame(options: StopRecordingOptions): number {
	checkObject("options", options);
	if ("atLine" in options && options.atLine !== undefined)
		throw new TypeError(
			"A recording has no atLine. Pass atFrame, which transport.frameOfBeat tells, or bars and nearestLine.",
		);
	const { atFrame } = options;
	if (atFrame === undefined) return IMMEDIATELY;
	checkInteger("atFrame", atFrame, 0, Number.MAX_SAFE_INTEGER);
	return atFrame;
}
