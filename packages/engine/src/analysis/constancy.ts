import type { BeatGrid } from "./beat-grid.ts";
import type { Novelty } from "./novelty.ts";
import { lineAt } from "./tempo-fit.ts";

/** Beats of a stretch, which is compared with the whole. */
const STRETCH_BEATS = 24;
/** Share of a beat by which a stretch may be off, and how much less in step than the steadiest its onsets may be. */
const MOST_DEVIATION = 0.15;
const LEAST_STEADINESS = 0.25;
/** Share of the strength that may be off. */
const MOST_OFF = 0.3;
/** Fewer stretches say nothing. */
const FEWEST = 3;

/** Multiples of a tempo at which the spectrum of a half is read: music in step is strong at one of them or at both. */
const MULTIPLES = [1, 2];
/** How much less in step than the other one a half may be. */
const LEAST_LIKENESS = 0.35;
/** Fewer beats say nothing. */
const FEWEST_BEATS = 24;

/** Whether both halves of a recording are in step with a tempo: where it changes in between, one of them is not. */
export function halvesKeepTempo({ values, rate }: Novelty, periodSec: number): boolean {
	const cycles = 1 / (periodSec * rate);
	if (values.length * cycles < FEWEST_BEATS) return true;
	const middle = values.length >> 1;
	const [one = 0, other = 0] = [values.subarray(0, middle), values.subarray(middle)].map((half) => {
		const lines = MULTIPLES.map((multiple) => {
			const { real, imaginary } = lineAt(half, multiple * cycles);
			return Math.hypot(real, imaginary);
		});
		return steadiness({ inStep: Math.hypot(...lines), strength: sumOf(half) });
	});
	return Math.min(one, other) >= LEAST_LIKENESS * Math.max(one, other);
}

/** The onsets of a stretch. */
interface Stretch {
	/** How much later than the grid they are, in beats. */
	readonly turns: number;
	/** How strong they are in all, and how much of that is in step. */
	readonly strength: number;
	readonly inStep: number;
}

/** Whether the onsets of every stretch of a recording keep to its grid. */
export function keepsTempo({ values, rate }: Novelty, { firstBeatSec, periodSec }: BeatGrid): boolean {
	const cycles = 1 / (periodSec * rate);
	const length = Math.round(STRETCH_BEATS * periodSec * rate);
	const stretches: Stretch[] = [];
	for (let start = 0; start + length <= values.length; start += length) {
		const stretch = values.subarray(start, start + length);
		const { real, imaginary } = lineAt(stretch, cycles);
		const turns = -Math.atan2(imaginary, real) / (2 * Math.PI) + start * cycles - firstBeatSec / periodSec;
		stretches.push({ turns, strength: sumOf(stretch), inStep: Math.hypot(real, imaginary) });
	}
	if (stretches.length < FEWEST) return true;
	const middle = circularMean(stretches);
	const steadiest = Math.max(...stretches.map(steadiness));
	const isOff = (stretch: Stretch): boolean => {
		const deviation = stretch.turns - middle - Math.round(stretch.turns - middle);
		return Math.abs(deviation) > MOST_DEVIATION || steadiness(stretch) < LEAST_STEADINESS * steadiest;
	};
	const sum = (some: readonly Stretch[]): number => some.reduce((total, { strength }) => total + strength, 0);
	return sum(stretches.filter(isOff)) <= MOST_OFF * sum(stretches);
}

function steadiness({ inStep, strength }: Pick<Stretch, "inStep" | "strength">): number {
	return strength > 0 ? inStep / strength : 0;
}

function sumOf(values: Float32Array): number {
	return values.reduce((sum, value) => sum + value, 0);
}

/** The middle of turns on a circle: onsets between beats move all stretches alike. */
function circularMean(stretches: readonly Stretch[]): number {
	let real = 0;
	let imaginary = 0;
	for (const { turns, inStep } of stretches) {
		real += inStep * Math.cos(2 * Math.PI * turns);
		imaginary += inStep * Math.sin(2 * Math.PI * turns);
	}
	return Math.atan2(imaginary, real) / (2 * Math.PI);
}
