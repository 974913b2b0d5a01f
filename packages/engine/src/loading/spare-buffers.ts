/** Buffers that are kept, of all lengths together. */
const MOST_BYTES = 4 * 2 ** 20;
const LEAST_BYTES = 1024;

/** Buffers that are used again, because the system takes long to hand out memory that was never used. */
export class SpareBuffers {
	/** By length, a power of two. */
	readonly #spare: Map<number, ArrayBuffer[]> = new Map();
	#bytes = 0;

	/** @returns at least as many bytes, of any content. */
	take(bytes: number): ArrayBuffer {
		const length = Math.max(LEAST_BYTES, 2 ** Math.ceil(Math.log2(bytes)));
		const spare = this.#spare.get(length)?.pop();
		if (spare === undefined) return new ArrayBuffer(length);
		this.#bytes -= length;
		return spare;
	}

	/** Keeps a buffer that `take` has returned, unless there are many. */
	give(buffer: ArrayBuffer): void {
		const { byteLength } = buffer;
		if (this.#bytes + byteLength > MOST_BYTES) return;
		const spare = this.#spare.get(byteLength);
		if (spare === undefined) this.#spare.set(byteLength, [buffer]);
		else spare.push(buffer);
		this.#bytes += byteLength;
	}
}
