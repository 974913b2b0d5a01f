import type { Activity } from "flitzis-looper";
import { type Gesture, isDeviceHolder } from "../input/gesture.ts";
import { Listeners } from "./listeners.ts";
import type { LooperEngine } from "./looper-engine.ts";
import type { Notices } from "./notices.ts";
import { isLoadLive, type PadLoad } from "./pad-state.ts";
import type { Pads } from "./pads.ts";
import type { Sound } from "./sound.ts";

/** How long a press may take until the engine shows what it does, in frames: 100 ms at 48 kHz. */
const framesUntilShown = 4_800;

/** Whether a pad neither sounds nor waits: it is idle or paused. @param state - as an activity numbers it */
function isQuietState(state: number): boolean {
	return state === 0 || state === 4;
}

/** Plays gestures on the pads. Every press gets one release, when the last key or pointer on its pad goes up. */
export class Presses {
	/** The numbers of pads that are pressed. */
	readonly pressed: Listeners<number> = new Listeners();
	readonly #engine: LooperEngine;
	readonly #pads: Pads;
	readonly #sound: Sound;
	readonly #notices: Notices;
	readonly #padsByHolder = new Map<string, number>();
	/** What the engine showed last; null before the first poll. */
	#activity: Activity | null = null;
	/** The engine's frame as it was shown at the latest press. */
	#pressFrame = Number.NEGATIVE_INFINITY;

	constructor(engine: LooperEngine, parts: { readonly pads: Pads; readonly sound: Sound; readonly notices: Notices }) {
		this.#engine = engine;
		this.#pads = parts.pads;
		this.#sound = parts.sound;
		this.#notices = parts.notices;
	}

	/** Plays a gesture; does nothing before the engine runs. On a pad without a sample it stops what still rings out and says why nothing plays. */
	perform(gesture: Gesture): void {
		const { state } = this.#sound.status;
		if (state !== "idle" && state !== "closed") this.#notices.attempt(() => this.#perform(gesture));
	}

	/** Whether no pad sounds, and none waits for a line. */
	get isQuiet(): boolean {
		const activity = this.#activity;
		if (activity === null) return false;
		// A page that is hidden is not polled.
		this.#engine.readActivity(activity);
		const { frame, padState, queuedBeat, voices } = activity;
		if (frame < this.#pressFrame + framesUntilShown) return false;
		return padState.every(isQuietState) && voices.every((count) => count === 0) && queuedBeat.every(Number.isNaN);
	}

	/** Whether a pad has voices, as of the newest reading: one that was emptied may ring out. */
	isSounding(pad: number): boolean {
		return (this.#activity?.voices[pad] ?? 0) > 0;
	}

	/** Called once per frame. @param activity - the same object every time */
	follow(activity: Activity): void {
		this.#activity = activity;
	}

	#perform(gesture: Gesture): void {
		if (gesture.type === "press") this.#press(gesture);
		else if (gesture.type === "release") this.#release(gesture.holder);
		else if (gesture.type === "release-all") this.#releaseAll();
		else if (gesture.type === "stop") this.#engine.pad(gesture.pad).stop();
		else this.#stopAll();
	}

	/** The panic button: all pads; when these are quiet, the transport with its metronome. */
	#stopAll(): void {
		// What began after the latest reading is stopped in either case.
		this.#engine.stopAll();
		if (this.isQuiet && this.#activity?.isTransportRunning === true) this.#engine.transport.stop();
	}

	#press({ pad, velocity, holder }: Extract<Gesture, { type: "press" }>): void {
		const { sample, load } = this.#pads.states[pad]!;
		if (sample === null) {
			if (this.isSounding(pad)) this.#engine.pad(pad).stop();
			if (load !== null) this.#tellLoad(pad, load);
			return;
		}
		this.#release(holder);
		this.#pressFrame = this.#activity?.frame ?? 0;
		this.#engine.pad(pad).press(velocity);
		this.#padsByHolder.set(holder, pad);
		this.pressed.notify(pad);
	}

	/** Tells why nothing plays: at length, as a small pad cannot, where a load has failed; until it ends where one is in flight. */
	#tellLoad(pad: number, load: PadLoad): void {
		const { title } = load.wanted;
		if (load.phase === "failed") {
			this.#notices.tell("error", `“${title}” did not load. ${load.reason}`);
			return;
		}
		const withdraw = this.#notices.tell("info", `“${title}” is still loading.`);
		const end = this.#pads.changes.add((changed) => {
			if (changed !== pad || isLoadLive(this.#pads.states[pad]!)) return;
			withdraw();
			end();
		});
	}

	#releaseAll(): void {
		for (const holder of this.#padsByHolder.keys()) if (!isDeviceHolder(holder)) this.#release(holder);
	}

	/** Forgets the holder only after the engine has accepted the release. */
	#release(holder: string): void {
		const pad = this.#padsByHolder.get(holder);
		if (pad === undefined) return;
		const holderCount = [...this.#padsByHolder.values()].filter((held) => held === pad).length;
		if (holderCount === 1) this.#engine.pad(pad).release();
		this.#padsByHolder.delete(holder);
	}
}
