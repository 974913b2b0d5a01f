/** 2^-15 and 2^-31: the full scale of left-aligned 16-bit and 32-bit samples becomes 1. */
const SCALE_16: f32 = 3.0517578125e-5;
const SCALE_32: f32 = 4.6566128730773926e-10;

/**
 * Converts little-endian 16-bit integers to floats, divided by 2^15. Exact.
 *
 * Thread: loader. Does not allocate.
 *
 * @param source - any address, with room up to the next multiple of eight samples
 * @param target - 16-byte aligned, with the same room; must not overlap the source
 * @param count - samples
 */
export function floatsOf16(source: usize, target: usize, count: i32): void {
	const scale = f32x4.splat(SCALE_16);
	for (const end = source + 2 * <usize>count; source < end; source += 16, target += 32) {
		const eight = v128.load(source);
		v128.store(target, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(eight)), scale));
		v128.store(target, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(eight)), scale), 16);
	}
}

/**
 * Converts little-endian 24-bit integers to floats, divided by 2^23. Exact.
 *
 * Thread: loader. Does not allocate.
 *
 * @param source - any address, with room for sixteen bytes after the last sample
 * @param target - 16-byte aligned, with room up to the next multiple of four samples; must not overlap the source
 * @param count - samples
 */
export function floatsOf24(source: usize, target: usize, count: i32): void {
	const scale = f32x4.splat(SCALE_32);
	for (const end = source + 3 * <usize>count; source < end; source += 12, target += 16) {
		const four = v128.load(source);
		// Shift each sample's three bytes to the top of a word and clear the rest.
		const spread = v128.shuffle<i8>(four, i8x16.splat(0), 16, 0, 1, 2, 16, 3, 4, 5, 16, 6, 7, 8, 16, 9, 10, 11);
		v128.store(target, f32x4.mul(f32x4.convert_i32x4_s(spread), scale));
	}
}
