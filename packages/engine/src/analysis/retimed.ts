import type { AnalyzedTempo, SampleAnalysis } from "../protocol/sample-analysis.ts";

/** Longer recordings are no loops. */
export const LONGEST_LOOP_SEC = 40;
/** Tempos that are easily taken for each other, as ratios. */
const ALTERNATIVES = [2, 1 / 2, 3 / 2, 2 / 3, 4 / 3, 3 / 4] as const;
/** Parts of a beat by which sums of fractions miss a whole number. */
const NO_BEATS = 1e-6;

/** A tempo that an analysis is given afterwards. */
export interface NewTempo extends Pick<AnalyzedTempo, "bpm" | "confidence" | "origin"> {
	/** How many beats the whole recording is; null for what is no loop. */
	readonly lengthBeats: number | null;
}

/** What a tempo is most easily taken for. */
export function alternativesTo(bpm: number): number[] {
	return ALTERNATIVES.map((ratio) => bpm * ratio);
}

/** How many beats a bar of a loop has. */
export function meterOf(beats: number): 3 | 4 {
	return beats % 4 !== 0 && beats % 3 === 0 ? 3 : 4;
}

/** Tempo and beats at another tempo: loops begin with a bar, other recordings keep one beat of the grid, the first of a bar. */
export function retimed(
	{ tempo, beats, onsetsSec }: SampleAnalysis,
	{ bpm, confidence, origin, lengthBeats }: NewTempo,
): Required<Pick<SampleAnalysis, "tempo" | "beats">> {
	const periodSec = 60 / bpm;
	const beatsPerBar = beats?.beatsPerBar ?? meterOf(lengthBeats ?? 4);
	const anchorSec = lengthBeats === null ? (beats?.firstDownbeatSec ?? onsetsSec[0] ?? 0) : 0;
	return {
		tempo: {
			bpm,
			confidence,
			origin,
			alternatives: alternativesTo(bpm),
			isConstant: lengthBeats !== null || (tempo?.isConstant ?? true),
		},
		beats: {
			firstBeatSec: firstAtOrAfterStart(anchorSec, periodSec),
			periodSec,
			beatsPerBar,
			firstDownbeatSec: firstAtOrAfterStart(anchorSec, periodSec * beatsPerBar),
			lengthBeats,
		},
	};
}

/** The first of evenly spaced places, one of which is given. */
function firstAtOrAfterStart(placeSec: number, distanceSec: number): number {
	const steps = Math.floor(placeSec / distanceSec + NO_BEATS);
	return Math.max(placeSec - steps * distanceSec, 0);
}
