/** The memory limit that the mix is compared with: reads samples with SIMD and does as little else as it can. */

/**
 * Combines the bits of `bytes` bytes.
 *
 * @param bytes - a multiple of 64
 * @returns a number that depends on every bit read, so that no read can be left out
 */
export function readRun(address: usize, bytes: usize): i32 {
	const end = address + bytes;
	let first = i64x2.splat(0);
	let second = i64x2.splat(0);
	for (; address < end; address += 64) {
		first = v128.xor(first, v128.xor(v128.load(address), v128.load(address, 16)));
		second = v128.xor(second, v128.xor(v128.load(address, 32), v128.load(address, 48)));
	}
	const all = v128.xor(first, second);
	return <i32>(i64x2.extract_lane(all, 0) ^ i64x2.extract_lane(all, 1));
}
