import { radix2, radix3, radix4, radix4FromFloats, radix5, radix7 } from "./fft-stages";

/** Bytes of one complex number: two f64. */
export const COMPLEX_BYTES: usize = 16;
/** Bytes of one twiddle factor: the cosine, and the sine with both signs. */
const TWIDDLE_BYTES: usize = 24;

/** Radix of the first pass over `length` points; 4 before 2, so that at most one pass has radix 2. */
function firstRadix(length: i32): i32 {
	if (length % 4 == 0) return 4;
	if (length % 2 == 0) return 2;
	if (length % 7 == 0) return 7;
	return length % 5 == 0 ? 5 : 3;
}

/** Bytes of the twiddle factors of a transform of `length` points. */
export function twiddleBytes(length: i32): usize {
	return <usize>length * TWIDDLE_BYTES;
}

/** Writes the twiddle factors of a transform of `length` points, in the order in which its passes read them. */
export function fillTwiddles(address: usize, length: i32): void {
	for (let rest = length; rest > 1; ) {
		const radix = firstRadix(rest);
		const count = rest / radix;
		for (let p = 0; p < count; p++) {
			for (let k = 1; k < radix; k++) {
				const angle = (2 * Math.PI * <f64>(p * k)) / <f64>rest;
				const sine = Math.sin(angle);
				store<f64>(address, Math.cos(angle));
				store<f64>(address, sine, 8);
				store<f64>(address, -sine, 16);
				address += TWIDDLE_BYTES;
			}
		}
		rest = count;
	}
}

/** Runs the passes after those already done: `rest` points are left of each of `stride` interleaved transforms. */
function runPasses(x: usize, y: usize, rest: i32, stride: i32, twiddles: usize): usize {
	while (rest > 1) {
		const radix = firstRadix(rest);
		const count = rest / radix;
		if (radix == 4) radix4(x, y, count, stride, twiddles);
		else if (radix == 2) radix2(x, y, count, stride, twiddles);
		else if (radix == 7) radix7(x, y, count, stride, twiddles);
		else if (radix == 5) radix5(x, y, count, stride, twiddles);
		else radix3(x, y, count, stride, twiddles);
		twiddles += <usize>((radix - 1) * count) * TWIDDLE_BYTES;
		stride *= radix;
		rest = count;
		const previous = x;
		x = y;
		y = previous;
	}
	return x;
}

/**
 * Discrete Fourier transform, sign -1, not scaled, by the self-sorting mixed-radix method.
 *
 * Thread: loader. Does not allocate.
 * Source: C. Van Loan, "Computational Frameworks for the Fast Fourier Transform" (1992), section 1.7 (Stockham);
 * R. C. Singleton, "An algorithm for computing the mixed radix fast Fourier transform" (1969), for odd radices.
 *
 * @param x - `length` complex numbers; overwritten
 * @param y - room for as many
 * @param length - points, with no prime factor above 7
 * @returns where the result lies: x or y
 */
export function fft(x: usize, y: usize, length: i32, twiddles: usize): usize {
	return runPasses(x, y, length, 1, twiddles);
}

/**
 * The same of f32 pairs, which become the real and the imaginary parts.
 *
 * @param input - `length` pairs of f32; left as they are
 * @param x - room for `length` complex numbers
 * @param y - room for as many
 * @param length - points, a multiple of 4 with no prime factor above 7
 * @returns where the result lies: x or y
 */
export function fftOfFloats(input: usize, x: usize, y: usize, length: i32, twiddles: usize): usize {
	const count = length / 4;
	radix4FromFloats(input, x, count, twiddles);
	return runPasses(x, y, count, 4, twiddles + <usize>(3 * count) * TWIDDLE_BYTES);
}
