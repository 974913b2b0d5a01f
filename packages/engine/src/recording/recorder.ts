import { closed, LooperError, suspended } from "../errors.ts";
import { CAPTURE_SKIP_BACK, CAPTURE_TAKE, SOURCE_INPUT, SOURCE_MASTER } from "../protocol/capture-ring.ts";
import type { RecordedTake, TakeFormat, TakeProgress } from "../protocol/recording-messages.ts";
import type { LateSource } from "../rings/command-writer.ts";
import { IMMEDIATELY } from "../rings/moment.ts";
import { threadCannotStart } from "../thread-failures.ts";
import { settledWithin } from "../threading/settled-within.ts";
import { CaptureRings } from "./capture-rings.ts";
import type { ConnectedInput, RecorderTools } from "./recorder-tools.ts";
import { type AwaitedTake, RecordingConnection, type SpawnRecorder } from "./recording-connection.ts";
import { createTake, type Take } from "./take.ts";
import { TakeFollower } from "./take-follower.ts";
import type { PlannedSpan, TakeTiming } from "./take-timing.ts";

const NOTHING_WRITTEN = { frames: 0, isWhole: true };
const NO_INPUT: ConnectedInput = { delayFrames: 0, disconnect: () => {} };

/** The source of a take: one of the SOURCE constants, the pad, the input. */
export interface CapturedSource {
	readonly kind: number;
	readonly pad: number;
	/** The stream of an input; undefined for every other source. */
	readonly input?: unknown;
}

/** How a take is written. */
export interface TakeOptions {
	readonly format: TakeFormat;
	readonly path: string | null;
}

/** A take whose start has been sent. */
interface StartedTake {
	readonly awaited: AwaitedTake;
	readonly follower: TakeFollower | null;
}

/** The take that is being recorded. */
interface RunningTake extends TakeOptions {
	readonly name: number;
	/** Whether it has ended by itself; `stop` hands it out. */
	hasEnded: boolean;
	/** Settles when its start has been sent. */
	readonly started: Promise<StartedTake>;
	/** Set when it has settled. */
	awaited: AwaitedTake | null;
	stopped: Promise<Take> | null;
	/** Null for a take that does not move. */
	follower: TakeFollower | null;
	readonly source: LateSource;
	readonly input: ConnectedInput;
	progress: TakeProgress | null;
}

/** What is kept to be saved after the fact. */
interface KeptFrames {
	name: number;
	readonly frames: number;
	/** Settles when there is a ring for it. */
	readonly ringAddress: Promise<number>;
	/** Whether there was no memory for one. */
	hasFailed: boolean;
}

/** How long a shutdown waits for the last bytes. */
const CLOSE_PATIENCE_MS = 5000;
const RETRY_MS = 100;
/** Blocks between two reads of a ring where this thread renders: together fewer frames than any ring holds. */
const BLOCKS_PER_DRAIN = 8;

/** Takes, from `run` to `shutDown`. Thread: control. */
export class Recorder {
	readonly #tools: RecorderTools;
	readonly #rings: CaptureRings;
	#connection: RecordingConnection | null = null;
	#names = 0;
	#take: RunningTake | null = null;
	/** Where the latest take lies, if it ends by itself. */
	#planned: PlannedSpan | null = null;
	#kept: KeptFrames | null = null;
	#blocks = 0;
	#isClosed = false;

	constructor(tools: RecorderTools) {
		this.#tools = tools;
		this.#rings = new CaptureRings(tools.memory, tools.samples, tools.sampleRate);
	}

	/** True when no more is recorded. */
	get isClosed(): boolean {
		return this.#isClosed;
	}

