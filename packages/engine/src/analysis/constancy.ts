import type { BeatGrid } from "./beat-grid.ts";
import type { Novelty } from "./novelty.ts";
import { lineAt } from "./tempo-fit.ts";

/** Beats of a stretch, which is compared with the whole. */
const STRETCH_BEATS = 24;
/** Share of a beat by which a stretch may be off, and share of the strength that may be off by more. */
const MOST_DEVIATION = 0.15;
const MOST_OFF = 0.3;
/** Fewer stretches say nothing. */
const FEWEST = 3;

/** Whether the onsets of every stretch of a recording keep to its grid. */
export function keepsTempo({ values, rate }: Novelty, { firstBeatSec, periodSec }: BeatGrid): boolean {
	const cycles = 1 / (periodSec * rate);
	const length = Math.round(STRETCH_BEATS * periodSec * rate);
	const stretches: { readonly turns: number; readonly strength: number }[] = [];
	for (let start = 0; start + length <= values.length; start += length) {
		const { real, imaginary } = lineAt(values.subarray(start, start + length), cycles);
		// How much later, in beats, the onsets of the stretch are than the grid.
		const turns = -Math.atan2(imaginary, real) / (2 * Math.PI) + start * cycles - firstBeatSec / periodSec;
		stretches.push({ turns, strength: Math.hypot(real, imaginary) });
	}
	if (stretches.length < FEWEST) return true;
	const middle = circularMean(stretches);
	let off = 0;
	let all = 0;
	for (const { turns, strength } of stretches) {
		const deviation = turns - middle - Math.round(turns - middle);
		all += strength;
		if (Math.abs(deviation) > MOST_DEVIATION) off += strength;
	}
	return off <= MOST_OFF * all;
}

/** The middle of turns on a circle: onsets between beats move all stretches alike. */
function circularMean(stretches: readonly { readonly turns: number; readonly strength: number }[]): number {
	let real = 0;
	let imaginary = 0;
	for (const { turns, strength } of stretches) {
		real += strength * Math.cos(2 * Math.PI * turns);
		imaginary += strength * Math.sin(2 * Math.PI * turns);
	}
	return Math.atan2(imaginary, real) / (2 * Math.PI);
}
