import { JOURNAL_READ, JOURNAL_RECORDS, JOURNAL_RING, JOURNAL_WRITE, RECORD_BYTES } from "../protocol/layout.ts";

const MASK = JOURNAL_RECORDS - 1;
const RECORD_WORDS = RECORD_BYTES / 4;

/**
 * Reads what the audio thread says has taken effect.
 *
 * Thread: control; the kernel is the only writer. The write position is loaded before a record and stored by the kernel after
 * it, so a record seen is complete; the read position is stored last, so the kernel never writes over one not yet read.
 */
export class JournalRing {
	readonly #words: Int32Array;

	/** @param words - the engine memory below PCM_HEAP */
	constructor(words: Int32Array) {
		this.#words = words;
	}

	/**
	 * Copies the oldest record out. Does not allocate.
	 *
	 * @param record - RECORD_BYTES / 4 words
	 * @returns false when there is none.
	 */
	read(record: Int32Array): boolean {
		const position = Atomics.load(this.#words, JOURNAL_READ / 4);
		if (position === Atomics.load(this.#words, JOURNAL_WRITE / 4)) return false;
		const start = JOURNAL_RING / 4 + (position & MASK) * RECORD_WORDS;
		for (let word = 0; word < RECORD_WORDS; word++) record[word] = this.#words[start + word] ?? 0;
		Atomics.store(this.#words, JOURNAL_READ / 4, (position + 1) | 0);
		return true;
	}
}
