import type { TempoFit } from "./tempo-fit.ts";

/** Divisions of the beat whose lines narrow the tempo further and further. */
const DIVISIONS = [1, 2, 4] as const;
/** Share of the tempo by which the first guess may be off. */
const WIDEST = 0.012;
/** Tries on either side at most. */
const MOST_TRIES = 96;

/** Narrows a tempo by the lines of the whole recording's spectrum at it and its divisions. */
export function refineTempo(fit: TempoFit, guess: number): number {
	const { values, rate } = fit.novelty;
	let bpm = guess;
	let width = WIDEST;
	for (const finest of DIVISIONS) {
		// A line is as narrow as the recording is long, and those of divisions are narrower in terms of the tempo.
		const lineWidth = (60 * rate) / Math.max(values.length, 1) / (bpm * finest);
		const step = Math.min(Math.max(lineWidth / 4, width / MOST_TRIES), width / 2);
		const lines = (tempo: number): number =>
			DIVISIONS.reduce((sum, division) => sum + (division <= finest ? fit.line(tempo, division) : 0), 0);
		bpm = maximum(lines, bpm, { width: bpm * width, step: bpm * step });
		width = Math.min(width, lineWidth);
	}
	return bpm;
}

/** Where a function is highest around a middle; between the tries by a parabola. */
function maximum(
	height: (at: number) => number,
	middle: number,
	{ width, step }: { readonly width: number; readonly step: number },
): number {
	const count = Math.max(Math.ceil(width / step), 1);
	const heights = Array.from({ length: 2 * count + 1 }, (_, index) => height(middle + (index - count) * step));
	const highest = heights.indexOf(Math.max(...heights));
	return middle + (highest - count + peakOffset(heights, highest)) * step;
}

/** How far the top of a parabola through a value and its neighbours is off its place, -0.5..0.5. */
export function peakOffset(values: ArrayLike<number>, at: number): number {
	const before = values[at - 1];
	const top = values[at];
	const after = values[at + 1];
	if (before === undefined || top === undefined || after === undefined) return 0;
	const bend = before - 2 * top + after;
	return bend < 0 ? Math.max(Math.min((0.5 * (before - after)) / bend, 0.5), -0.5) : 0;
}
