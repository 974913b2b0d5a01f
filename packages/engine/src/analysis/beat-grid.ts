import { highestNear, NEAR, type Novelty, valueAt } from "./novelty.ts";
import { peakOffset } from "./refine-tempo.ts";

/** Beats at even distances. */
export interface BeatGrid {
	/** The first beat at or behind the start. */
	readonly firstBeatSec: number;
	readonly periodSec: number;
}

/** Places in a period that are looked at. */
const MOST_PHASES = 5;
/** How much the alternation of beats counts beside their strength: by regression, as the weights of TempoFit. */
const CONTRAST_WEIGHT = 0.8;
/** How much speaks for the start of a loop: who cuts one cuts it on a beat. */
const LOOP_START_BONUS = 1;
/** How much speaks for the first onset of a recording: music mostly begins on a beat. */
const FIRST_ONSET_BONUS = 0.4;
/** How strong that is at least, of the strongest. */
const FIRST_ONSET_SHARE = 0.15;
/** Shares of a period, and seconds, within which the onset of a beat is looked for; ever narrower. */
const REACHES = [
	{ periods: 0.15, seconds: 0.05 },
	{ periods: 0.08, seconds: 0.025 },
	{ periods: 0.05, seconds: 0.015 },
] as const;
/** How much later an onset is than the middle of the window in which strength is highest: measured (docs/dsp.md). */
const ONSET_LATENESS_SEC = -0.0035;

/** A straight line through onsets. */
interface Line {
	readonly start: number;
	readonly period: number;
}

/** The grid of a recording whose tempo is known, by least squares over its onsets. */
export function findBeatGrid(novelty: Novelty, bpm: number): BeatGrid {
	const { rate, values } = novelty;
	const period = (60 * rate) / bpm;
	const first = { place: firstOnset(values), bonus: FIRST_ONSET_BONUS };
	let line: Line = { start: findPhase(novelty, period, first), period };
	for (const { periods, seconds } of REACHES)
		line = fitLine(values, line, Math.min(periods * line.period, seconds * rate));
	return gridOf(line.start / rate + ONSET_LATENESS_SEC, line.period / rate);
}

/** The grid of a loop, whose period is known exactly. */
export function findLoopGrid(novelty: Novelty, bpm: number): BeatGrid {
	const { rate, values } = novelty;
	const period = (60 * rate) / bpm;
	let start = findPhase(novelty, period, { place: 0, bonus: LOOP_START_BONUS });
	for (const { periods, seconds } of REACHES)
		start += meanDeviation(values, { start, period }, Math.min(periods * period, seconds * rate));
	const grid = gridOf(start / rate + ONSET_LATENESS_SEC, period / rate);
	const early = grid.firstBeatSec - grid.periodSec;
	const isAtStart = Math.min(grid.firstBeatSec, -early) < Math.min(0.03, 0.1 * grid.periodSec);
	return isAtStart ? { ...grid, firstBeatSec: 0 } : grid;
}

function gridOf(start: number, period: number): BeatGrid {
	const firstBeat = start - Math.floor(start / period) * period;
	// A first beat that would be cut by less than a millisecond is still the first.
	return { firstBeatSec: period - firstBeat < 0.001 ? 0 : firstBeat, periodSec: period };
}

/** The first peak that is not much weaker than the strongest. */
function firstOnset(values: Float32Array): number {
	const least = FIRST_ONSET_SHARE * values.reduce((highest, value) => Math.max(highest, value), 0);
	let place = Math.max(
		values.findIndex((value) => value >= least),
		0,
	);
	while (values[place + 1]! > values[place]!) place++;
	return place;
}

/** A place that is likely to be a beat, and how much speaks for that. */
interface LikelyBeat {
	readonly place: number;
	readonly bonus: number;
}

/** Where in its period the beats are: of the places where onsets gather the one that is most like a beat. */
function findPhase(novelty: Novelty, period: number, likely: LikelyBeat): number {
	const steps = Math.ceil(period);
	const heights = new Float64Array(steps);
	for (let step = 0; step < steps; step++)
		for (let at = step; at < novelty.values.length; at += period) heights[step]! += valueAt(novelty.values, at);
	const around = heights.map(
		(height, step) => height + 0.5 * (heights[(step + steps - 1) % steps]! + heights[(step + 1) % steps]!),
	);
	const places = Array.from(around, (height, step) => ({ height, step }))
		.filter(({ height, step }) => height >= around[(step + steps - 1) % steps]! && height > around[(step + 1) % steps]!)
		.toSorted((one, other) => other.height - one.height)
		.slice(0, MOST_PHASES)
		.map(({ step }) => {
			const away = Math.abs(step - (likely.place % period));
			const isLikely = Math.min(away, period - away) <= NEAR;
			return { step, score: beatLikeness(novelty, step, period) + (isLikely ? likely.bonus : 0) };
		});
	return places.toSorted((one, other) => other.score - one.score)[0]?.step ?? 0;
}

/** The logarithm of how much like beats the places of a phase are: strong, and every other one with a snare, or without. */
function beatLikeness({ values, high }: Novelty, start: number, period: number): number {
	let strength = 0;
	let loudness = 0;
	let contrast = 0;
	let beats = 0;
	for (; start + beats * period < values.length; beats++) {
		const place = start + beats * period;
		const loud = highestNear(high, place);
		strength += highestNear(values, place);
		loudness += loud;
		contrast += beats % 2 === 0 ? loud : -loud;
	}
	const level = (sum: number): number => Math.log(sum / Math.max(beats, 1) + 1e-6);
	return level(strength) + CONTRAST_WEIGHT * level(Math.abs(contrast) + 0.1 * loudness);
}

/** Onsets near the beats of a line: which beat, by how many values it is late, and how strong it is. */
function* onsetsNear(values: Float32Array, { start, period }: Line, reach: number) {
	for (let beat = 0; start + beat * period < values.length; beat++) {
		const place = start + beat * period;
		let best = -1;
		for (let at = Math.max(Math.ceil(place - reach), 1); at <= Math.min(place + reach, values.length - 2); at++)
			if (values[at]! > (values[best] ?? 0)) best = at;
		// The highest at the edge is the slope of another onset.
		if (best === -1 || values[best - 1]! > values[best]! || values[best + 1]! > values[best]!) continue;
		yield { beat, lateness: best + peakOffset(values, best) - place, weight: values[best]! };
	}
}

function meanDeviation(values: Float32Array, line: Line, reach: number): number {
	let sum = 0;
	let weights = 0;
	for (const { lateness, weight } of onsetsNear(values, line, reach)) {
		sum += weight * lateness;
		weights += weight;
	}
	return weights === 0 ? 0 : sum / weights;
}

/** The line moved to the onsets near it, each counted by its strength. */
function fitLine(values: Float32Array, line: Line, reach: number): Line {
	let weights = 0;
	let beats = 0;
	let lates = 0;
	let squares = 0;
	let products = 0;
	for (const { beat, lateness, weight } of onsetsNear(values, line, reach)) {
		weights += weight;
		beats += weight * beat;
		lates += weight * lateness;
		squares += weight * beat * beat;
		products += weight * beat * lateness;
	}
	const spread = weights * squares - beats * beats;
	if (spread <= 1e-9 * weights * weights) return line;
	const slope = (weights * products - beats * lates) / spread;
	return { start: line.start + (lates - slope * beats) / weights, period: line.period + slope };
}
