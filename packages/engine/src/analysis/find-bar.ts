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
	/** How much the harmony of a bar from here differs from that of the bar before, 0..1: a bass note alone on the one is little. */
	readonly barChange: number;
}

/** How much features speak for a downbeat, in standard deviations. */
const WEIGHTS: BeatFeatures = { low: 0.5, high: -0.75, all: 0.1, change: 0.5, barChange: 1 };
/** How much it speaks for a beat that the music begins on it: with so much of the strongest onset. */
const BEGIN_WEIGHT = 0.3;
const BEGIN_SHARE = 0.1;
/** Beats over which the harmonies of bars are compared. */
const BAR_BEATS = 4;
/** How much more alike beats a bar of three apart must be than those four apart. */
const THREE_HANDICAP = 0.05;
/** Shorter recordings have bars of four. */
const FEWEST_BEATS = 24;

/** The bars of a recording whose beats are known. @param chroma - rows of a Chroma */
export function findBar(novelty: Novelty, chroma: Float32Array, grid: BeatGrid): Bar {
	const beats = featuresOf(novelty, chroma, grid);
	const scaled = standardized(beats);
	const likeness = beats.length < FEWEST_BEATS ? null : [3, 4].map((lag) => selfLikeness(scaled, lag));
	const isThree = likeness !== null && likeness[0]! > likeness[1]! + THREE_HANDICAP;
	const beatsPerBar = isThree ? 3 : 4;
	const sums = new Float64Array(beatsPerBar);
	for (const [beat, features] of scaled.entries()) sums[beat % beatsPerBar]! += accentOf(features);
	const means = sums.map((sum, phase) => sum / Math.max(Math.ceil((beats.length - phase) / beatsPerBar), 1));
	means[firstSounding(beats) % beatsPerBar]! += BEGIN_WEIGHT;
	const order = Array.from(means.keys()).toSorted((one, other) => means[other]! - means[one]!);
	const [first = 0, second = 0] = order;
	return { beatsPerBar, firstDownbeat: first, confidence: Math.min(Math.max(means[first]! - means[second]!, 0), 1) };
}

function featuresOf({ values, low, high, rate }: Novelty, chroma: Float32Array, grid: BeatGrid): BeatFeatures[] {
	const seconds = values.length / rate;
	const count = Math.max(Math.floor((seconds - grid.firstBeatSec) / grid.periodSec + 0.5), 0);
	const times = Array.from({ length: count }, (_, beat) => grid.firstBeatSec + beat * grid.periodSec);
	const harmonies = times.map((at) => classesBetween(chroma, at, at + grid.periodSec));
	return times.map((at, beat) => {
		const place = at * rate;
		return {
			low: highestNear(low, place),
			high: highestNear(high, place),
			all: highestNear(values, place),
			change: changeAt(harmonies, beat, 1),
			barChange: changeAt(harmonies, beat, BAR_BEATS),
		};
	});
}

/** The first beat with an onset to speak of. */
function firstSounding(beats: readonly BeatFeatures[]): number {
	const highest = beats.reduce((most, { all }) => Math.max(most, all), 0);
	return Math.max(
		beats.findIndex(({ all }) => all > BEGIN_SHARE * highest),
		0,
	);
}

/** The amplitude of each pitch class between two times, of length 1. */
function classesBetween(chroma: Float32Array, fromSec: number, toSec: number): Float64Array {
	const classes = new Float64Array(12);
	const row = (seconds: number): number => Math.round((seconds * ANALYSIS_RATE) / CHROMA_HOP);
	const last = Math.min(Math.max(row(toSec), row(fromSec) + 1), chroma.length / PITCHES);
	for (let at = Math.max(row(fromSec), 0); at < last; at++)
		for (let pitch = 0; pitch < PITCHES; pitch++)
			classes[Math.round((pitch * 12) / PITCHES) % 12]! += chroma[at * PITCHES + pitch]!;
	const length = Math.hypot(...classes);
	return length === 0 ? classes : classes.map((amplitude) => amplitude / length);
}

/** By how much the harmony of so many beats differs from that of as many before, 0..1. */
function changeAt(harmonies: readonly Float64Array[], beat: number, beats: number): number {
	if (beat === 0) return 0;
	const before = sumOf(harmonies.slice(Math.max(beat - beats, 0), beat));
	return difference(before, sumOf(harmonies.slice(beat, beat + beats)));
}

function sumOf(harmonies: readonly Float64Array[]): Float64Array {
	const sum = new Float64Array(12);
	for (const harmony of harmonies) for (const [pitch, amplitude] of harmony.entries()) sum[pitch]! += amplitude;
	return sum;
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

const FEATURES = ["low", "high", "all", "change", "barChange"] as const;

/** Each feature's distance from its mean, in standard deviations. */
function standardized(beats: readonly BeatFeatures[]): BeatFeatures[] {
	const scale = (feature: keyof BeatFeatures): ((value: number) => number) => {
		const mean = beats.reduce((sum, beat) => sum + beat[feature], 0) / Math.max(beats.length, 1);
		const variance = beats.reduce((sum, beat) => sum + (beat[feature] - mean) ** 2, 0) / Math.max(beats.length, 1);
		return (value) => (variance > 0 ? (value - mean) / Math.sqrt(variance) : 0);
	};
	const [low, high, all, change, barChange] = FEATURES.map(scale);
	return beats.map((beat) => ({
		low: low!(beat.low),
		high: high!(beat.high),
		all: all!(beat.all),
		change: change!(beat.change),
		barChange: barChange!(beat.barChange),
	}));
}

function accentOf(beat: BeatFeatures): number {
	return FEATURES.reduce((sum, feature) => sum + WEIGHTS[feature] * beat[feature], 0);
}

/** What tells bars of three from bars of four: a bar's own harmony is the same in either. */
const LIKE_FEATURES = ["low", "high", "all", "change"] as const;

/** How alike beats are that lie so many apart, -1..1. */
function selfLikeness(beats: readonly BeatFeatures[], lag: number): number {
	let product = 0;
	let square = 0;
	for (let beat = 0; beat + lag < beats.length; beat++)
		for (const feature of LIKE_FEATURES) {
			const [one, other] = [beats[beat]![feature], beats[beat + lag]![feature]];
			product += one * other;
			square += (one ** 2 + other ** 2) / 2;
		}
	return square === 0 ? 0 : product / square;
}
