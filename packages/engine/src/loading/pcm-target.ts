/** Where a loader thread's PCM goes: the engine memory itself, or the port to the audio thread that owns it. */
export interface PcmTarget {
	/**
	 * @param address - first byte, in a region of this thread's
	 * @returns of any content. What is stored there before the next call gets written: all of it has to be.
	 */
	claim(address: number, samples: number): Float32Array;
	/**
	 * Settles when more may be claimed; null when that is at once.
	 *
	 * @throws LooperError `cancelled`.
	 */
	room(): Promise<void> | null;
	/** Copies what was written to another address; the two do not overlap. @throws LooperError `cancelled`. */
	move(from: number, to: number, bytes: number): Promise<void>;
	/** Reads back what was written. @throws LooperError `cancelled`. */
	read(address: number, into: Uint8Array): Promise<void>;
	/** Settles when everything claimed has been written. @throws LooperError `cancelled`. */
	complete(): Promise<void>;
	/** Drops what is not written yet; settles when nothing more will be. */
	settle(): Promise<void>;
}

/** The engine memory, shared. Thread: loader. */
export class SharedPcm implements PcmTarget {
	readonly #memory: WebAssembly.Memory;

	constructor(memory: WebAssembly.Memory) {
		this.#memory = memory;
	}

	claim(address: number, samples: number): Float32Array {
		return new Float32Array(this.#memory.buffer, address, samples);
	}

	room(): null {
		return null;
	}

	move(from: number, to: number, bytes: number): Promise<void> {
		new Uint8Array(this.#memory.buffer, to, bytes).set(new Uint8Array(this.#memory.buffer, from, bytes));
		return Promise.resolve();
	}

	read(address: number, into: Uint8Array): Promise<void> {
		into.set(new Uint8Array(this.#memory.buffer, address, into.length));
		return Promise.resolve();
	}

	complete(): Promise<void> {
		return Promise.resolve();
	}

	settle(): Promise<void> {
		return Promise.resolve();
	}
}
