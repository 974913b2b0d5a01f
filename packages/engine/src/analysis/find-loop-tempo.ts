import type { TempoRange } from "../protocol/analysis-messages.ts";
import { best, type FoundTempo } from "./find-tempo.ts";
import { type Novelty, repeated } from "./novelty.ts";
import { TempoFit } from "./tempo-fit.ts";

/** A loop's tempo. */
export interface FoundLoop extends FoundTempo {
	/** How many beats it is long. */
	readonly beats: number;
}

/** Longer recordings are no loops. */
const LONGEST_SECONDS = 40;
const MOST_BEATS = 128;

/** The tempo of a recording that is a whole number of beats; null when it is too long for a loop. */
export function findLoopTempo(novelty: Novelty, seconds: number, range: TempoRange): FoundLoop | null {
	if (seconds > LONGEST_SECONDS || seconds * range.to < 60 * 0.5) return null;
	const fit = new TempoFit(repeated(novelty, seconds));
	const tempos: { bpm: number; score: number }[] = [];
	for (let beats = 1; beats <= MOST_BEATS; beats++) {
		const bpm = (60 * beats) / seconds;
		if (bpm > 0.99 * range.from && bpm < 1.01 * range.to)
			tempos.push({ bpm, score: fit.score(bpm) + commonness(beats) });
	}
	const found = best(tempos);
	return found === null ? null : { ...found, beats: Math.round((found.bpm * seconds) / 60) };
}

/** The logarithm of how common loops of a number of beats are. */
function commonness(beats: number): number {
	if (Number.isInteger(Math.log2(beats))) return 0;
	if (Number.isInteger(Math.log2(beats / 3))) return -1;
	if (beats % 4 === 0) return -1.2;
	return beats % 2 === 0 || beats % 3 === 0 ? -2 : -3;
}
