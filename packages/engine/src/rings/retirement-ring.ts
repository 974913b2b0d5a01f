import { MAX_HANDLES, RETIREMENT_READ, RETIREMENT_RING, RETIREMENT_WRITE } from "../protocol/shared-memory.ts";

const MASK = MAX_HANDLES - 1;

/**
 * Reads the handles that the audio thread has retired.
 *
 * Thread: control; the kernel is the only writer. At most MAX_HANDLES handles exist and the ring holds as many, so it
 * cannot overflow. The write position is loaded before the handle and stored by the kernel after it, so a handle seen is
 * complete; the read position is stored last, so the kernel never writes over one not yet read.
 */
export class RetirementRing {
	readonly #words: Int32Array;

	/** @param words - the engine memory up to SHARED_END */
	constructor(words: Int32Array) {
		this.#words = words;
	}

	/** @returns the oldest retired handle, 0 when there is none. Does not allocate. */
	read(): number {
		const position = Atomics.load(this.#words, RETIREMENT_READ / 4);
		if (position === Atomics.load(this.#words, RETIREMENT_WRITE / 4)) return 0;
		const handle = this.#words[RETIREMENT_RING / 4 + (position & MASK)] ?? 0;
		Atomics.store(this.#words, RETIREMENT_READ / 4, (position + 1) | 0);
		return handle;
	}
}
