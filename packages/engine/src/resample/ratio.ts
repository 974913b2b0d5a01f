/** Greatest common divisor of two positive integers. */
export function greatestCommonDivisor(a: number, b: number): number {
	return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** Whether the block transforms support this length: it has no prime factor above 7. */
export function isSmooth(length: number): boolean {
	let rest = length;
	for (const prime of [2, 3, 5, 7]) while (rest % prime === 0) rest /= prime;
	return rest === 1;
}

/**
 * Frames of a recording after resampling: `round(frames * outputRate / inputRate)`, exact for every safe integer, but at
 * least one, so that no recording becomes empty.
 *
 * @param frames - frames before, an integer >= 0
 * @param inputRate - frames per second before, an integer >= 1
 * @param outputRate - frames per second after, an integer >= 1
 */
export function resampledFrames(frames: number, inputRate: number, outputRate: number): number {
	if (frames === 0) return 0;
	const whole = Math.floor(frames / inputRate);
	const rest = frames % inputRate;
	return Math.max(whole * outputRate + Math.floor((2 * rest * outputRate + inputRate) / (2 * inputRate)), 1);
}
