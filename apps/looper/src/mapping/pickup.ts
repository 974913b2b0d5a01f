/** Nearer than this a knob has the value: somewhat more than one step of 7 bits. */
const reach = 1.5 / 127;

/**
 * Soft takeover: a knob moves a value only after it has reached it, so that nothing jumps when the knob stands
 * elsewhere. It loses the value when something else changes it.
 */
export class Pickup {
	/** Where the knob was last; null before its first movement. */
	#position: number | null = null;
	/** The value that the knob has set last; null while it has none. */
	#held: number | null = null;

	/**
	 * Whether the knob may set the value.
	 *
	 * @param position - where the knob is now, 0..1
	 * @param value - what the value is now, in its own unit
	 * @param valuePosition - where a knob would have to be for it, 0..1
	 */
	takes(position: number, value: number, valuePosition: number): boolean {
		const before = this.#position;
		this.#position = position;
		if (this.#held !== null && Object.is(this.#held, value)) return true;
		this.#held = null;
		const isNear = Math.abs(position - valuePosition) <= reach;
		const hasCrossed = before !== null && (before - valuePosition) * (position - valuePosition) < 0;
		return isNear || hasCrossed;
	}

	/** Takes what the value is after the knob has set it. */
	hold(value: number): void {
		this.#held = value;
	}
}
