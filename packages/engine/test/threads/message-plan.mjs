// What each producing thread sends, known beforehand to the thread that checks it: message n of a producer is the same
// whenever it is asked for, and carries its number.

/** The most messages that a number in a velocity tells apart: f32 holds 24 bits. */
export const MOST_MESSAGES = 2 ** 24;
/** Each producer's own: producer p plays p * SLOTS_A_PRODUCER and the following. Nothing is loaded, so nothing sounds. */
export const SLOTS_A_PRODUCER = 8;

/** Takes effect in the order of sending. */
export const PLAY = 0;
/** Has a frame of its own. */
export const TIMED_PLAY = 1;
/** Takes effect in the order of sending, and carries no number. */
export const STOP = 2;

/** One producer's messages. */
export class MessagePlan {
	#seed;
	#firstSlot;

	/** @param {number} seed @param {number} producer - 0, 1, … */
	constructor(seed, producer) {
		this.#seed = Math.imul(seed + producer, 0x9e3779b1);
		this.#firstSlot = producer * SLOTS_A_PRODUCER;
	}

	/** @param {number} n @returns {number} PLAY, TIMED_PLAY or STOP */
	kindOf(n) {
		// One in each eight has a frame, so that eight share a place where it is written down.
		if ((this.#hash(n >>> 3) & 7) === (n & 7)) return TIMED_PLAY;
		return (this.#hash(n) & 3) === 0 ? STOP : PLAY;
	}

	/** @param {number} n @returns {number} */
	slotOf(n) {
		return this.#firstSlot + ((this.#hash(n) >>> 8) % SLOTS_A_PRODUCER);
	}

	/** @param {number} n @returns {boolean} */
	isLooping(n) {
		return (this.#hash(n) & 0x10000) !== 0;
	}

	/** @param {number} n @returns {number} 0..1, exact in f32 */
	velocityOf(n) {
		return n / MOST_MESSAGES;
	}

	/**
	 * How far the frame of a timed message lies ahead: mostly in the future, now and then in the past.
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
