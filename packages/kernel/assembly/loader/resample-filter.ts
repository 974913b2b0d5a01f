import { COMPLEX } from "./complex";
import { transform } from "./fft";

/** Modified Bessel function of the first kind, order 0, by its power series. */
export function besselI0(x: f64): f64 {
	const quarter = (x * x) / 4;
	let term: f64 = 1;
	let sum: f64 = 1;
	for (let k = 1; term > sum * 1e-17; k++) {
		term *= quarter / <f64>(k * k);
		sum += term;
	}
	return sum;
}

/** Kaiser window, 1 in the middle and smallest at +-1. */
function kaiser(x: f64, beta: f64): f64 {
	return besselI0(beta * Math.sqrt(1 - x * x)) / besselI0(beta);
}

/**
 * Writes the frequency response of a zero-phase low-pass filter, which is real: f64 per bin.
 *
 * Source: J. F. Kaiser, "Nonrecursive digital filter design using the I0-sinh window function" (1974).
 *
 * @param x - room for `length` complex numbers
 * @param y - room for as many
 * @param length - points of the transform, more than 2 * halfTaps
 * @param cutoff - middle of the transition band, in cycles per frame, 0..0.5
 * @param halfTaps - taps on either side of the centre tap
 * @param beta - shape of the Kaiser window
 */
export function fillLowPass(
	response: usize,
	x: usize,
	y: usize,
	length: i32,
	twiddles: usize,
	cutoff: f64,
	halfTaps: i32,
	beta: f64,
): void {
	memory.fill(x, 0, <usize>length * COMPLEX);
	store<f64>(x, 2 * cutoff);
	for (let n = 1; n <= halfTaps; n++) {
		const sinc = Math.sin(2 * Math.PI * cutoff * <f64>n) / (Math.PI * <f64>n);
		const tap = sinc * kaiser(<f64>n / <f64>(halfTaps + 1), beta);
		store<f64>(x + <usize>n * COMPLEX, tap);
		store<f64>(x + <usize>(length - n) * COMPLEX, tap);
	}
	const spectrum = transform(x, y, length, twiddles);
	const scale = 1 / (load<f64>(spectrum) * <f64>length);
	for (let k = 0; k < length; k++) {
		store<f64>(response + <usize>k * 8, load<f64>(spectrum + <usize>k * COMPLEX) * scale);
	}
}
