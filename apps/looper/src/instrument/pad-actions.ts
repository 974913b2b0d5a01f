import type { LooperEngine } from "./looper-engine.ts";
import type { Notices } from "./notices.ts";

/** What a performer does with a pad that plays, beside presses. */
export class PadActions {
	readonly #engine: Pick<LooperEngine, "pad">;
	readonly #notices: Notices;

	readonly #rolls = new Map<number, number>();

	constructor(engine: Pick<LooperEngine, "pad">, notices: Notices) {
		this.#engine = engine;
		this.#notices = notices;
	}

	/** Stops what the pad plays and keeps its place. */
	pause(pad: number): void {
		this.#notices.attempt(() => this.#engine.pad(pad).pause());
	}

	/** Goes on where the pad was paused. */
	resume(pad: number): void {
		this.#notices.attempt(() => this.#engine.pad(pad).resume());
	}

	/** Goes round over so many beats, 1/32 or more, from where the pad is. Another length may follow at once. */
	roll(pad: number, beats: number): void {
		this.#notices.attempt(() => {
			this.#engine.pad(pad).roll(beats);
			this.#rolls.set(pad, beats);
		});
	}

	/** Goes on where the pad would be without the roll. */
	endRoll(pad: number): void {
		this.#rolls.delete(pad);
		this.#notices.attempt(() => this.#engine.pad(pad).endRoll());
	}

	/** The pads whose rolls have begun and not ended, with the lengths in beats. */
	get rolls(): ReadonlyMap<number, number> {
		return this.#rolls;
	}
}
