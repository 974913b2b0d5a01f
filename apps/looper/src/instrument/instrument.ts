import type { EngineState, EngineStats, Performance, SlotActivity } from "flitzis-looper";
import type { Gesture } from "../input/gesture.ts";
import { Listeners } from "./listeners.ts";
import { type LoopRun, observeLoop, requestedLoop, stoppedLoop } from "./loop-run.ts";
import type { LooperEngine } from "./looper-engine.ts";
import { changePad, emptyPad, isLoadLive, type PadChange, type PadSource, type PadState } from "./pad-state.ts";

/** Pads of the instrument, as many as the engine has slots by default. */
export const padCount = 32;

/** Whether sound comes out, and what the system said about it. */
export interface Sound {
	readonly state: EngineState;
	readonly reason: string | null;
}

/** A sentence for the performer. */
export interface Notice {
	readonly tone: "info" | "error";
	readonly text: string;
}

/** One poll of the engine. */
export interface SessionFrame {
	readonly stats: EngineStats;
	/** What each pad is sounding; reused from frame to frame. */
	readonly activities: readonly SlotActivity[];
}

const silence: SlotActivity = { voices: 0, positionSec: 0 };

/** The instrument without its face: 32 pads on one engine, polled once per animation frame. */
export class Instrument {
	readonly padChanges: Listeners<number> = new Listeners();
	readonly soundChanges: Listeners<Sound> = new Listeners();
	readonly triggers: Listeners<number> = new Listeners();
	readonly frames: Listeners<SessionFrame> = new Listeners();
	readonly notices: Listeners<Notice> = new Listeners();
	readonly #engine: LooperEngine;
	readonly #pads: PadState[] = Array.from({ length: padCount }, () => emptyPad);
	readonly #loops: LoopRun[] = Array.from({ length: padCount }, () => stoppedLoop);
	readonly #activities: SlotActivity[] = Array.from({ length: padCount }, () => silence);
	#sound: Sound = { state: "idle", reason: null };

	constructor(engine: LooperEngine) {
		this.#engine = engine;
	}

	get sound(): Sound {
		return this.#sound;
	}

	get pads(): readonly PadState[] {
		return this.#pads;
	}

	get masterGainDecibels(): number {
		return this.#engine.masterGainDecibels;
	}

