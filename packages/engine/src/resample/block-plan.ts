import { isSmooth } from "./ratio.ts";

/** Stop-band attenuation in decibels; it determines the window's shape and the taps of a transition. */
const STOP_DECIBELS = 158;
/** Share of the band below the lower Nyquist frequency that passes unchanged; the rest is transition. */
const PASS_SHARE = 0.913;
/** Longest transform; its two working buffers take 4 MiB each. */
const MAX_LENGTH = 1 << 18;
/** Longest transform whose buffers stay in a core's own cache, and the slowdown of longer ones. */
const CACHED_LENGTH = 1 << 15;
const UNCACHED_FACTOR = 1.5;

/** The low-pass filter of a ratio, sampled at the input rate. */
export interface LowPass {
	/** Middle of the transition band, in cycles per input frame. */
	readonly cutoff: number;
	/** Taps on either side of the centre tap. */
	readonly halfTaps: number;
	/** Shape of its Kaiser window. */
	readonly beta: number;
}

/** The two transforms of a block filter; lengths and guards of input and output have the ratio of the rates. */
export interface BlockPlan {
	readonly inputLength: number;
	readonly outputLength: number;
	/** Frames at either end of a block that only the filter reads. */
	readonly inputGuard: number;
	readonly outputGuard: number;
	/** Cost per input frame, in units of one radix-4 pass over one point. */
	readonly cost: number;
}

/**
 * Designs the low-pass filter that keeps the band common to both sample rates.
 *
 * Source: J. F. Kaiser, "Nonrecursive digital filter design using the I0-sinh window function" (1974).
 *
 * @param bandEdge - the lower Nyquist frequency, in cycles per input frame, 0 < bandEdge <= 0.5
 */
export function designLowPass(bandEdge: number): LowPass {
	const transition = bandEdge * (1 - PASS_SHARE);
	return {
		cutoff: bandEdge - transition / 2,
		halfTaps: Math.ceil((STOP_DECIBELS - 7.95) / 14.36 / transition / 2),
		beta: 0.1102 * (STOP_DECIBELS - 8.7),
	};
}

/** Cost of one transform, in units of one radix-4 pass over one point. */
function transformCost(length: number): number {
	let passes = 0;
	let rest = length;
	for (; rest % 4 === 0; rest /= 4) passes += 1;
	for (const [radix, cost] of [
		[2, 0.8],
		[7, 2],
		[5, 1.5],
		[3, 1.15],
	] as const) {
		for (; rest % radix === 0; rest /= radix) passes += cost;
	}
	return length * passes * (length > CACHED_LENGTH ? UNCACHED_FACTOR : 1);
}

/**
 * Chooses the block length with the lowest cost per frame.
 *
 * @param up - output frames per `down` input frames, in lowest terms
 * @param down - input frames per `up` output frames
 * @param reach - input frames that the filter reads on either side
 * @returns null if no transform of a sensible length fits, as with a prime factor above 7
 */
export function planBlocks(up: number, down: number, reach: number): BlockPlan | null {
	if (!isSmooth(up) || !isSmooth(down)) return null;
	const guard = Math.ceil(reach / down);
	let best: BlockPlan | null = null;
	for (let units = 2 * guard + 1; units * Math.max(up, down) <= MAX_LENGTH; units++) {
		const inputLength = units * down;
		const outputLength = units * up;
		if (inputLength % 16 !== 0 || outputLength % 4 !== 0 || !isSmooth(units)) continue;
		const hop = (units - 2 * guard) * down;
		const cost = (transformCost(inputLength) + transformCost(outputLength)) / hop;
		if (best !== null && cost >= best.cost) continue;
		best = { inputLength, outputLength, inputGuard: guard * down, outputGuard: guard * up, cost };
	}
	return best;
}
