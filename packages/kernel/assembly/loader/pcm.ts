/** Samples smaller than this become 0: their product with any gain of the audio thread could be subnormal. */
const SMALLEST: f32 = 1.0842021724855044e-19; // 2^-63
const LARGEST: f32 = f32.MAX_VALUE;

/**
 * Makes samples fit for the audio thread in place: NaN, infinities and everything below 2^-63 become +0.
 *
 * @param address - of the first sample, f32
 * @param count - samples; the memory holds room up to the next multiple of four
 * @returns the highest absolute sample.
 */
export function cleanSamples(address: usize, count: u32): f32 {
	const smallest = f32x4.splat(SMALLEST);
	const largest = f32x4.splat(LARGEST);
	const rest = count & 3;
	if (rest != 0) clearTo4(address + ((<usize>count) << 2), 4 - rest);
	let peaks = f32x4.splat(0);
	const end = address + ((<usize>count + 3) & ~3) * 4;
	for (let at = address; at < end; at += 16) {
		const samples = v128.load(at);
		const magnitudes = f32x4.abs(samples);
		// NaN fails both comparisons.
		const isFit = v128.and(f32x4.ge(magnitudes, smallest), f32x4.le(magnitudes, largest));
		v128.store(at, v128.and(samples, isFit));
		peaks = f32x4.max(peaks, v128.and(magnitudes, isFit));
	}
	const low = max(f32x4.extract_lane(peaks, 0), f32x4.extract_lane(peaks, 1));
	return max(low, max(f32x4.extract_lane(peaks, 2), f32x4.extract_lane(peaks, 3)));
}

function clearTo4(address: usize, count: u32): void {
	for (let index: u32 = 0; index < count; index++) store<f32>(address + ((<usize>index) << 2), 0);
}
