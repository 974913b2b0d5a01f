import { Listeners } from "./listeners.ts";
import { heldSource } from "./pad-state.ts";
import type { Pads } from "./pads.ts";

/** What happens to the pad that another one is dropped on. */
export type CarryMode = "swap" | "copy";

/** A pad that has been picked up. */
export interface CarriedPad {
	readonly pad: number;
	readonly mode: CarryMode;
}

/** A pad on its way to another place. Nothing changes before it is dropped. */
export class Carry {
	readonly changes: Listeners<CarriedPad | null> = new Listeners();
	readonly #pads: Pads;
	#held: CarriedPad | null = null;

	constructor(pads: Pads) {
		this.#pads = pads;
	}

	/** The pad that has been picked up; null when there is none. */
	get held(): CarriedPad | null {
		return this.#held;
	}

	/** @returns false for a pad without a sound, which cannot be picked up */
	pickUp(pad: number, mode: CarryMode): boolean {
		if (heldSource(this.#pads.states[pad]!) === null) return false;
		this.#change({ pad, mode });
		return true;
	}

	/** Drops the pad. A copy can be dropped again. */
	dropOn(target: number): void {
		if (this.#held === null) return;
		const { pad, mode } = this.#held;
		if (mode === "swap") {
			this.#change(null);
			this.#pads.swap(pad, target);
		} else this.#pads.copy(pad, target);
	}

	/** Leaves everything as it is. */
	letGo(): void {
		if (this.#held !== null) this.#change(null);
	}

	#change(held: CarriedPad | null): void {
		this.#held = held;
		this.changes.notify(held);
	}
}
