import { Fft } from "./fft.ts";

/**
 * Power spectra of windowed real signals, two at a time: one is the real part, the other the imaginary part of one transform.
 *
 * Thread: loader. Does not allocate after its construction.
 */
export class RealSpectrum {
	/** Bins 0 to `length / 2` of the first signal's power, after `transform`. */
	readonly first: Float64Array;
	/** The same of the second. */
	readonly second: Float64Array;
	readonly #fft: Fft;
	readonly #window: Float64Array;
	readonly #real: Float64Array;
	readonly #imaginary: Float64Array;

	/** @param length - of the window (Hann), a power of two */
	constructor(length: number) {
		this.#fft = new Fft(length);
		// A full-scale sine has power 1 in its bin.
		this.#window = Float64Array.from({ length }, (_, n) => (2 / length) * (1 - Math.cos((2 * Math.PI * n) / length)));
		this.#real = new Float64Array(length);
		this.#imaginary = new Float64Array(length);
		this.first = new Float64Array(length / 2 + 1);
		this.second = new Float64Array(length / 2 + 1);
	}

	/** @param firstAt - where the first window begins in the signal @param secondAt - where the second begins */
	transform(signal: Float32Array, firstAt: number, secondAt: number): void {
		const { length } = this.#fft;
		const window = this.#window;
		const real = this.#real;
		const imaginary = this.#imaginary;
		for (let n = 0; n < length; n++) {
			real[n] = window[n]! * signal[firstAt + n]!;
			imaginary[n] = window[n]! * signal[secondAt + n]!;
		}
		this.#fft.transform(real, imaginary);
		for (let bin = 0; bin <= length / 2; bin++) {
			const mirror = (length - bin) % length;
			const evenReal = real[bin]! + real[mirror]!;
			const evenImaginary = imaginary[bin]! - imaginary[mirror]!;
			const oddReal = imaginary[bin]! + imaginary[mirror]!;
			const oddImaginary = real[mirror]! - real[bin]!;
			this.first[bin] = (evenReal * evenReal + evenImaginary * evenImaginary) / 4;
			this.second[bin] = (oddReal * oddReal + oddImaginary * oddImaginary) / 4;
		}
	}
}
