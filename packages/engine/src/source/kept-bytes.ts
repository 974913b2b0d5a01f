const FIRST_BYTES = 2 ** 16;

/** Bytes that arrive piece by piece and stay in memory, one after the other. Thread: loader. */
export class KeptBytes {
	#bytes: Uint8Array;
	#length = 0;

	/** @param expectedBytes - how many will come, so that they are never moved; 0 when that is unknown */
	constructor(expectedBytes: number) {
		this.#bytes = new Uint8Array(expectedBytes);
	}

	/** What has come so far, in a view that is valid until the next piece. */
	get bytes(): Uint8Array {
		return this.#bytes.subarray(0, this.#length);
	}

	append(piece: Uint8Array): void {
		const length = this.#length + piece.length;
		if (length > this.#bytes.length) {
			const longer = new Uint8Array(Math.max(length, 2 * this.#bytes.length, FIRST_BYTES));
			longer.set(this.bytes);
			this.#bytes = longer;
		}
		this.#bytes.set(piece, this.#length);
		this.#length = length;
	}
}
