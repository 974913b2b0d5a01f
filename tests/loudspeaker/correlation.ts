/** A complex signal in two arrays whose length is a power of two. */
interface Spectrum {
	readonly real: Float64Array;
	readonly imaginary: Float64Array;
}

/** Permutes the values to bit-reversed indices. */
function reverseBits({ real, imaginary }: Spectrum): void {
	const size = real.length;
	for (let index = 1, reversed = 0; index < size; index++) {
		let bit = size >> 1;
		while ((reversed & bit) !== 0) {
			reversed ^= bit;
			bit >>= 1;
		}
		reversed ^= bit;
		if (index < reversed) {
			[real[index], real[reversed]] = [real[reversed]!, real[index]!];
			[imaginary[index], imaginary[reversed]] = [imaginary[reversed]!, imaginary[index]!];
		}
	}
}

/**
 * Discrete Fourier transform in place, radix 2.
 *
 * Source: J. W. Cooley, J. W. Tukey, "An Algorithm for the Machine Calculation of Complex Fourier Series" (1965).
 */
function transform(spectrum: Spectrum): void {
	const { real, imaginary } = spectrum;
	const size = real.length;
	reverseBits(spectrum);
	for (let half = 1; half < size; half *= 2) {
		for (let offset = 0; offset < half; offset++) {
			const angle = (-Math.PI * offset) / half;
			const cosine = Math.cos(angle);
			const sine = Math.sin(angle);
			for (let even = offset; even < size; even += 2 * half) {
				const odd = even + half;
				const turnedReal = real[odd]! * cosine - imaginary[odd]! * sine;
				const turnedImaginary = real[odd]! * sine + imaginary[odd]! * cosine;
				real[odd] = real[even]! - turnedReal;
				imaginary[odd] = imaginary[even]! - turnedImaginary;
				real[even]! += turnedReal;
				imaginary[even]! += turnedImaginary;
			}
		}
	}
}

/**
 * Cross-correlation of a reference with every equally long part of a signal.
 *
 * @returns for each offset in frames, the sum of products; `signal.length - reference.length + 1` values
 */
export function crossCorrelation(reference: Float32Array, signal: Float32Array): Float64Array {
	const size = 2 ** Math.ceil(Math.log2(signal.length + reference.length));
	// One complex transform handles both real signals: the signal is its real, the reference its imaginary part.
	const both: Spectrum = { real: new Float64Array(size), imaginary: new Float64Array(size) };
	both.real.set(signal);
	both.imaginary.set(reference);
	transform(both);
	const product: Spectrum = { real: new Float64Array(size), imaginary: new Float64Array(size) };
	for (let bin = 0; bin < size; bin++) {
		const mirror = (size - bin) % size;
		const signalReal = (both.real[bin]! + both.real[mirror]!) / 2;
		const signalImaginary = (both.imaginary[bin]! - both.imaginary[mirror]!) / 2;
		const referenceReal = (both.imaginary[bin]! + both.imaginary[mirror]!) / 2;
		const referenceImaginary = (both.real[mirror]! - both.real[bin]!) / 2;
		// Conjugated, so that the forward transform below acts as the inverse: the correlation is real.
		product.real[bin] = signalReal * referenceReal + signalImaginary * referenceImaginary;
		product.imaginary[bin] = signalReal * referenceImaginary - signalImaginary * referenceReal;
	}
	transform(product);
	return product.real.subarray(0, signal.length - reference.length + 1).map((sum) => sum / size);
}