	/** Frames of the take that have been written; null while nothing is recorded, and after it has failed. */
	get frames(): number | null {
		const take = this.#take;
		if (take === null || take.hasEnded || (this.#connection?.crash ?? null) !== null) return null;
		const { frames, isWhole } = take.progress ?? NOTHING_WRITTEN;
		return isWhole ? frames : null;
	}

	/** Frames that the latest take should have had, by its bars; null for one without. */
	get plannedFrames(): number | null {
		return this.#planned === null ? null : this.#planned.endFrame - this.#planned.atFrame;
	}

	/** The frame that the take has begun with; null before anything of it is written. */
	get startFrame(): number | null {
		return this.#take?.progress?.startFrame ?? null;
	}

	/**
	 * Begins a take. Settles when its file is open and its start is on its way.
	 *
	 * @throws LooperError `recording-running`, `recording-failed`, `unsupported-platform`, `out-of-memory`, `ring-full` or `not-running`.
	 */
	start(source: CapturedSource, options: TakeOptions, timing: TakeTiming): Promise<void> {
		if (this.#isClosed) throw closed();
		if (this.#take !== null)
			throw new LooperError("recording-running", "A recording is running already. Call recording.stop() first.");
		this.#checkFrame(timing.span().atFrame);
		const name = this.#nextName();
		const input = source.kind === SOURCE_INPUT ? this.#tools.connectInput(source.input) : NO_INPUT;
		const captured = { kind: source.kind, pad: source.pad, delayFrames: input.delayFrames };
		const started = this.#start(name, captured, options, timing);
		const take: RunningTake = {
			...options,
			input,
			name,
			hasEnded: false,
			started,
			awaited: null,
			stopped: null,
			follower: null,
			source: captured,
			progress: null,
		};
		this.#take = take;
		return started.then(
			({ awaited, follower }) => {
				take.awaited = awaited;
				take.follower = follower;
				const end = (): void => {
					take.hasEnded = true;
				};
				awaited.finished.then(end, ignore);
				return undefined;
			},
			(error: unknown) => {
				input.disconnect();
				if (this.#take === take) this.#take = null;
				throw error;
			},
		);
	}

	/**
	 * Ends the take before the next block, or before a frame; null waits for one that ends by itself. A later call may bring the end forward.
	 *
	 * @param isPassed - whether the frame is one that has been rendered, from which on the take is cut off
	 * @throws LooperError `no-recording`, `recording-failed`, `ring-full` or `not-running`.
	 */
	async stop(atFrame: number | null, isPassed = false): Promise<Take> {
		const take = this.#take;
		if (take === null) throw this.#isClosed ? closed() : noRecording();
		// At once where that is possible: the caller may render next.
		const { finished } = take.awaited ?? (await take.started).awaited;
		// Nobody knows when a suspended engine would come to the end.
		const endFrame = atFrame ?? (this.#tools.isHeld() ? IMMEDIATELY : null);
		if (!this.#isClosed && endFrame !== null) {
			this.#endAt(take, endFrame, isPassed);
			take.follower = null;
		}
		take.stopped ??= this.#stopped(take, finished);
		return take.stopped;
	}

	/** Keeps the last seconds of the master from now on. */
	keep(seconds: number): void {
		const frames = Math.ceil(seconds * this.#tools.sampleRate);
		this.#kept = { name: 0, frames, ringAddress: this.#rings.address(CAPTURE_SKIP_BACK), hasFailed: false };
		this.#keepInRing(this.#kept);
	}

	/** Keeps frames as soon as there is a ring for them. */
	#keepInRing(kept: KeptFrames): void {
		kept.ringAddress.then(
			(address) => this.#keepFrom(address),
			// `save` rethrows it, and asks again when it is called again.
			() => {
				kept.hasFailed = true;
			},
		);
	}

	/**
	 * Writes the last seconds of what is kept into a file.
	 *
	 * @throws LooperError `no-recording` when nothing is kept; `recording-failed`, `unsupported-platform` or `out-of-memory`.
	 */
	async save(seconds: number, { format, path }: TakeOptions): Promise<Take> {
		if (this.#isClosed) throw closed();
		if (this.#kept === null) {
			const message = "Nothing is kept to be saved after the fact. Create the engine with skipBackSeconds.";
			throw new LooperError("no-recording", message);
		}
		if (this.#kept.hasFailed) this.keep(this.#kept.frames / this.#tools.sampleRate);
		await this.#kept.ringAddress;
		const crash = this.#connection?.crash ?? null;
		if (crash !== null) {
			this.#connect();
			if (crash.code === "unsupported-platform") throw crash;
			const message = "What was kept is lost with the recording thread, which has ended. Save it later.";
			throw new LooperError("recording-failed", message);
		}
		const { sampleRate } = this.#tools;
		const frames = Math.round(seconds * sampleRate);
		const form = { name: this.#nextName(), format, path, sampleRate };
		const { finished } = this.#connect().ask({ type: "save", frames, ...form });
		return this.#takeOf(await finished, format);
	}

	/** Moves a take that ends by itself to where the transport has it now. */
	follow(): void {
		const take = this.#take;
		if (take === null || take.follower === null || this.#isClosed || this.#tools.isHeld()) return;
		try {
			const moved = take.follower.moved(take.progress?.startFrame ?? null);
			if (moved === null) return;
			const { atFrame, endFrame } = moved.span;
			if (moved.startsElsewhere)
				this.#tools.send((writer) => writer.startCapture(CAPTURE_TAKE, take.name, take.source, atFrame));
			if (endFrame > this.#tools.frame())
				this.#tools.send((writer) => writer.stopCapture(CAPTURE_TAKE, take.name, endFrame));
			else this.#endAt(take, endFrame, true);
			take.follower.sent(moved);
			this.#planned = moved.span;
		} catch {
			// The ring is full, or no frame has the line: what was sent holds until the next call.
		}
	}

	/** Called after each block that this thread renders. */
	drain(): void {
		this.follow();
		this.#blocks = (this.#blocks + 1) % BLOCKS_PER_DRAIN;
		if (this.#blocks === 0) this.#connection?.drain();
	}

	/** Ends the take with what has been rendered, and the thread. The take is `stop`'s, which may still be called once. */
	async close(): Promise<void> {
		const take = this.#take;
		this.#isClosed = true;
		if (take !== null) {
			const ended = take.started.then(({ awaited: { finished } }) => {
				this.#connection?.post({ type: "finish", name: take.name });
				return finished;
			});
			await settledWithin(ended.then(ignore, ignore), CLOSE_PATIENCE_MS, this.#tools.host.after);
		}
		await this.#connection?.terminate();
	}

	async #start(name: number, source: LateSource, options: TakeOptions, timing: TakeTiming): Promise<StartedTake> {
		const { sampleRate } = this.#tools;
		const ringAddress = await this.#rings.address(CAPTURE_TAKE);
		const connection = this.#connect();
		const take = connection.ask({ type: "begin", name, ringAddress, ...options, sampleRate });
		await take.opened;
		try {
			const { atFrame, endFrame } = timing.span();
			this.#checkFrame(atFrame);
			this.#planned = endFrame === null ? null : { atFrame, endFrame };
			this.#tools.send((writer) => writer.startCapture(CAPTURE_TAKE, name, source, atFrame));
			if (endFrame !== null) this.#tools.send((writer) => writer.stopCapture(CAPTURE_TAKE, name, endFrame));
			const isFollowed = endFrame !== null && timing.follow !== null;
			return { awaited: take, follower: isFollowed ? new TakeFollower({ atFrame, endFrame }, timing.follow) : null };
		} catch (error) {
			connection.post({ type: "abandon", name });
			throw error;
		}
	}

	#endAt(take: RunningTake, atFrame: number, isPassed: boolean): void {
		if (!isPassed) {
			this.#end(take, atFrame);
			return;
		}
		const trim = (endFrame: number): void => this.#connection?.post({ type: "trim", name: take.name, endFrame });
		// First, because the end may be noticed at once.
		trim(atFrame);
		try {
			this.#end(take, IMMEDIATELY);
		} catch (error) {
			trim(Number.POSITIVE_INFINITY);
			throw error;
		}
	}

	#end({ name }: RunningTake, atFrame: number): void {
		this.#checkFrame(atFrame);
		this.#tools.send((writer) => writer.stopCapture(CAPTURE_TAKE, name, atFrame));
		// Nothing more is rendered.
		if (this.#tools.isHeld()) this.#connection?.post({ type: "finish", name });
		this.#tools.applyCommands?.();
		this.#connection?.drain();
	}

	async #stopped(take: RunningTake, finished: Promise<RecordedTake>): Promise<Take> {
		try {
			return this.#takeOf(await finished, take.format);
		} finally {
			take.input.disconnect();
			if (this.#take === take) this.#take = null;
		}
	}

	/** Keeps frames from now on, under a new name. */
	#keepFrom(ringAddress: number): void {
		const kept = this.#kept;
		if (kept === null || this.#isClosed) return;
		const name = this.#nextName();
		kept.name = name;
		this.#connect().post({ type: "keep", name, ringAddress, frames: kept.frames });
		const source = { kind: SOURCE_MASTER, pad: 0, delayFrames: 0 };
		try {
			this.#tools.send((writer) => writer.startCapture(CAPTURE_SKIP_BACK, name, source, IMMEDIATELY));
		} catch {
			this.#tools.host.after(RETRY_MS, () => this.#keepFrom(ringAddress));
		}
	}

	#connect(): RecordingConnection {
		const before = this.#connection;
		if (before !== null && before.crash === null) return before;
		const { host, threading, recordHere } = this.#tools;
		const spawn: SpawnRecorder =
			recordHere?.(host.recording.store) ??
			((listener) => host.recording.spawnThread(host.assets.recordingThread, listener));
		this.#connection = new RecordingConnection(spawn, threading.connectRecorder(recordHere !== null), {
			cannotStart: (reason) => threadCannotStart(host, "recordingThread", reason),
			onProgress: (name, progress) => {
				if (this.#take?.name === name) this.#take.progress = progress;
			},
			onInterrupted: (name, ringAddress) => {
				if (this.#kept?.name === name) this.#keepFrom(ringAddress);
			},
		});
		if (before !== null) {
			void before.terminate().catch(ignore);
			// What was kept is lost with it.
			if (this.#kept !== null) this.#keepInRing(this.#kept);
		}
		return this.#connection;
	}

	#takeOf(recorded: RecordedTake, format: TakeFormat): Take {
		const { sampleRate, host } = this.#tools;
		return createTake(recorded, { sampleRate, format }, host.recording.files);
	}

	/** While suspended nothing can wait for its frame. */
	#checkFrame(atFrame: number): void {
		if (atFrame !== IMMEDIATELY && this.#tools.isHeld()) throw suspended();
	}

	#nextName(): number {
		this.#names += 1;
		return this.#names;
	}
}

function ignore(): void {}

function noRecording(): LooperError {
	return new LooperError("no-recording", "Nothing is being recorded. Call recording.start() first.");
}
