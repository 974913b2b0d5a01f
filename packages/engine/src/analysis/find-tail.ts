import type { SliceTail } from "../protocol/slice.ts";
import type { LoopSignal } from "./loop-signal.ts";

/** How long the piece of a tail may be that goes round. */
const SHORTEST_SECONDS = 0.012;
const LONGEST_SECONDS = 0.04;
/** It begins so long after the attack, at least. */
const AFTER_ATTACK_SECONDS = 0.015;
/** Rounds fade into each other over that, in which they are compared. */
const FADE_SECONDS = 0.008;
/** Lengths that are tried first are so many frames apart. */
const STEP = 4;
/** What speaks against a piece, and for a long one. */
const MISMATCH_WEIGHT = 0.3;
const EXCESS_WEIGHT = 0.16;
const LENGTH_WEIGHT = 0.1;
/** A piece may end so long before the slice does, in such steps; what speaks against that, per second. */
const WASTE_SECONDS = 0.03;
const WASTE_STEP_SECONDS = 0.005;
const WASTE_WEIGHT = 5;
/** Decibels by which a piece may stand above the tail's decay. */
const FREE_DECIBELS = 2;
/** From that on rounds count as alike. */
const CORRELATED = 0.5;
/** Rounds fall by that beside the decay of the tail itself. */
const FALL_DECIBELS_PER_SECOND = 15;
const LEVEL_SECONDS = 0.002;
const DECIBELS_PER_NEPER = 20 / Math.LN10;
/** Energy of a frame that counts as silence. */
const SILENCE = 1e-12;

/** How the level of a tail falls: its logarithm, in nepers, at a frame, and what it loses per frame. */
interface Decay {
	readonly frame: number;
	readonly level: number;
	readonly slope: number;
}

/**
 * Finds a piece near the end of a slice that can go round: it is like what is before it, and no hit stands out of it. Often what comes
 * before a hit is no part of it, as the rise of that hit is not; so a piece may end earlier.
 *
 * Thread: analysis.
 *
 * @param onset - where the slice begins to sound
 * @param end - one past the last frame that the piece may have
 * @returns null where there is no room for any, or silence
 */
export function findTail(signal: LoopSignal, onset: number, end: number): SliceTail | null {
	const shortest = signal.framesOf(SHORTEST_SECONDS);
	const fade = signal.framesOf(FADE_SECONDS);
	const earliest = onset + signal.framesOf(AFTER_ATTACK_SECONDS);
	if (end - earliest < shortest || signal.energy(end - fade, end) <= SILENCE * fade) return null;
	const decay = fitDecay(signal, (onset + end) >> 1, end);
	let best: Piece = { end, period: shortest, score: Number.NEGATIVE_INFINITY };
	const attempt = (pieceEnd: number, period: number): void => {
		const waste = (WASTE_WEIGHT * (end - pieceEnd)) / signal.framesOf(1);
		const score = scoreOf(signal, { end: pieceEnd, fade, period, decay }) - waste;
		if (score > best.score) best = { end: pieceEnd, period, score };
	};
	const latestWaste = Math.min(signal.framesOf(WASTE_SECONDS), end - earliest - shortest);
	for (let waste = 0; waste <= latestWaste; waste += signal.framesOf(WASTE_STEP_SECONDS)) {
		const longest = Math.min(signal.framesOf(LONGEST_SECONDS), end - waste - earliest);
		for (let period = shortest; period <= longest; period += STEP) attempt(end - waste, period);
	}
	const { end: pieceEnd, period: middle } = best;
	const longest = Math.min(signal.framesOf(LONGEST_SECONDS), pieceEnd - earliest);
	for (let period = Math.max(middle - STEP + 1, shortest); period < Math.min(middle + STEP, longest + 1); period++)
		attempt(pieceEnd, period);
	const fall = FALL_DECIBELS_PER_SECOND / DECIBELS_PER_NEPER / signal.framesOf(1);
	return {
		startFrame: best.end - best.period,
		periodFrames: best.period,
		decay: Math.exp(-(decay.slope + fall) * best.period),
		isCorrelated: correlation(signal, best.end, best.period, fade) > CORRELATED,
	};
}

/** A piece that may go round. */
interface Piece {
	/** One past its last frame. */
	readonly end: number;
	readonly period: number;
	readonly score: number;
}

function scoreOf(
	signal: LoopSignal,
	piece: { readonly end: number; readonly fade: number; readonly period: number; readonly decay: Decay },
): number {
	const { end, fade, period, decay } = piece;
	const before = levelOf(signal, end - period - fade, end - period);
	const mismatch = Math.abs(before - levelOf(signal, end - fade, end) - decay.slope * period);
	const excess = Math.max(highestAbove(signal, decay, end - period - fade, end) - FREE_DECIBELS, 0);
	return (
		correlation(signal, end, period, fade) -
		MISMATCH_WEIGHT * mismatch -
		EXCESS_WEIGHT * excess +
		(LENGTH_WEIGHT * period) / signal.framesOf(LONGEST_SECONDS)
	);
}

/** How alike the end of a round and what comes before it are, -1..1. */
function correlation(signal: LoopSignal, end: number, period: number, fade: number): number {
	let sum = 0;
	for (let frame = end - fade; frame < end; frame++) sum += signal.product(frame, frame - period);
	const energies = signal.energy(end - fade, end) * signal.energy(end - period - fade, end - period);
	return energies <= 0 ? 0 : sum / Math.sqrt(energies);
}

/** The logarithm of the level, in nepers. */
function levelOf(signal: LoopSignal, from: number, to: number): number {
	return 0.5 * Math.log(Math.max(signal.energy(from, to) / (to - from), SILENCE));
}

/** By how many decibels the level stands above the decay at most. */
function highestAbove(signal: LoopSignal, decay: Decay, from: number, to: number): number {
	const window = signal.framesOf(LEVEL_SECONDS);
	let highest = Number.NEGATIVE_INFINITY;
	for (let frame = from; frame + window <= to; frame += window) {
		const expected = decay.level - decay.slope * (frame + window / 2 - decay.frame);
		highest = Math.max(highest, levelOf(signal, frame, frame + window) - expected);
	}
	return DECIBELS_PER_NEPER * highest;
}

/** The straight line that is nearest to the level in a span; it does not rise. */
function fitDecay(signal: LoopSignal, from: number, to: number): Decay {
	const window = signal.framesOf(LEVEL_SECONDS);
	const count = Math.max(Math.floor((to - from) / window), 1);
	const levels = Array.from({ length: count }, (_, index) =>
		levelOf(signal, from + index * window, from + (index + 1) * window),
	);
	const mean = levels.reduce((sum, level) => sum + level, 0) / count;
	const middle = (count - 1) / 2;
	let product = 0;
	let square = 0;
	for (const [index, level] of levels.entries()) {
		product += (index - middle) * (level - mean);
		square += (index - middle) ** 2;
	}
	const slope = square === 0 ? 0 : Math.max(-product / square / window, 0);
	return { frame: from + (middle + 0.5) * window, level: mean, slope };
}
