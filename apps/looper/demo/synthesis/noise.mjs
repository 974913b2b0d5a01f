// @ts-check

/**
 * A repeatable sequence of random numbers.
 *
 * Source: G. Marsaglia, "Xorshift RNGs" (2003).
 *
 * @param {number} seed - integer
 * @returns {() => number} the next number, 0 <= x < 1
 */
export function randomNumbers(seed) {
	// Mixes neighbouring seeds over all bits and avoids the state 0, which the generator cannot leave.
	let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
	const next = () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 2 ** 32;
	};
	for (let warmUp = 0; warmUp < 8; warmUp++) next();
	return next;
}

/**
 * Uniform white noise.
 *
 * @param {number} seed - integer
 * @returns {() => number} the next sample, -1 <= x < 1
 */
export function whiteNoise(seed) {
	const random = randomNumbers(seed);
	return () => 2 * random() - 1;
}
