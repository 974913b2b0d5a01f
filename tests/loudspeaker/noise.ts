/**
 * Seeded white noise, identical in every host, so that page and test can generate the same.
 *
 * Source: G. Marsaglia, "Xorshift RNGs" (2003), triple 13, 17, 5.
 *
 * @param seed - 1..2^32 - 1
 * @returns samples in -0.5..0.5
 */
export function noise(frames: number, seed: number): Float32Array<ArrayBuffer> {
	const samples = new Float32Array(frames);
	let state = seed | 0;
	for (let frame = 0; frame < frames; frame++) {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		samples[frame] = state / 2 ** 32;
	}
	return samples;
}
