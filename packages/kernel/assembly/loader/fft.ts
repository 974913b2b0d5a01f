/**
 * Fourier transforms of complex f64 numbers whose length has no prime factor above 7.
 *
 * A pass of one radix over radix * count * stride numbers reads x[q + stride * (p + count * j)], and writes the
 * radix-point transform over j, its output k multiplied by w^(p * k), to y[q + stride * (radix * p + k)]; q < stride,
 * p < count, w = exp(-2 pi i / (radix * count)). The twiddle factors are stored in the order of the passes.
 */

import { TWIDDLE } from "./complex";
import { radix2, radix3, radix5, radix7 } from "./fft-other-radices";
import { radix4, radix4First, radix4FromFloats, radix4FromOuterQuarters, radix4Last } from "./fft-radix4";

/** Radix of the next pass over `length` points, a multiple of 4, that leaves 4 points for the last pass. */
function nextRadix(length: i32): i32 {
	const rest = length / 4;
	if (rest % 4 == 0) return 4;
	if (rest % 2 == 0) return 2;
	if (rest % 7 == 0) return 7;
	return rest % 5 == 0 ? 5 : 3;
}

/** Bytes of the twiddle factors of a transform of `length` points. */
export function twiddleBytes(length: i32): usize {
	return <usize>length * TWIDDLE;
}

/** Writes the twiddle factors of a transform of `length` points, in the order of its passes. */
export function fillTwiddles(address: usize, length: i32): void {
	for (let rest = length; rest > 4; ) {
		const radix = nextRadix(rest);
		const count = rest / radix;
		for (let p = 0; p < count; p++) {
			for (let k = 1; k < radix; k++) {
				const angle = (2 * Math.PI * <f64>(p * k)) / <f64>rest;
				const sine = Math.sin(angle);
				store<f64>(address, Math.cos(angle));
				store<f64>(address, sine, 8);
				store<f64>(address, -sine, 16);
				address += TWIDDLE;
			}
		}
		rest = count;
	}
}

/**
 * Runs the passes between the first and the last of a transform.
 *
 * @param x - the first pass's output; overwritten
 * @param y - room for as many complex numbers
 * @param rest - points left of each of `stride` interleaved transforms
 * @returns the input of the last pass, radix 4 without twiddle factors: x or y
 */
function runPasses(x: usize, y: usize, rest: i32, stride: i32, twiddles: usize): usize {
	while (rest > 4) {
		const radix = nextRadix(rest);
		const count = rest / radix;
		if (radix == 4 && stride == 1) radix4First(x, y, count, twiddles);
		else if (radix == 4) radix4(x, y, count, stride, twiddles);
		else if (radix == 2) radix2(x, y, count, stride, twiddles);
		else if (radix == 7) radix7(x, y, count, stride, twiddles);
		else if (radix == 5) radix5(x, y, count, stride, twiddles);
		else radix3(x, y, count, stride, twiddles);
		twiddles += <usize>((radix - 1) * count) * TWIDDLE;
		stride *= radix;
		rest = count;
		const previous = x;
		x = y;
		y = previous;
	}
	return x;
}

/**
 * All passes but the last of a discrete Fourier transform, sign -1, not scaled, by the self-sorting mixed-radix method.
 *
 * Thread: loader. Does not allocate.
 * Source: C. Van Loan, "Computational Frameworks for the Fast Fourier Transform" (1992), section 1.7 (Stockham);
 * R. C. Singleton, "An algorithm for computing the mixed radix fast Fourier transform" (1969), for odd radices.
 *
 * @param x - `length` complex numbers; overwritten
 * @param y - room for as many
 * @param length - points, a multiple of 4 with no prime factor above 7
 * @returns the input of the last pass, radix 4 of stride length / 4: x or y
 */
export function startTransform(x: usize, y: usize, length: i32, twiddles: usize): usize {
	return runPasses(x, y, length, 1, twiddles);
}

/**
 * The same for f32 pairs, which become the real and imaginary parts.
 *
 * @param input - `length` pairs of f32; unchanged
 * @param x - room for `length` complex numbers
 * @param y - room for as many
 * @param length - points, a multiple of 16 with no prime factor above 7
 */
export function startTransformOfFloats(input: usize, x: usize, y: usize, length: i32, twiddles: usize): usize {
	const count = length / 4;
	radix4FromFloats(input, x, count, twiddles);
	return runPasses(x, y, count, 4, twiddles + <usize>(3 * count) * TWIDDLE);
}

/**
 * The same for complex numbers of which only the first and last quarter are nonzero.
 *
 * @param length - points, a multiple of 16 with no prime factor above 7
 */
export function startSparseTransform(x: usize, y: usize, length: i32, twiddles: usize): usize {
	const count = length / 4;
	radix4FromOuterQuarters(x, y, count, twiddles);
	return runPasses(y, x, count, 4, twiddles + <usize>(3 * count) * TWIDDLE);
}

/** A whole transform. Returns the result: x or y. */
export function transform(x: usize, y: usize, length: i32, twiddles: usize): usize {
	const last = startTransform(x, y, length, twiddles);
	const result = last == x ? y : x;
	radix4Last(last, result, length / 4);
	return result;
}
