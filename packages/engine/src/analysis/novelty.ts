import { HOP, type OnsetStrength, STRENGTH_RATE } from "./onset-strength.ts";

/** Onset strength above what is usual around it, so that loud and quiet passages count alike. */
export interface Novelty {
	/** Over all bands, the low one a little more. */
	readonly values: Float32Array;
	/** Of the low band alone. */
	readonly low: Float32Array;
	/** Rises of the high band's amplitude. */
	readonly high: Float32Array;
	/** Values per second. */
	readonly rate: number;
}

/** How much the low band counts beside the mean of all bands. */
const LOW_SHARE = 0.15;
/** Half of the span, in seconds, whose mean is what is usual around a value. */
const AROUND = 0.4;
/** Values on either side of a place that belong to it: 23 ms. */
export const NEAR = 4;
/** Values to which a loop is repeated at least. */
const LONG_ENOUGH = 4096;

/** @param frames - of the signal, at the analysis rate */
export function noveltyOf({ all, low, high }: Pick<OnsetStrength, "all" | "low" | "high">, frames: number): Novelty {
	const length = Math.min(Math.ceil(frames / HOP), all.length);
	const strength = all.slice(0, length);
	for (let at = 0; at < length; at++) strength[at]! += LOW_SHARE * low[at]!;
	return {
		values: aboveMean(strength),
		low: aboveMean(low.subarray(0, length)),
		high: high.slice(0, length),
		rate: STRENGTH_RATE,
	};
}

/** The novelty of a loop, repeated; its first round begins at 0, and each has the same whole number of values. */
export function repeated({ values, low, high, rate }: Novelty, seconds: number): Novelty {
	const round = Math.max(Math.round(seconds * rate), 1);
	const rounds = Math.max(Math.ceil(LONG_ENOUGH / round), 2);
	const step = (seconds * rate) / round;
	const repeat = (once: Float32Array): Float32Array => {
		const again = new Float32Array(rounds * round);
		for (let at = 0; at < again.length; at++) again[at] = valueAt(once, (at % round) * step);
		return again;
	};
	return { values: repeat(values), low: repeat(low), high: repeat(high), rate: round / seconds };
}

/** The value at a place between two of them; 0 outside. */
export function valueAt(values: Float32Array | Float64Array, position: number): number {
	const index = Math.floor(position);
	const share = position - index;
	return (1 - share) * (values[index] ?? 0) + share * (values[index + 1] ?? 0);
}

/** The highest value that belongs to a place. */
export function highestNear(values: Float32Array, place: number): number {
	let highest = 0;
	const to = Math.min(Math.round(place) + NEAR, values.length - 1);
	for (let at = Math.max(Math.round(place) - NEAR, 0); at <= to; at++) highest = Math.max(highest, values[at]!);
	return highest;
}

/** Values above the mean around each; those below it are 0. */
function aboveMean(values: Float32Array): Float32Array {
	const { length } = values;
	const half = Math.round(AROUND * STRENGTH_RATE);
	const above = new Float32Array(length);
	let sum = 0;
	let from = 0;
	let to = 0;
	for (let at = 0; at < length; at++) {
		for (; to < Math.min(at + half + 1, length); to++) sum += values[to]!;
		for (; from < at - half; from++) sum -= values[from]!;
		above[at] = Math.max(values[at]! - sum / (to - from), 0);
	}
	return above;
}
