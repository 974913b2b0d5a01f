const FIRST_BYTES = 2 ** 16;

/** Collects bytes in contiguous memory. Thread: loader. */
export class KeptBytes {
	#bytes: Uint8Array;
	#length = 0;

	/** @param expectedBytes - the total, which avoids reallocation; 0 if unknown */
	constructor(expectedBytes: number) {
		this.#bytes = new Uint8Array(expectedBytes);
	}

	/** The bytes collected so far, in a view that is valid until the next piece. */
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
