import { mostSlices } from "../instrument/pad-state.ts";

/** Slices begin at least so many seconds apart: what is nearer is one sound. */
const leastSec = 0.005;

/** The onsets with one more; the same where it would be too near to another, or one too many. */
export function withOnset(onsetsSec: readonly number[], seconds: number): readonly number[] {
	const isFree = onsetsSec.every((onset) => Math.abs(onset - seconds) >= leastSec);
	if (seconds < 0 || !isFree || onsetsSec.length >= mostSlices) return onsetsSec;
	return [...onsetsSec, seconds].toSorted((first, second) => first - second);
}

/** The onsets when one is moved, as far as its neighbours let it. @param endSec - how long the sample is */
export function withMovedOnset(
	onsetsSec: readonly number[],
	index: number,
	seconds: number,
	endSec: number,
): readonly number[] {
	const lowest = index === 0 ? 0 : onsetsSec[index - 1]! + leastSec;
	const highest = (onsetsSec[index + 1] ?? endSec) - leastSec;
	return onsetsSec.with(index, Math.max(lowest, Math.min(seconds, highest)));
}

/** The onsets without one. */
export function withoutOnset(onsetsSec: readonly number[], index: number): readonly number[] {
	return onsetsSec.toSpliced(index, 1);
}
