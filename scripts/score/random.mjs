/**
 * Random numbers that a seed determines.
 *
 * Source: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators" (2014), in 32 bits; the mixing function is
 * the finaliser of A. Appleby's MurmurHash3.
 */
export class Random {
	#state;

	/** @param {number} seed */
	constructor(seed) {
		this.#state = seed >>> 0;
	}

	/** @returns {number} at least 0, below 1 */
	next() {
		this.#state = (this.#state + 0x9e37_79b9) >>> 0;
		let mixed = this.#state;
		mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85eb_ca6b);
		mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
		return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
	}

	/** @param {number} from @param {number} to */
	between(from, to) {
		return from + (to - from) * this.next();
	}

	/** @returns {number} an integer from 0 to count - 1 @param {number} count */
	below(count) {
		return Math.floor(count * this.next());
	}

	/** @template T @param {readonly T[]} values @returns {T} */
	pick(values) {
		const value = values[this.below(values.length)];
		if (value === undefined) throw new Error("There is nothing to pick from.");
		return value;
	}

	/** Normally distributed. @param {number} deviation */
	normal(deviation) {
		const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
		return deviation * radius * Math.cos(2 * Math.PI * this.next());
	}
}
