/**
 * Discrete Fourier transforms of one length, a power of two, in place, sign -1, not scaled.
 *
 * Thread: analysis. Does not allocate after its construction.
 * Source: J. W. Cooley, J. W. Tukey, "An algorithm for the machine calculation of complex Fourier series" (1965), radix 2,
 * decimation in time.
 */
export class Fft {
	readonly length: number;
	readonly #cosines: Float64Array;
	readonly #sines: Float64Array;
	readonly #reversed: Uint32Array;

	/** @param length - points, a power of two from 2 on */
	constructor(length: number) {
		this.length = length;
		this.#cosines = Float64Array.from({ length: length / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / length));
		this.#sines = Float64Array.from({ length: length / 2 }, (_, k) => -Math.sin((2 * Math.PI * k) / length));
		this.#reversed = new Uint32Array(length);
		for (let index = 1; index < length; index++)
			this.#reversed[index] = (this.#reversed[index >> 1]! >> 1) | ((index & 1) * (length / 2));
	}

	/** @param real - `length` numbers @param imaginary - as many */
	transform(real: Float64Array, imaginary: Float64Array): void {
		this.#reorder(real, imaginary);
		this.#firstPass(real, imaginary);
		for (let half = 2; half < this.length; half *= 2) this.#pass(real, imaginary, half);
	}

	#reorder(real: Float64Array, imaginary: Float64Array): void {
		for (let index = 0; index < this.length; index++) {
			const other = this.#reversed[index]!;
			if (other <= index) continue;
			const re = real[index]!;
			const im = imaginary[index]!;
			real[index] = real[other]!;
			imaginary[index] = imaginary[other]!;
			real[other] = re;
			imaginary[other] = im;
		}
	}

	#firstPass(real: Float64Array, imaginary: Float64Array): void {
		for (let at = 0; at < this.length; at += 2) {
			const re = real[at + 1]!;
			const im = imaginary[at + 1]!;
			real[at + 1] = real[at]! - re;
			imaginary[at + 1] = imaginary[at]! - im;
			real[at] = real[at]! + re;
			imaginary[at] = imaginary[at]! + im;
		}
	}

	#pass(real: Float64Array, imaginary: Float64Array, half: number): void {
		const cosines = this.#cosines;
		const sines = this.#sines;
		const stride = this.length / (2 * half);
		for (let k = 0, twiddle = 0; k < half; k++, twiddle += stride) {
			const cosine = cosines[twiddle]!;
			const sine = sines[twiddle]!;
			for (let at = k; at < this.length; at += 2 * half) {
				const other = at + half;
				const re = cosine * real[other]! - sine * imaginary[other]!;
				const im = cosine * imaginary[other]! + sine * real[other]!;
				real[other] = real[at]! - re;
				imaginary[other] = imaginary[at]! - im;
				real[at] = real[at]! + re;
				imaginary[at] = imaginary[at]! + im;
			}
		}
	}
}
