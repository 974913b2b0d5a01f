const CHANNELS = 2;

/** The last frames of a capture. Thread: the one that records. */
export class SkipBackMemory {
	readonly #samples: Float32Array<ArrayBuffer>;
	readonly #capacity: number;
	#count = 0;

	/** @param capacity - how many frames, 1 or more */
	constructor(capacity: number) {
		this.#capacity = capacity;
		this.#samples = new Float32Array(CHANNELS * capacity);
	}

	/** Frames taken since the start. */
	get count(): number {
		return this.#count;
	}

	/** Forgets everything. */
	clear(): void {
		this.#count = 0;
	}

	/** @param samples - interleaved stereo, not kept */
	append(samples: Float32Array): void {
		for (let taken = 0; taken < samples.length; ) {
			const place = CHANNELS * (this.#count % this.#capacity);
			const part = samples.subarray(taken, taken + this.#samples.length - place);
			this.#samples.set(part, place);
			taken += part.length;
			this.#count += part.length / CHANNELS;
		}
	}

	/** @returns a copy of the last frames, as many as there are of those that are wanted. */
	newest(frames: number): Float32Array<ArrayBuffer> {
		const count = Math.min(frames, this.#count, this.#capacity);
		const copy = new Float32Array(CHANNELS * count);
		const start = CHANNELS * ((this.#count - count) % this.#capacity);
		const first = this.#samples.subarray(start, start + copy.length);
		copy.set(first);
		copy.set(this.#samples.subarray(0, copy.length - first.length), first.length);
		return copy;
	}
}
