import { DIVISIONS, PITCHES } from "./chroma.ts";

/** A key that was found. */
export interface FoundKey {
	/** Semitones above C, 0..11. */
	readonly tonic: number;
	readonly mode: "major" | "minor";
	/** How much better it fits than any other, 0..1. */
	readonly confidence: number;
	/** How far the recording's A4 is from 440 Hz, -50..50. */
	readonly tuningCents: number;
}

/**
 * How often each step above the tonic occurs.
 *
 * Source: J. Albrecht, D. Shanahan, "The use of large corpora to train a new type of key-finding algorithm" (2013).
 */
const PROFILES = {
	major: [0.238, 0.006, 0.111, 0.006, 0.137, 0.094, 0.016, 0.214, 0.009, 0.08, 0.008, 0.081],
	minor: [0.22, 0.006, 0.104, 0.123, 0.019, 0.103, 0.012, 0.214, 0.062, 0.022, 0.061, 0.052],
} as const;
/** Correlations below that are no key. */
const WORST = 0.45;
/** Difference of correlations from which a key is sure. */
const SURE = 0.15;

/** The key of a recording; null when it has none. @param rows - of a Chroma */
export function findKey(rows: Float32Array): FoundKey | null {
	const sum = new Float64Array(PITCHES);
	for (let at = 0; at < rows.length; at++) sum[at % PITCHES]! += rows[at]!;
	if (sum.every((value) => value === 0)) return null;
	const tuning = tuningOf(sum);
	const classes = pitchClasses(sum, tuning);
	const keys = (["major", "minor"] as const).flatMap((mode) =>
		Array.from({ length: 12 }, (_, tonic) => ({ tonic, mode, fit: correlation(classes, PROFILES[mode], tonic) })),
	);
	const [first, second] = keys.toSorted((one, other) => other.fit - one.fit);
	if (first === undefined || second === undefined || first.fit < WORST) return null;
	const { tonic, mode, fit } = first;
	return { tonic, mode, confidence: Math.min((fit - second.fit) / SURE, 1), tuningCents: (100 * tuning) / DIVISIONS };
}

/** How far pitches lie above semitones, in divisions, -5..5: the direction of the mean on a circle of one semitone. */
function tuningOf(sum: Float64Array): number {
	let real = 0;
	let imaginary = 0;
	for (let pitch = 0; pitch < PITCHES; pitch++) {
		const angle = (2 * Math.PI * pitch) / DIVISIONS;
		real += sum[pitch]! * Math.cos(angle);
		imaginary += sum[pitch]! * Math.sin(angle);
	}
	return (Math.atan2(imaginary, real) / (2 * Math.PI)) * DIVISIONS;
}

/** What sounds within a third of a semitone around each pitch class of the tuning. */
function pitchClasses(sum: Float64Array, tuning: number): Float64Array {
	const classes = new Float64Array(12);
	for (let pitch = 0; pitch < PITCHES; pitch++) {
		const semitones = (pitch - tuning) / DIVISIONS;
		const nearest = Math.round(semitones);
		const distance = (semitones - nearest) * 3;
		classes[((nearest % 12) + 12) % 12]! += sum[pitch]! * Math.exp(-distance * distance);
	}
	return classes;
}

/** Pearson's. */
function correlation(classes: Float64Array, profile: readonly number[], tonic: number): number {
	const mean = classes.reduce((total, value) => total + value, 0) / 12;
	const profileMean = profile.reduce((total, value) => total + value, 0) / 12;
	let product = 0;
	let square = 0;
	let profileSquare = 0;
	for (let step = 0; step < 12; step++) {
		const value = classes[(tonic + step) % 12]! - mean;
		const expected = profile[step]! - profileMean;
		product += value * expected;
		square += value * value;
		profileSquare += expected * expected;
	}
	return square === 0 ? 0 : product / Math.sqrt(square * profileSquare);
}
