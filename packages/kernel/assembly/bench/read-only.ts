/** The memory limit that the mix is compared with: reads samples with SIMD and does as little else as it can. */

/**
 * Reads as many bytes of each of several samples, one sample after the other.
 *
 * @param first - address in the first sample
 * @param strideBytes - from one sample to the same place in the next
 * @param count - samples
 * @param bytes - of each sample, a multiple of 64
 * @returns a number that depends on every bit read, so that no read can be left out
 */
export function readSamples(first: usize, strideBytes: usize, count: u32, bytes: u32): i32 {
	let even = i64x2.splat(0);
	let odd = i64x2.splat(0);
	for (let sample: u32 = 0; sample < count; sample++, first += strideBytes) {
		const end = first + bytes;
		for (let address = first; address < end; address += 64) {
			even = v128.xor(even, v128.xor(v128.load(address), v128.load(address, 16)));
			odd = v128.xor(odd, v128.xor(v128.load(address, 32), v128.load(address, 48)));
		}
	}
	const all = v128.xor(even, odd);
	return <i32>(i64x2.extract_lane(all, 0) ^ i64x2.extract_lane(all, 1));
}
