/** A list of f32 numbers that grows. */
export class GrowingFloats {
	#values: Float32Array<ArrayBuffer> = new Float32Array(1024);
	#length = 0;

	get length(): number {
		return this.#length;
	}

	push(value: number): void {
		if (this.#length === this.#values.length) {
			const longer = new Float32Array(2 * this.#length);
			longer.set(this.#values);
			this.#values = longer;
		}
		this.#values[this.#length] = value;
		this.#length += 1;
	}

	/** The numbers so far; valid until the next `push`. */
	get values(): Float32Array<ArrayBuffer> {
		return this.#values.subarray(0, this.#length);
	}
}
