import type { BeatGrid } from "./beat-grid.ts";
import { CHROMA_HOP, PITCHES } from "./chroma.ts";
import { highestNear, type Novelty } from "./novelty.ts";
import { ANALYSIS_RATE } from "./onset-strength.ts";

/** Where bars begin. */
export interface Bar {
	readonly beatsPerBar: 3 | 4;
	/** The first beat of the grid that begins a bar, 0..beatsPerBar - 1. */
	readonly firstDownbeat: number;
	/** How much better it fits than any other beat, 0..1. */
	readonly confidence: number;
}

/** What happens at one beat. */
interface BeatFeatures {
	readonly low: number;
	readonly high: number;
	readonly all: number;
	/** How much the harmony differs from that of the beat before, 0..1. */
	readonly change: number;
}

/** How much features speak for a downbeat, in standard deviations. */
const WEIGHTS: BeatFeatures = { low: 0.5, high: -0.5, all: 0.1, change: 1 };
/** How much more alike beats a bar of three apart must be than those four apart. */
const THREE_HANDICAP = 0.05;
/** Shorter recordings have bars of four. */
const FEWEST_BEATS = 24;

/** The bars of a recording whose beats are known. @param chroma - rows of a Chroma */
export function findBar(novelty: Novelty, chroma: Float32Array, grid: BeatGrid): Bar {
	const beats = featuresOf(novelty, chroma, grid);
	const likeness = beats.length < FEWEST_BEATS ? null : [3, 4].map((lag) => selfLikeness(beats, lag));
	const isThree = likeness !== null && likeness[0]! > likeness[1]! + THREE_HANDICAP;
	const beatsPerBar = isThree ? 3 : 4;
	const sums = new Float64Array(beatsPerBar);
	const weights = accents(beats);
	for (const [beat, weight] of weights.entries()) sums[beat % beatsPerBar]! += weight;
	const means = sums.map((sum, phase) => sum / Math.max(Math.ceil((beats.length - phase) / beatsPerBar), 1));
	const order = Array.from(means.keys()).toSorted((one, other) => means[other]! - means[one]!);
	const [first = 0, second = 0] = order;
	return { beatsPerBar, firstDownbeat: first, confidence: Math.min(Math.max(means[first]! - means[second]!, 0), 1) };
}

function featuresOf({ values, low, high, rate }: Novelty, chroma: Float32Array, grid: BeatGrid): BeatFeatures[] {
	const beats: BeatFeatures[] = [];
	const seconds = values.length / rate;
	let before = classesBetween(chroma, grid.firstBeatSec - grid.periodSec, grid.firstBeatSec);
	for (let beat = 0; ; beat++) {
		const at = grid.firstBeatSec + beat * grid.periodSec;
		if (at + grid.periodSec / 2 > seconds) return beats;
		const now = classesBetween(chroma, at, at + grid.periodSec);
		const place = at * rate;
		beats.push({
			low: highestNear(low, place),
			high: highestNear(high, place),
			all: highestNear(values, place),
			change: difference(before, now),
		});
		before = now;
	}
}

/** The amplitude of each pitch class between two times. */
function classesBetween(chroma: Float32Array, fromSec: number, toSec: number): Float64Array {
	const classes = new Float64Array(12);
	const row = (seconds: number): number => Math.round((seconds * ANALYSIS_RATE) / CHROMA_HOP);
	const last = Math.min(Math.max(row(toSec), row(fromSec) + 1), chroma.length / PITCHES);
	for (let at = Math.max(row(fromSec), 0); at < last; at++)
		for (let pitch = 0; pitch < PITCHES; pitch++)
			classes[Math.round((pitch * 12) / PITCHES) % 12]! += chroma[at * PITCHES + pitch]!;
	return classes;
}

/** One minus the cosine of two harmonies. */
function difference(one: Float64Array, other: Float64Array): number {
	let product = 0;
	let square = 0;
	let otherSquare = 0;
	for (let pitch = 0; pitch < 12; pitch++) {
		product += one[pitch]! * other[pitch]!;
		square += one[pitch]! ** 2;
		otherSquare += other[pitch]! ** 2;
	}
	return square === 0 || otherSquare === 0 ? 0 : 1 - product / Math.sqrt(square * otherSquare);
}

const FEATURES = ["low", "high", "all", "change"] as const;

/** Each feature's distance from its mean, in standard deviations. */
function standardized(beats: readonly BeatFeatures[]): BeatFeatures[] {
	const scale = (feature: keyof BeatFeatures): ((value: number) => number) => {
		const mean = beats.reduce((sum, beat) => sum + beat[feature], 0) / Math.max(beats.length, 1);
		const variance = beats.reduce((sum, beat) => sum + (beat[feature] - mean) ** 2, 0) / Math.max(beats.length, 1);
		return (value) => (variance > 0 ? (value - mean) / Math.sqrt(variance) : 0);
	};
	const [low, high, all, change] = FEATURES.map(scale);
	return beats.map((beat) => ({
		low: low!(beat.low),
		high: high!(beat.high),
		all: all!(beat.all),
		change: change!(beat.change),
	}));
}

function accents(beats: readonly BeatFeatures[]): number[] {
	return standardized(beats).map((beat) =>
		FEATURES.reduce((sum, feature) => sum + WEIGHTS[feature] * beat[feature], 0),
	);
}

/** How alike beats are that lie so many apart, -1..1. */
function selfLikeness(beats: readonly BeatFeatures[], lag: number): number {
	const scaled = standardized(beats);
	let product = 0;
	let square = 0;
	for (let beat = 0; beat + lag < scaled.length; beat++)
		for (const feature of FEATURES) {
			product += scaled[beat]![feature] * scaled[beat + lag]![feature];
			square += (scaled[beat]![feature] ** 2 + scaled[beat + lag]![feature] ** 2) / 2;
		}
	return square === 0 ? 0 : product / square;
}
