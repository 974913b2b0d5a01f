import type { Activity } from "flitzis-looper";
import { Listeners } from "./listeners.ts";
import type { LooperEngine } from "./looper-engine.ts";
import type { Pads } from "./pads.ts";
import { type PlayState, playStates } from "./play-state.ts";

/** A pad has entered another state. */
export interface PadTurn {
	readonly pad: number;
	readonly state: PlayState;
	readonly before: PlayState;
	/** Whether it ended, or did not start, because another pad started that chokes it. */
	readonly isChoked: boolean;
}

const idle = playStates.indexOf("idle");
const playing = playStates.indexOf("playing");
const paused = playStates.indexOf("paused");

/** Tells when pads are queued, start, pause and end, from what is read once per frame. Does not allocate while nothing changes. */
export class PadNews {
	readonly turns: Listeners<PadTurn> = new Listeners();
	readonly #engine: LooperEngine;
	readonly #pads: Pads;
	readonly #states: Uint8Array;

	constructor(engine: LooperEngine, pads: Pads) {
		this.#engine = engine;
		this.#pads = pads;
		this.#states = new Uint8Array(pads.states.length);
	}

	/** Compares the pads with the previous reading. */
	follow({ padState }: Pick<Activity, "padState">): void {
		const turned: number[] | null = changed(this.#states, padState);
		if (turned === null) return;
		const before = turned.map((pad) => this.#states[pad]!);
		this.#states.set(padState.subarray(0, this.#states.length));
		const started = turned.filter((pad) => padState[pad] === playing);
		for (const [index, pad] of turned.entries()) {
			const state = padState[pad]!;
			const wasAlive = before[index] !== idle && before[index] !== paused;
			const isChoked = wasAlive && state === idle && started.some((other) => this.#chokes(other, pad));
			this.turns.notify({ pad, state: playStates[state]!, before: playStates[before[index]!]!, isChoked });
		}
	}

	#chokes(started: number, ended: number): boolean {
		if (this.#engine.transport.isExclusive) return true;
		const { chokeGroup } = this.#pads.states[ended]!.settings;
		return chokeGroup !== 0 && chokeGroup === this.#pads.states[started]!.settings.chokeGroup;
	}
}

/** The places where two arrays differ; null when there are none. */
function changed(before: Uint8Array, after: Uint8Array): number[] | null {
	let places: number[] | null = null;
	for (let place = 0; place < before.length; place++) {
		if (before[place] === after[place]) continue;
		places ??= [];
		places.push(place);
	}
	return places;
}
