import type { TempoRange } from "../protocol/analysis-messages.ts";
import type { Novelty } from "./novelty.ts";
import { refineTempo } from "./refine-tempo.ts";
import { TempoFit } from "./tempo-fit.ts";

/** A tempo that was found. */
export interface FoundTempo {
	readonly bpm: number;
	/** 0, a guess, to 1: how well it fits, and how much better than any other one. */
	readonly confidence: number;
	/** Of the score; see TempoFit. */
	readonly score: number;
}

/** Seconds in which a tempo is looked for. */
const LONGEST_SEC = 240;
const SLOWEST = 40;
const FASTEST = 240;
/** Ratio of one tempo tried to the next. */
const STEP = 1.005;
/** Peaks of the comb that are looked at, and of how many of those the relatives are. */
const PEAKS = 8;
const RELATED_PEAKS = 3;
/** Tempos that are easily taken for each other. */
const RELATIVES = [1, 3 / 2, 2 / 3, 4 / 3, 3 / 4] as const;
/** Tempos as near as that are one. */
const SAME = 0.004;
/** Difference of scores from which a tempo is sure. */
const SURE = 1.5;
/** A score that says nothing, and by how much a sure one is above it. */
export const WORST_SCORE = -6;
const SURE_ABOVE = 3;

/**
 * The tempo of a recording that goes on and on; null when nothing in it repeats.
 *
 * @param pause - called between steps of some milliseconds
 */
export async function findTempo(
	novelty: Novelty,
	range: TempoRange,
	pause: () => Promise<void>,
): Promise<FoundTempo | null> {
	const fit = new TempoFit(middleOf(novelty));
	const peaks = combPeaks(fit);
	const related = peaks.slice(0, RELATED_PEAKS).flatMap((bpm) => RELATIVES.map((ratio) => bpm * ratio));
	const tempos: number[] = [];
	for (const bpm of [...peaks.slice(0, PEAKS), ...related]) {
		const refined = refineTempo(fit, folded(bpm, range));
		if (!tempos.some((other) => Math.abs(other / refined - 1) < SAME)) tempos.push(refined);
		await pause();
	}
	return best(tempos.map((bpm) => ({ bpm, score: fit.score(bpm) })));
}

/** As much of the middle of a recording as tells its tempo. */
export function middleOf({ values, low, high, rate }: Novelty): Novelty {
	const length = Math.min(Math.round(LONGEST_SEC * rate), values.length);
	const first = (values.length - length) >> 1;
	const middle = (all: Float32Array): Float32Array => all.subarray(first, first + length);
	return { values: middle(values), low: middle(low), high: middle(high), rate };
}

/** The best of tempos with their scores. */
export function best(tempos: readonly { readonly bpm: number; readonly score: number }[]): FoundTempo | null {
	const [first, second] = tempos.toSorted((one, other) => other.score - one.score);
	if (first === undefined) return null;
	const lead = second === undefined ? SURE : first.score - second.score;
	const fit = Math.min(Math.max((first.score - WORST_SCORE) / SURE_ABOVE, 0), 1);
	return { ...first, confidence: fit * Math.min(lead / SURE, 1) };
}

/** A tempo, doubled or halved into a range. */
function folded(bpm: number, { from, to }: TempoRange): number {
	let tempo = bpm;
	// A little less than the slowest is the slowest.
	while (tempo < 0.99 * from) tempo *= 2;
	while (tempo > 1.01 * to && tempo / 2 > 0.99 * from) tempo /= 2;
	return tempo;
}

/** The tempos at which the comb is higher than beside them, the highest first. */
function combPeaks(fit: TempoFit): number[] {
	const tempos: number[] = [];
	for (let bpm = SLOWEST; bpm <= FASTEST; bpm *= STEP) tempos.push(bpm);
	const heights = tempos.map((bpm) => fit.comb(bpm));
	const isPeak = (index: number): boolean => {
		const height = heights[index] ?? 0;
		return height > 0 && height >= (heights[index - 1] ?? 0) && height > (heights[index + 1] ?? 0);
	};
	return tempos
		.map((bpm, index) => ({ bpm, height: heights[index] ?? 0, isPeak: isPeak(index) }))
		.filter((tempo) => tempo.isPeak)
		.toSorted((one, other) => other.height - one.height)
		.map(({ bpm }) => bpm);
}
