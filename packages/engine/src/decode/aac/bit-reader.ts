/** Reads numbers of any width, most significant bit first; zeros follow the end. */
export class BitReader {
	readonly #bytes: Uint8Array;
	#position = 0;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	/** Bits before the end, negative past it. */
	get left(): number {
		return 8 * this.#bytes.length - this.#position;
	}

	/** @param width - bits, 1..31 */
	read(width: number): number {
		let value = 0;
		for (let count = 0; count < width; count++, this.#position++) {
			const byte = this.#bytes[this.#position >> 3] ?? 0;
			value = (value << 1) | ((byte >> (7 - (this.#position & 7))) & 1);
		}
		return value;
	}
}
