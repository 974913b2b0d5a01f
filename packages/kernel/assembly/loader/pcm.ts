/** Smaller samples become 0, because their product with a gain on the audio thread could be subnormal. */
const SMALLEST: f32 = 1.0842021724855044e-19; // 2^-63
const LARGEST: f32 = f32.MAX_VALUE;
/** 2^32 divided by the golden ratio: multiples of it spread over all 32 bits. */
const SPREAD: i32 = <i32>0x9e37_79b1;

/** The two halves of the checksum of the samples written by the last call of `cleanSamples`. */
export let checksumLow: i32 = 0;
export let checksumHigh: i32 = 0;

/**
 * Prepares samples for the audio thread in place: NaN, infinities and everything below 2^-63 become +0.
 *
 * Also sums their bits into a checksum, each sample times two odd weights derived from its index. Sums of pieces add up to
 * the sum of the whole however it is split, and a change of any one sample changes both halves.
 *
 * @param address - of the first sample, f32
 * @param count - samples; the memory holds room up to the next multiple of four
 * @param index - of the first sample within the whole, modulo 2^32
 * @returns the highest absolute sample.
 */
export function cleanSamples(address: usize, count: u32, index: u32): f32 {
	const smallest = f32x4.splat(SMALLEST);
	const largest = f32x4.splat(LARGEST);
	const rest = count & 3;
	if (rest != 0) clearTo4(address + ((<usize>count) << 2), 4 - rest);
	let peaks = f32x4.splat(0);
	const one = i32x4.splat(1);
	const step = i32x4.splat(8);
	const spreadStep = i32x4.splat(4 * SPREAD);
	const indices = i32x4.add(i32x4.splat(index), i32x4(0, 1, 2, 3));
	// Weights advance by addition, which leaves two multiplications per iteration.
	let weights = i32x4.add(i32x4.shl(indices, 1), one);
	let spread = i32x4.mul(indices, i32x4.splat(SPREAD));
	let low = i32x4.splat(0);
	let high = i32x4.splat(0);
	const end = address + ((<usize>count + 3) & ~3) * 4;
	for (let at = address; at < end; at += 16) {
		const samples = v128.load(at);
		const magnitudes = f32x4.abs(samples);
		// NaN fails both comparisons.
		const isFit = v128.and(f32x4.ge(magnitudes, smallest), f32x4.le(magnitudes, largest));
		const fit = v128.and(samples, isFit);
		v128.store(at, fit);
		peaks = f32x4.pmax(peaks, v128.and(magnitudes, isFit));
		low = i32x4.add(low, i32x4.mul(fit, weights));
		high = i32x4.add(high, i32x4.mul(fit, v128.or(spread, one)));
		weights = i32x4.add(weights, step);
		spread = i32x4.add(spread, spreadStep);
	}
	checksumLow = sumOfLanes(low);
	checksumHigh = sumOfLanes(high);
	const lowerPeak = max(f32x4.extract_lane(peaks, 0), f32x4.extract_lane(peaks, 1));
	return max(lowerPeak, max(f32x4.extract_lane(peaks, 2), f32x4.extract_lane(peaks, 3)));
}

/** What the last call of `findExtremes` found. */
export let lowest: f32 = 0;
export let highest: f32 = 0;

/**
 * Finds the lowest and the highest of samples that have been cleaned.
 *
 * @param address - of the first sample, f32
 * @param count - samples, 1 or more
 */
export function findExtremes(address: usize, count: u32): void {
	const end = address + ((<usize>count) << 2);
	const vectorEnd = address + ((<usize>(count & ~3)) << 2);
	let lows = v128.load32_splat(address);
	let highs = lows;
	for (let at = address; at < vectorEnd; at += 16) {
		const samples = v128.load(at);
		lows = f32x4.pmin(lows, samples);
		highs = f32x4.pmax(highs, samples);
	}
	for (let at = vectorEnd; at < end; at += 4) {
		const sample = v128.load32_splat(at);
		lows = f32x4.pmin(lows, sample);
		highs = f32x4.pmax(highs, sample);
	}
	const low = min(f32x4.extract_lane(lows, 0), f32x4.extract_lane(lows, 1));
	const high = max(f32x4.extract_lane(highs, 0), f32x4.extract_lane(highs, 1));
	lowest = min(low, min(f32x4.extract_lane(lows, 2), f32x4.extract_lane(lows, 3)));
	highest = max(high, max(f32x4.extract_lane(highs, 2), f32x4.extract_lane(highs, 3)));
}

function sumOfLanes(sums: v128): i32 {
	const lower = i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1);
	return lower + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
}

function clearTo4(address: usize, count: u32): void {
	for (let index: u32 = 0; index < count; index++) store<f32>(address + ((<usize>index) << 2), 0);
}