	set masterGainDecibels(decibels: number) {
		this.#attempt(() => {
			this.#engine.masterGainDecibels = decibels;
		});
	}

	/** Starts the engine. @throws what the engine throws when it can't run here */
	async start(): Promise<void> {
		this.#followState(await this.#engine.run());
	}

	/** Wakes a suspended engine; to be called in an event that counts as the performer's gesture. */
	resume(): void {
		const { state } = this.#sound;
		if (state !== "suspended" && state !== "interrupted") return;
		this.#engine.resume().catch((error: unknown) => this.notify("error", `Sound did not start: ${messageOf(error)}`));
	}

	/** Notes what the system says about the output; the engine only knows whether it runs. */
	hearOfOutput(reason: string): void {
		this.#setSound({ state: this.#sound.state, reason });
	}

	/** Does what a performer's gesture asks for; gestures before the engine runs and on empty pads do nothing. */
	perform(gesture: Gesture): void {
		const { state } = this.#sound;
		if (state === "idle" || state === "closed") return;
		this.#attempt(() => {
			if (gesture.type === "trigger") this.#trigger(gesture.pad, gesture.velocity);
			else if (gesture.type === "stop") this.#stop(gesture.pad);
			else this.#stopAll();
		});
	}

	/** Starts a load onto the pad, which keeps what it plays until the load has succeeded. */
	load(pad: number, wanted: PadSource): void {
		this.#attempt(() => {
			const requestId = this.#engine.loadSampleAsync(pad, wanted.source);
			this.#change(pad, { type: "load-requested", requestId, wanted });
		});
	}

	/** Starts the pad's failed load again. */
	retry(pad: number): void {
		const load = this.#pads[pad]?.load;
		if (load?.phase === "failed") this.load(pad, load.wanted);
	}

	/** Forgets the pad's failed load, or ends the one on its way. */
	dismissLoad(pad: number): void {
		if (isLoadLive(this.#pads[pad]!)) this.#engine.cancelLoad(pad);
		this.#change(pad, { type: "load-dismissed" });
	}

	/** Makes the pad's next press loop, or not; a loop that goes on is stopped when it may not any more. */
	switchLoop(pad: number, isLooping: boolean): void {
		this.#attempt(() => {
			if (!isLooping && this.#loops[pad]!.phase !== "stopped") this.#stop(pad);
			this.#change(pad, { type: "loop-switched", isLooping });
		});
	}

	/** Takes everything off the pad, a load on its way too. */
	empty(pad: number): void {
		this.#attempt(() => {
			this.#engine.unloadSample(pad);
			this.#loops[pad] = stoppedLoop;
			this.#change(pad, { type: "emptied" });
		});
	}

	/** Starts a performance. @returns false, and the performer is told, when it cannot start */
	startPerformance(): boolean {
		return this.#attempt(() => this.#engine.performance.start());
	}

	/** Frames performed so far; null while no performance runs. */
	get performanceFrames(): number | null {
		return this.#engine.performance.frames;
	}

	/** @returns the performance; null, and the performer is told, when it is not whole */
	async stopPerformance(): Promise<Performance | null> {
		try {
			return await this.#engine.performance.stop();
		} catch (error) {
			this.notify("error", `The recording is lost: ${messageOf(error)}`);
			return null;
		}
	}

	/** Tells the performer something. */
	notify(tone: Notice["tone"], text: string): void {
		this.notices.notify({ tone, text });
	}

	/** Polls the engine once: its loader events, its figures and its voices. */
	poll(): void {
		for (let event = this.#engine.pollLoaderEvents(); event !== null; event = this.#engine.pollLoaderEvents()) {
			this.#change(event.id, { type: "loader-event", event });
		}
		const stats = this.#engine.stats();
		this.#followState(stats.state);
		for (let pad = 0; pad < padCount; pad++) {
			const activity = this.#pads[pad]!.sample === null ? silence : this.#engine.slotActivity(pad);
			this.#activities[pad] = activity;
			if (stats.state === "running") this.#loops[pad] = observeLoop(this.#loops[pad]!, activity.voices);
		}
		this.frames.notify({ stats, activities: this.#activities });
	}

	#trigger(pad: number, velocity: number): void {
		const { sample, isLooping } = this.#pads[pad]!;
		if (sample === null) return;
		if (isLooping && this.#loops[pad]!.phase !== "stopped") {
			this.#stop(pad);
			return;
		}
		this.#engine.playSample(pad, velocity, { loop: isLooping });
		if (isLooping) this.#loops[pad] = requestedLoop;
		this.triggers.notify(pad);
	}

	#stop(pad: number): void {
		this.#engine.stopSample(pad);
		this.#loops[pad] = stoppedLoop;
	}

	#stopAll(): void {
		this.#engine.stopAll();
		this.#loops.fill(stoppedLoop);
	}

	#change(pad: number, change: PadChange): void {
		const before = this.#pads[pad]!;
		const after = changePad(before, change);
		if (after === before) return;
		this.#pads[pad] = after;
		this.padChanges.notify(pad);
	}

	#followState(state: EngineState): void {
		if (state === this.#sound.state) return;
		// What the system said last explains why sound stops, and is over when it goes on.
		this.#setSound({ state, reason: state === "running" ? null : this.#sound.reason });
	}

	#setSound(sound: Sound): void {
		this.#sound = sound;
		this.soundChanges.notify(sound);
	}

	/** Shows the performer what the engine refuses (a full ring, an engine that has ended). */
	#attempt(action: () => void): boolean {
		try {
			action();
			return true;
		} catch (error) {
			this.notify("error", messageOf(error));
			return false;
		}
	}
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
