import {
	COMMAND_BYTES,
	JOURNAL_ENTRIES,
	JOURNAL_READ,
	JOURNAL_RING,
	JOURNAL_WRITE,
} from "../protocol/shared-memory.ts";

const MASK = JOURNAL_ENTRIES - 1;
const COMMAND_WORDS = COMMAND_BYTES / 4;

/**
 * Reads what the audio thread says has taken effect.
 *
 * Thread: control; the kernel is the only writer. The write position is loaded before an entry and stored by the kernel after
 * it, so an entry seen is complete; the read position is stored last, so the kernel never writes over one not yet read.
 */
export class JournalRing {
	readonly #words: Int32Array;

	/** @param words - the engine memory up to SHARED_END */
	constructor(words: Int32Array) {
		this.#words = words;
	}

	/**
	 * Copies the oldest entry out. Does not allocate.
	 *
	 * @param command - COMMAND_BYTES / 4 words
	 * @returns false when there is none.
	 */
	read(command: Int32Array): boolean {
		const position = Atomics.load(this.#words, JOURNAL_READ / 4);
		if (position === Atomics.load(this.#words, JOURNAL_WRITE / 4)) return false;
		const start = JOURNAL_RING / 4 + (position & MASK) * COMMAND_WORDS;
		for (let word = 0; word < COMMAND_WORDS; word++) command[word] = this.#words[start + word] ?? 0;
		Atomics.store(this.#words, JOURNAL_READ / 4, (position + 1) | 0);
		return true;
	}
}
