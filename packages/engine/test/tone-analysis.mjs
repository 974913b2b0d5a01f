// @ts-check
// Measures tones in resampled recordings.

/** Kaiser window with side lobes far below the resolution of f32 samples. */
const WINDOW_BETA = 20;

/** @param {number} ratio */
export function decibels(ratio) {
	return 20 * Math.log10(ratio);
}

/** Root mean square. @param {ArrayLike<number>} samples */
export function level(samples) {
	let sum = 0;
	for (let index = 0; index < samples.length; index++) sum += (samples[index] ?? Number.NaN) ** 2;
	return Math.sqrt(sum / samples.length);
}

/**
 * Subtracts the least-squares sine of a known frequency from a recording.
 *
 * @param {Float32Array} samples - mono
 * @param {number} sampleRate - in hertz
 * @param {number} hertz - frequency of the sine
 * @returns {{ amplitude: number, cosine: number, sine: number, residual: Float64Array }}
 */
export function removeTone(samples, sampleRate, hertz) {
	const turn = (2 * Math.PI * hertz) / sampleRate;
	const cosines = Float64Array.from(samples, (_, frame) => Math.cos(turn * frame));
	const sines = Float64Array.from(samples, (_, frame) => Math.sin(turn * frame));
	/** @param {Float32Array | Float64Array} one @param {Float64Array} other */
	const product = (one, other) => other.reduce((sum, value, frame) => sum + value * (one[frame] ?? Number.NaN), 0);
	const [cc, cs, ss] = [product(cosines, cosines), product(cosines, sines), product(sines, sines)];
	const [xc, xs] = [product(samples, cosines), product(samples, sines)];
	const determinant = cc * ss - cs * cs;
	const cosine = (xc * ss - xs * cs) / determinant;
	const sine = (xs * cc - xc * cs) / determinant;
	const residual = Float64Array.from(
		samples,
		(sample, frame) => sample - cosine * Math.cos(turn * frame) - sine * Math.sin(turn * frame),
	);
	return { amplitude: Math.hypot(cosine, sine), cosine, sine, residual };
}

/** Modified Bessel function of order 0, by its power series. @param {number} x */
export function besselI0(x) {
	let sum = 1;
	for (let term = 1, k = 1; term > sum * Number.EPSILON; k++) {
		term *= (x / (2 * k)) ** 2;
		sum += term;
	}
	return sum;
}

/**
 * One pass of Stockham's radix-2 Fourier transform.
 *
 * @typedef {{ real: Float64Array, imaginary: Float64Array }} Spectrum
 * @param {Spectrum} from
 * @param {Spectrum} to
 * @param {number} stride - number of interleaved transforms
 */
function pass(from, to, stride) {
	const half = from.real.length / 2;
	const [fromReal, fromImaginary] = [from.real, from.imaginary];
	for (let index = 0; index < half; index++) {
		const column = index % stride;
		const angle = (Math.PI * (index - column)) / half;
		const c = Math.cos(angle);
		const s = Math.sin(angle);
		const [ar = 0, ai = 0] = [fromReal[index], fromImaginary[index]];
		const [br = 0, bi = 0] = [fromReal[index + half], fromImaginary[index + half]];
		const target = 2 * index - column;
		to.real[target] = ar + br;
		to.imaginary[target] = ai + bi;
		to.real[target + stride] = (ar - br) * c + (ai - bi) * s;
		to.imaginary[target + stride] = (ai - bi) * c - (ar - br) * s;
	}
}

/** @param {number} length @returns {Spectrum} */
function silence(length) {
	return { real: new Float64Array(length), imaginary: new Float64Array(length) };
}

/**
 * The highest line of a spectrum, as the amplitude of a sine.
 *
 * @param {Float64Array} samples - mono; the length is a power of two
 */
export function highestLine(samples) {
	const { length } = samples;
	const window = Float64Array.from(samples, (_, index) => {
		const x = (2 * index + 1) / length - 1;
		return besselI0(WINDOW_BETA * Math.sqrt(1 - x * x));
	});
	let from = silence(length);
	let to = silence(length);
	from.real.set(samples.map((sample, index) => sample * (window[index] ?? Number.NaN)));
	for (let stride = 1; stride < length; stride *= 2) {
		pass(from, to, stride);
		[from, to] = [to, from];
	}
	const { real, imaginary } = from;
	const lines = real.map((part, bin) => Math.hypot(part, imaginary[bin] ?? Number.NaN));
	const highest = lines.reduce((most, line) => Math.max(most, line), 0);
	return (2 * highest) / window.reduce((sum, weight) => sum + weight, 0);
}
