import { type Gesture, isDeviceHolder } from "../input/gesture.ts";
import { Listeners } from "./listeners.ts";
import type { LooperEngine } from "./looper-engine.ts";
import type { Notices } from "./notices.ts";
import type { Pads } from "./pads.ts";
import type { Sound } from "./sound.ts";

/** Plays gestures on the pads. Every press gets one release, when the last key or pointer on its pad goes up. */
export class Presses {
	/** The numbers of pads that are pressed. */
	readonly pressed: Listeners<number> = new Listeners();
	readonly #engine: LooperEngine;
	readonly #pads: Pads;
	readonly #sound: Sound;
	readonly #notices: Notices;
	readonly #padsByHolder = new Map<string, number>();

	constructor(engine: LooperEngine, parts: { readonly pads: Pads; readonly sound: Sound; readonly notices: Notices }) {
		this.#engine = engine;
		this.#pads = parts.pads;
		this.#sound = parts.sound;
		this.#notices = parts.notices;
	}

	/** Plays a gesture. It does nothing on an empty pad, nor before the engine runs. */
	perform(gesture: Gesture): void {
		const { state } = this.#sound.status;
		if (state !== "idle" && state !== "closed") this.#notices.attempt(() => this.#perform(gesture));
	}

	#perform(gesture: Gesture): void {
		if (gesture.type === "press") this.#press(gesture);
		else if (gesture.type === "release") this.#release(gesture.holder);
		else if (gesture.type === "release-all") this.#releaseAll();
		else if (gesture.type === "stop") this.#engine.pad(gesture.pad).stop();
		else this.#engine.stopAll();
	}

	#press({ pad, velocity, holder }: Extract<Gesture, { type: "press" }>): void {
		if (this.#pads.states[pad]!.sample === null) return;
		this.#release(holder);
		this.#engine.pad(pad).press(velocity);
		this.#padsByHolder.set(holder, pad);
		this.pressed.notify(pad);
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
