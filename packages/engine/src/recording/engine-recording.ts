import { checkInteger, checkNumber, checkObject, checkOneOf, checkSlot, mustBe } from "../check-arguments.ts";
import { checkKnown } from "../check-known.ts";
import { LooperError } from "../errors.ts";
import { SOURCE_CUE, SOURCE_INPUT, SOURCE_MASTER, SOURCE_PAD } from "../protocol/capture-ring.ts";
import type { SampleInfo } from "../protocol/engine-types.ts";
import { MAX_BEATS, MIN_BEATS } from "../protocol/parameters.ts";
import type { SampleSource } from "../protocol/sample-source.ts";
import { IMMEDIATELY } from "../rings/moment.ts";
import type { CapturedSource, Recorder, TakeOptions } from "./recorder.ts";
import type {
	KeepLastOptions,
	RecordingControl,
	RecordingOptions,
	RecordingSource,
	StopRecordingOptions,
	TakeFileOptions,
} from "./recording-control.ts";
import { type Take, TakeNotLoadedError } from "./take.ts";
import { followedSpan, nearestEnd, spanOfBars, type TakeClock } from "./take-lines.ts";
import type { TakeTiming } from "./take-timing.ts";

/** How a control reaches its engine. */
export interface RecordingAccess {
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
const KEEP_LAST_OPTIONS: Readonly<Record<keyof KeepLastOptions, true>> = { format: true, path: true, pad: true };
const STOP_OPTIONS: Readonly<Record<keyof StopRecordingOptions, true>> = { atFrame: true, nearestLine: true };
const START_OPTIONS: Readonly<Record<keyof RecordingOptions, true>> = {
	format: true,
	path: true,
	source: true,
	onto: true,
	bars: true,
	atFrame: true,
};

/** Checks the calls of `engine.recording`, and loads what they record. Thread: control. */
export class EngineRecording implements RecordingControl {
	readonly #access: RecordingAccess;
	/** The recorder of the latest take: it outlives the engine's end until `stop`. */
	#recorder: Recorder | null = null;
	#onto: TargetPad | null = null;
	/** Whether the take ends by itself. */
	#hasEnd = false;

	constructor(access: RecordingAccess) {
		this.#access = access;
	}

	get isRecording(): boolean {
		return this.frames !== null;
	}

	get frames(): number | null {
		return this.#recorder?.frames ?? null;
	}

	async start(options: RecordingOptions = {}): Promise<void> {
		const atFrame = checkFrame(options, START_OPTIONS);
		const { source = "master", onto, bars } = options;
		const captured = this.#checkSource(source);
		const take = checkTake(options);
		if (onto !== undefined) checkSlot(onto, this.#access.slots(), "onto");
		const { clock } = this.#access;
		const lengthBeats = bars === undefined ? null : checkBars(bars, clock.transport.beatsPerBar);
		const recorder = this.#access.running();
		const starting = recorder.start(captured, take, timingOf(atFrame, lengthBeats, clock));
		this.#recorder = recorder;
		this.#onto = onto === undefined ? null : { slot: onto, lengthBeats, loaded: null };
		this.#hasEnd = bars !== undefined;
		await starting;
	}

	async stop(options: StopRecordingOptions = {}): Promise<Take> {
		const atFrame = checkFrame(options, STOP_OPTIONS);
		const { nearestLine } = options;
		if (nearestLine !== undefined) {
			checkNumber("nearestLine", nearestLine, MIN_BEATS, MAX_BEATS);
			if (atFrame !== IMMEDIATELY) throw new TypeError("A take has one end. Pass atFrame or nearestLine.");
		}
		const recorder = this.#recorder ?? this.#access.running();
		const onto = this.#onto;
		const take = await this.#stop(recorder, atFrame, nearestLine);
		if (onto === null || recorder.isClosed) return take;
		onto.loaded ??= this.#loadOnto(onto, take, recorder.plannedFrames);
		return onto.loaded;
	}

	async keepLast(seconds: number, options: KeepLastOptions = {}): Promise<Take> {
		if (!(typeof seconds === "number" && seconds > 0 && seconds <= MAX_SECONDS))
			throw new RangeError(mustBe("seconds", `a number above 0, at most ${MAX_SECONDS}`, seconds));
		checkObject("options", options);
		checkKnown(options, KEEP_LAST_OPTIONS);
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

	/** @param plannedFrames - that the take should have had; one that was stopped before has as many beats less */
	async #loadOnto({ slot, lengthBeats }: TargetPad, take: Take, plannedFrames: number | null): Promise<Take> {
		await this.#loaded(take, slot);
		if (lengthBeats === null || plannedFrames === null || take.failure !== null) return take;
		const beats = beatsOf(take.frames, lengthBeats, plannedFrames);
		if (beats >= MIN_BEATS) this.#access.setLength(slot, beats);
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

/** Beats of a take that ends early: those of the line that it ends on, where it ends on one. */
function beatsOf(frames: number, plannedBeats: number, plannedFrames: number): number {
	const beats = plannedBeats * Math.min(frames / plannedFrames, 1);
	// No line lies between multiples of the shortest quantum.
	const line = Math.round(beats / MIN_BEATS) * MIN_BEATS;
	const framesApart = (Math.abs(line - beats) * plannedFrames) / plannedBeats;
	return framesApart <= 1 ? line : beats;
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

/** @returns the frame, IMMEDIATELY where there is none. @param names - every option that there is */
function checkFrame(options: StopRecordingOptions, names: Readonly<Record<string, true>>): number {
	checkObject("options", options);
	if ("atLine" in options && options.atLine !== undefined)
		throw new TypeError(
			"A recording has no atLine. Pass atFrame, which transport.frameOfBeat tells, or bars and nearestLine.",
		);
	checkKnown(options, { ...names, atLine: true });
	const { atFrame } = options;
	if (atFrame === undefined) return IMMEDIATELY;
	checkInteger("atFrame", atFrame, 0, Number.MAX_SAFE_INTEGER);
	return atFrame;
}
