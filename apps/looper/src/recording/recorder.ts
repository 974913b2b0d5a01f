import type { StopRecordingOptions, Take } from "flitzis-looper";
import { Listeners } from "../instrument/listeners.ts";
import { messageOf, type Notices } from "../instrument/notices.ts";
import type { PerformanceLog } from "../instrument/performance-log.ts";
import { keptSeconds } from "./kept-seconds.ts";
import type { PadRecording, RecordingEngine, RecordingState } from "./recording-types.ts";
import { TakeLog } from "./take-log.ts";
import { cutText } from "./take-texts.ts";
import type { Takes } from "./takes.ts";

/** What recording works with. */
export interface RecorderParts {
	readonly performance: PerformanceLog;
	readonly notices: Notices;
	readonly takes: Takes;
}

/** A start that is nearer than this comes too late for its line. */
const noticeSeconds = 0.1;

/** Records one take at a time. */
export class Recorder {
	/** What is recorded, or how far that is, has changed. */
	readonly changes: Listeners<RecordingState | null> = new Listeners();
	readonly #engine: RecordingEngine;
	readonly #parts: RecorderParts;
	#state: RecordingState | null = null;
	readonly #log: TakeLog;
	/** Ends the sound of a pad; null while none is recorded. */
	#endPad: ((isAtOnce: boolean) => void) | null = null;
	#isCancelled = false;
	/** The latest toggle: none of two in a hurry is lost. */
	#toggled: Promise<void> = Promise.resolve();

	constructor(engine: RecordingEngine, parts: RecorderParts) {
		this.#engine = engine;
		this.#parts = parts;
		this.#log = new TakeLog(engine, parts.performance);
	}

	/** What is being recorded; null while nothing is. */
	get state(): RecordingState | null {
		return this.#state;
	}

	/** Frames per second of what is recorded. */
	get sampleRate(): number {
		return this.#engine.stats().sampleRate;
	}

