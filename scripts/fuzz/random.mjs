/**
 * Seeded random choices. Neighbouring seeds are uncorrelated from the first number on.
 *
 * Source: G. Marsaglia, "Xorshift RNGs" (2003), the 32-bit generator with shifts 13, 17, 5, its state mixed by the
 * finaliser of A. Appleby's MurmurHash3 (2011).
 */
export class Random {
	#state;

	/** @param {number} seed - 0..2^32-1 @param {number} index - which of the seed's sequences */
	constructor(seed, index) {
		this.#state = spread(spread(seed ^ 0x9e3779b9) ^ index) || 1;
	}

	/** An integer, 0..below-1. @param {number} below - up to 2^32 */
	below(below) {
		this.#state ^= this.#state << 13;
		this.#state ^= this.#state >>> 17;
		this.#state ^= this.#state << 5;
		return Math.floor(((this.#state >>> 0) / 2 ** 32) * below);
	}

	/** A number with a uniform order of magnitude, 1..most. @param {number} most */
	size(most) {
		const bits = this.below(Math.floor(Math.log2(most)) + 1);
		return Math.min(most, 2 ** bits + this.below(2 ** bits));
	}

	/** @template T @param {readonly T[]} values @returns {T} */
	pick(values) {
		const value = values[this.below(values.length)];
		if (value === undefined) throw new Error("There is nothing to pick from.");
		return value;
	}
}

/** @param {number} state */
function spread(state) {
	const mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
	const again = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
	return again ^ (again >>> 16);
}
