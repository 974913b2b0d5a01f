/**
 * Seeded random numbers.
 *
 * Source: G. Marsaglia, "Xorshift RNGs" (2003), the 32-bit generator with shifts 13, 17, 5.
 */
export class Random {
	#state;

	/** @param {number} seed - an integer, 0..2^32-1 */
	constructor(seed) {
		this.#state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) || 1;
	}

	/** An integer, 0..count-1. */
	below(count) {
		this.#state ^= this.#state << 13;
		this.#state ^= this.#state >>> 17;
		this.#state ^= this.#state << 5;
		return (this.#state >>> 1) % count;
	}
}
