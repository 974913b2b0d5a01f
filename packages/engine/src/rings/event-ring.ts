import { EVENT_BYTES, EVENT_READ, EVENT_RING, EVENT_WRITE, EVENTS } from "../protocol/shared-memory.ts";

const EVENT_WORDS = EVENT_BYTES / 4;

/**
 * Reads what the audio thread says.
 *
 * Thread: control; the kernel is the only writer. Positions as in the journal.
 */
export class EventRing {
	readonly #words: Int32Array;

	/** @param words - the engine memory up to SHARED_END */
	constructor(words: Int32Array) {
		this.#words = words;
	}

	/**
	 * Copies the oldest event out. Does not allocate.
	 *
	 * @param event - EVENT_BYTES / 4 words
	 * @returns false when there is none.
	 */
	read(event: Int32Array): boolean {
		const position = Atomics.load(this.#words, EVENT_READ / 4);
		if (position === Atomics.load(this.#words, EVENT_WRITE / 4)) return false;
		const start = EVENT_RING / 4 + (position & (EVENTS - 1)) * EVENT_WORDS;
		for (let word = 0; word < EVENT_WORDS; word++) event[word] = this.#words[start + word] ?? 0;
		Atomics.store(this.#words, EVENT_READ / 4, (position + 1) | 0);
		return true;
	}
}