	/** Seconds recorded so far. */
	get seconds(): number {
		return (this.#engine.recording.frames ?? 0) / this.sampleRate;
	}

	/** Starts a take of the master, or ends the one that runs: after what was toggled before. */
	toggle(): Promise<void> {
		this.#toggled = this.#toggled.then(() => this.#toggle());
		return this.#toggled;
	}

	/** Keeps what was heard of the master in the last minute as a take. */
	async keepLast(): Promise<void> {
		const take = await this.#attempt(() => this.#engine.recording.keepLast(keptSeconds));
		if (take === null) return;
		if (take.frames === 0) {
			this.#parts.notices.tell("error", take.failure ?? "Nothing was heard in the last minute.");
			await this.#discard(take);
			return;
		}
		const { name } = await this.#parts.takes.add(take, null);
		const kept = Math.round(take.frames / take.sampleRate);
		if (take.failure !== null) this.#parts.notices.tell("error", cutText(name, kept, take.failure));
		else this.#parts.notices.tell("info", `The last ${kept} s are kept as “${name}”.`);
	}

	/** Records a sound for a pad, until `stopOnPad` or its own end. @returns null when it was cancelled, or, and the performer is told, when it failed */
	async recordOnPad({ pad, source, bars }: PadRecording): Promise<Take | null> {
		if (this.#state !== null) return null;
		const recorded = { pad };
		this.#change({ recorded, phase: "starting" });
		this.#isCancelled = false;
		const { recording } = this.#engine;
		const atFrame = bars === "open" ? this.#nextBar() : null;
		const span = typeof bars === "number" ? { bars } : atFrame === null ? {} : { atFrame };
		const stopped = new Promise<StopRecordingOptions>((resolve) => {
			this.#endPad = (isAtOnce) => resolve(this.#endOf(isAtOnce ? null : bars));
		});
		const isStarted = await this.#attempt(() => recording.start({ source, ...span }).then(() => true));
		let take: Take | null = null;
		if (isStarted === true) {
			this.#change({ recorded, phase: "running" });
			// What has an end of its own is waited for; it may be stopped before.
			const ownEnd = typeof bars === "number" ? this.#stop({}) : null;
			const earlier = stopped.then((end) => {
				this.#change({ recorded, phase: "ending" });
				return this.#stop(end);
			});
			take = await (ownEnd === null ? earlier : Promise.race([ownEnd, earlier]));
		}
		this.#endPad = null;
		this.#change(null);
		if (take === null) return null;
		if (take.failure !== null) this.#parts.notices.tell("error", take.failure);
		if (!this.#isCancelled && take.frames > 0) return take;
		await this.#discard(take);
		return null;
	}

	/** Ends the sound of a pad: one of bars with the nearest bar, otherwise at once. */
	stopOnPad(): void {
		this.#endPad?.(false);
	}

	/** Ends the sound of a pad at once and throws it away. */
	cancelOnPad(): void {
		this.#isCancelled = true;
		this.breakOffOnPad();
	}

	/** Ends the sound of a pad at once. */
	breakOffOnPad(): void {
		this.#endPad?.(true);
		// One that waits for its bar need not reach it.
		const isWaiting = this.#state?.phase === "ending" && this.#state.recorded !== "take";
		if (isWaiting && this.#engine.recording.frames !== null) void this.#stop(this.#endOf(null));
	}

	/** Ends what the engine has cut off. Called once per frame. */
	follow(): void {
		if (this.#state?.phase !== "running" || this.#engine.recording.frames !== null) return;
		if (this.#state.recorded === "take") void this.#endTake();
		else this.#endPad?.(true);
	}

	async #toggle(): Promise<void> {
		if (this.#state === null) await this.#startTake();
		else if (this.#state.recorded === "take" && this.#state.phase === "running") await this.#endTake();
	}

	async #startTake(): Promise<void> {
		this.#change({ recorded: "take", phase: "starting" });
		// Before the take, which then lies within it.
		this.#log.start();
		const isStarted = await this.#attempt(() => this.#engine.recording.start().then(() => true));
		if (isStarted !== true) await this.#log.stop(null);
		this.#change(isStarted === true ? { recorded: "take", phase: "running" } : null);
	}

	async #endTake(): Promise<void> {
		this.#change({ recorded: "take", phase: "ending" });
		const take = await this.#stop({});
		const performance = await this.#log.stop(take);
		if (take !== null) {
			await this.#attempt(async () => {
				const { name, frames, sampleRate } = await this.#parts.takes.add(take, performance);
				if (take.failure !== null) this.#parts.notices.tell("error", cutText(name, frames / sampleRate, take.failure));
			});
		}
		this.#change(null);
	}

	/** Ends what the engine records: when it refuses the moment, at once. @returns null, and the performer is told, when nothing came of it */
	async #stop(end: StopRecordingOptions): Promise<Take | null> {
		const { recording } = this.#engine;
		const take = await this.#attempt(() => recording.stop(end));
		// Otherwise it would go on unseen.
		return take === null && recording.frames !== null ? await this.#attempt(() => recording.stop({})) : take;
	}

	async #discard(take: Take): Promise<void> {
		await this.#attempt(() => take.discard());
	}

	#endOf(bars: PadRecording["bars"]): StopRecordingOptions {
		const { transport } = this.#engine;
		// No moment can be named while nothing is rendered.
		if (this.#engine.stats().state !== "running") return {};
		// The transport may have been stopped meanwhile.
		const isOnLines = bars !== null && transport.frameOfBeat(0) !== null;
		return isOnLines ? { nearestLine: transport.beatsPerBar } : { atFrame: this.#engine.stats().frame };
	}

	#nextBar(): number | null {
		const { transport } = this.#engine;
		const { frame, sampleRate } = this.#engine.stats();
		const noticed = transport.beatOfFrame(frame + Math.ceil(noticeSeconds * sampleRate));
		return transport.frameOfBeat(Math.ceil(noticed / transport.beatsPerBar) * transport.beatsPerBar);
	}

	#change(state: RecordingState | null): void {
		this.#state = state;
		this.changes.notify(state);
	}

	async #attempt<Result>(action: () => Promise<Result>): Promise<Result | null> {
		try {
			return await action();
		} catch (error) {
			this.#parts.notices.tell("error", messageOf(error));
			return null;
		}
	}
}
