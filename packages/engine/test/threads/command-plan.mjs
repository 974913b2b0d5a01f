// The commands of each producer thread, known in advance to the checking thread: command n of a producer is a pure
// function of n, and carries its number.

/** Maximum commands that a number in a velocity can distinguish: f32 has 24 bits. */
export const MAX_COMMANDS = 2 ** 24;
/** Slots per producer: producer p plays p * SLOTS_PER_PRODUCER and the following. Nothing is loaded, so nothing sounds. */
export const SLOTS_PER_PRODUCER = 8;

/** Takes effect in sending order. */
export const PLAY = 0;
/** Takes effect at its own frame. */
export const TIMED_PLAY = 1;
/** Takes effect in sending order, and carries no number. */
export const STOP = 2;

/** One producer's commands. */
export class CommandPlan {
	#seed;
	#firstSlot;

	/** @param {number} seed @param {number} producer - 0, 1, … */
	constructor(seed, producer) {
		this.#seed = Math.imul(seed + producer, 0x9e3779b1);
		this.#firstSlot = producer * SLOTS_PER_PRODUCER;
	}

	/** @param {number} n @returns {number} PLAY, TIMED_PLAY or STOP */
	kindOf(n) {
		// One in each eight has a frame, so that eight share a word that records it.
		if ((this.#hash(n >>> 3) & 7) === (n & 7)) return TIMED_PLAY;
		return (this.#hash(n) & 3) === 0 ? STOP : PLAY;
	}

	/** @param {number} n @returns {number} */
	slotOf(n) {
		return this.#firstSlot + ((this.#hash(n) >>> 8) % SLOTS_PER_PRODUCER);
	}

	/** @param {number} n @returns {boolean} */
	isLooping(n) {
		return (this.#hash(n) & 0x10000) !== 0;
	}

	/** @param {number} n @returns {number} 0..1, exact in f32 */
	velocityOf(n) {
		return n / MAX_COMMANDS;
	}

	/**
	 * How far the frame of a timed command lies ahead: mostly in the future, sometimes in the past.
	 *
	 * @param {number} n @returns {number}
	 */
	aheadOf(n) {
		return ((this.#hash(n) >>> 17) % 256) - 16;
	}

	/** Source: A. Appleby, MurmurHash3 (2011), the 32-bit finaliser. @param {number} n */
	#hash(n) {
		let bits = Math.imul(n ^ this.#seed, 0x85ebca6b);
		bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
		bits ^= bits >>> 16;
		return bits >>> 0;
	}
}
