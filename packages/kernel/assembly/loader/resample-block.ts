import { COMPLEX_BYTES, fft, fftOfFloats, fillTwiddles, twiddleBytes } from "./fft";
import { kernelGain } from "./interpolation-kernel";
import { fillLowPass } from "./resample-filter";

/** Points of the forward and of the inverse transform; their ratio is the ratio of the sample rates. */
let inputLength: i32 = 0;
let outputLength: i32 = 0;
/** Bins that can pass, the one at 0 Hz included: 0..bins - 1. */
let bins: i32 = 0;
let inputTwiddles: usize = 0;
let outputTwiddles: usize = 0;
/** The filter's frequency response, real, scaled for the inverse transform; f64 a bin. */
let response: usize = 0;
let workX: usize = 0;
let workY: usize = 0;

/**
 * Lays out and computes the tables of the block filter.
 *
 * @param address - where the tables and working buffers may begin; 16-byte aligned
 * @returns the first address behind them, 16-byte aligned
 */
export function prepareFilter(
	address: usize,
	forwardLength: i32,
	inverseLength: i32,
	cutoff: f64,
	halfTaps: i32,
	beta: f64,
): usize {
	inputLength = forwardLength;
	outputLength = inverseLength;
	const shorter = min(inputLength, outputLength);
	bins = (shorter + 1) / 2;
	const workBytes = <usize>max(inputLength, outputLength) * COMPLEX_BYTES;
	workX = address;
	workY = workX + workBytes;
	inputTwiddles = workY + workBytes;
	outputTwiddles = inputTwiddles + twiddleBytes(inputLength);
	response = outputTwiddles + twiddleBytes(outputLength);
	const end = (response + <usize>bins * 8 + 15) & ~15;
	growTo(end);
	fillTwiddles(inputTwiddles, inputLength);
	fillTwiddles(outputTwiddles, outputLength);
	fillLowPass(response, bins, workX, workY, inputLength, inputTwiddles, cutoff, halfTaps, beta);
	return end;
}

/** Makes up in the filter for what the interpolation kernel takes away. */
export function compensateKernel(): void {
	for (let k = 0; k < bins; k++) {
		const address = response + <usize>k * 8;
		store<f64>(address, load<f64>(address) / kernelGain(<f64>k / <f64>outputLength));
	}
}

/** Grows the memory until `end` lies in it. */
export function growTo(end: usize): void {
	const pages = <i32>((end + 0xffff) >>> 16) - memory.size();
	if (pages > 0) memory.grow(pages);
}

/** Writes the spectrum of the output to y, for a forward transform: its bins in the reverse order. */
function filterSpectrum(x: usize, y: usize): void {
	const lowest = f64x2.mul(v128.load(x), v128.load64_splat(response));
	const gap = <usize>(outputLength - 2 * bins + 1) * COMPLEX_BYTES;
	memory.fill(y + <usize>bins * COMPLEX_BYTES, 0, gap);
	v128.store(y, lowest);
	let positive = x + COMPLEX_BYTES;
	let negative = x + <usize>(inputLength - 1) * COMPLEX_BYTES;
	let ascending = y + COMPLEX_BYTES;
	let descending = y + <usize>(outputLength - 1) * COMPLEX_BYTES;
	const end = response + <usize>bins * 8;
	for (let gain = response + 8; gain < end; gain += 8) {
		const factor = v128.load64_splat(gain);
		v128.store(ascending, f64x2.mul(v128.load(negative), factor));
		v128.store(descending, f64x2.mul(v128.load(positive), factor));
		positive += COMPLEX_BYTES;
		negative -= COMPLEX_BYTES;
		ascending += COMPLEX_BYTES;
		descending -= COMPLEX_BYTES;
	}
}

/** Writes 0 over every f32 that is not finite. */
function clean(floats: usize, count: i32): void {
	for (const end = floats + <usize>count * 4; floats < end; floats += 4) {
		if (!isFinite(load<f32>(floats))) store<f32>(floats, 0);
	}
}

/**
 * Filters one block and changes its sample rate, as one period of a periodic signal.
 *
 * @param input - `inputLength` pairs of f32; values that are not finite become 0
 * @returns where the `outputLength` pairs of f64 lie
 */
export function filterBlock(input: usize): usize {
	let spectrum = fftOfFloats(input, workX, workY, inputLength, inputTwiddles);
	// The bin at 0 Hz is the sum of the block: one infinite or undefined value would show in it and spoil the block.
	if (!isFinite(load<f64>(spectrum)) || !isFinite(load<f64>(spectrum, 8))) {
		clean(input, 2 * inputLength);
		spectrum = fftOfFloats(input, workX, workY, inputLength, inputTwiddles);
	}
	const other = spectrum == workX ? workY : workX;
	filterSpectrum(spectrum, other);
	return fft(other, spectrum, outputLength, outputTwiddles);
}
