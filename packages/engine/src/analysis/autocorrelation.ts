import { Fft } from "./fft.ts";

/** Values of one window: 24 s. */
const WINDOW = 4096;
/** Lags of a result: 14 s, eight beats of the slowest tempo. */
const LAGS = 2400;

/** The mean autocorrelation of overlapping windows of a signal, from lag 0 on, that of lag 0 being 1. */
export function autocorrelate(values: Float32Array): Float64Array {
	const fft = new Fft(2 * WINDOW);
	const real = new Float64Array(2 * WINDOW);
	const imaginary = new Float64Array(2 * WINDOW);
	const power = new Float64Array(2 * WINDOW);
	for (let start = 0; start === 0 || start + WINDOW / 2 < values.length; start += WINDOW / 2) {
		real.fill(0);
		imaginary.fill(0);
		for (let n = 0; n < Math.min(WINDOW, values.length - start); n++) real[n] = values[start + n]!;
		fft.transform(real, imaginary);
		for (let bin = 0; bin < power.length; bin++) power[bin]! += real[bin]! ** 2 + imaginary[bin]! ** 2;
	}
	imaginary.fill(0);
	fft.transform(power, imaginary);
	const length = Math.min(WINDOW, values.length);
	const whole = Math.max(power[0]!, Number.MIN_VALUE);
	const correlation = new Float64Array(LAGS);
	// Of longer lags less overlaps; half of that is made up for, because what is left of them is less certain.
	for (let lag = 0; lag < Math.min(LAGS, length); lag++)
		correlation[lag] = power[lag]! / whole / (1 - (0.5 * lag) / length);
	return correlation;
}
