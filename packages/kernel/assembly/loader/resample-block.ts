import { COMPLEX } from "./complex";
import { fillTwiddles, startSparseTransform, startTransform, startTransformOfFloats, twiddleBytes } from "./fft";
import { radix4Last, radix4ToFloats } from "./fft-radix4";
import { kernelGain } from "./interpolation-kernel";
import { fillLowPass } from "./resample-filter";
import { filterSpectrum } from "./spectrum";

/** Points of the forward and inverse transforms; their ratio is the ratio of the sample rates. */
let inputLength: i32 = 0;
let outputLength: i32 = 0;
/** Bins at and above 0 Hz in the passband and transition. */
let bins: i32 = 0;
let inputTwiddles: usize = 0;
let outputTwiddles: usize = 0;
/** The filter's frequency response, real, scaled for the inverse transform; f64 per input bin. */
let response: usize = 0;
let workX: usize = 0;
let workY: usize = 0;

/**
 * Allocates and computes the tables of the block filter.
 *
 * @param address - start of the tables and working buffers; 16-byte aligned
 * @returns the first address after them, 16-byte aligned
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
	bins = min(inputLength, outputLength) / 2;
	const workBytes = <usize>(max(inputLength, outputLength) + 1) * COMPLEX;
	workX = address;
	workY = workX + workBytes;
	inputTwiddles = workY + workBytes;
	outputTwiddles = inputTwiddles + twiddleBytes(inputLength);
	response = outputTwiddles + twiddleBytes(outputLength);
	const end = (response + <usize>inputLength * 8 + 15) & ~15;
	growTo(end);
	fillTwiddles(inputTwiddles, inputLength);
	fillTwiddles(outputTwiddles, outputLength);
	fillLowPass(response, workX, workY, inputLength, inputTwiddles, cutoff, halfTaps, beta);
	return end;
}

/** Compensates in the filter for the attenuation of the interpolation kernel. */
export function compensateKernel(): void {
	for (let k = 0; k < bins; k++) {
		const factor = load<f64>(response + <usize>k * 8) / kernelGain(<f64>k / <f64>outputLength);
		store<f64>(response + <usize>k * 8, factor);
		if (k > 0) store<f64>(response + <usize>(inputLength - k) * 8, factor);
	}
}

/** Grows the memory to at least `end`. */
export function growTo(end: usize): void {
	const pages = <i32>((end + 0xffff) >>> 16) - memory.size();
	if (pages > 0) memory.grow(pages);
}

/** Replaces every non-finite f32 by 0. */
function clean(floats: usize, count: i32): void {
	for (const end = floats + <usize>count * 4; floats < end; floats += 4) {
		if (!isFinite(load<f32>(floats))) store<f32>(floats, 0);
	}
}

/** Whether the block has a non-finite value, which its sum, the bin at 0 Hz, reveals. */
function isSpoilt(last: usize): bool {
	const quarter = <usize>(inputLength / 4) * COMPLEX;
	const even = f64x2.add(v128.load(last), v128.load(last + 2 * quarter));
	const sum = f64x2.add(even, f64x2.add(v128.load(last + quarter), v128.load(last + 3 * quarter)));
	return !isFinite(f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
}

/** Filters and resamples one block, as one period of a periodic signal, except for the last pass. */
function filterBlock(input: usize): usize {
	let last = startTransformOfFloats(input, workX, workY, inputLength, inputTwiddles);
	if (isSpoilt(last)) {
		clean(input, 2 * inputLength);
		last = startTransformOfFloats(input, workX, workY, inputLength, inputTwiddles);
	}
	const spectrum = last == workX ? workY : workX;
	filterSpectrum(last, spectrum, inputLength, outputLength, bins, response);
	const isSparse = 4 * bins <= outputLength && outputLength % 16 == 0;
	return isSparse
		? startSparseTransform(spectrum, last, outputLength, outputTwiddles)
		: startTransform(spectrum, last, outputLength, outputTwiddles);
}

/**
 * Filters and resamples one block, as one period of a periodic signal.
 *
 * @param input - `forwardLength` pairs of f32; non-finite values become 0
 * @param output - room for `inverseLength` pairs of f32
 */
export function filterToFloats(input: usize, output: usize): void {
	radix4ToFloats(filterBlock(input), output, outputLength / 4);
}

/** The same at full precision. Returns the address of the `inverseLength` pairs of f64. */
export function filterToDoubles(input: usize): usize {
	const last = filterBlock(input);
	const result = last == workX ? workY : workX;
	radix4Last(last, result, outputLength / 4);
	return result;
}
