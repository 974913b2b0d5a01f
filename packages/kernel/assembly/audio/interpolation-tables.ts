/**
 * Tables of windowed sincs: 32 taps at 512 phases, each tap with its difference to the next phase, between which it is linear.
 *
 * The first table passes the full band. From MAX_FULL_BAND_RATE on, where a faster playhead would fold it, narrower ones follow in
 * steps of a sixth of an octave; a rate between two of them has a mix of both, so that a glide never steps.
 * Source: J. O. Smith, "Digital Audio Resampling" (CCRMA), for interpolation by windowed sincs; J. F. Kaiser, "Nonrecursive
 * digital filter design using the I0-sinh window function" (1974), for the window.
 */

import { MAX_RATE } from "../../../engine/src/protocol/parameters";

/** Taps before a position, and behind it. */
export const HALF_TAPS: i32 = 16;
const TAPS: i32 = 32;
const PHASES: i32 = 512;
/** A row is eight times four taps and their four differences. */
export const ROW_BYTES: i32 = 256;
const TABLE_BYTES: i32 = 131_072;
/** The full band, then cutoffs of 2^(-3/6) to 2^(-13/6) of it. */
const TABLE_COUNT: i32 = 12;
const FIRST_NARROW_STEP: i32 = 3;
const STEPS_PER_OCTAVE: f64 = 6;

const TABLES = memory.data(12 * 131_072, 16);
const ROW = memory.data(32 * 8, 8);

/** Of the sample rate. */
const CUTOFF: f64 = 0.48;
/** Shapes of the Kaiser windows: images below -120 dB, and aliases below -83 dB. */
const FULL_BAND_BETA: f64 = 13;
const NARROW_BETA: f64 = 8;
/** Half the width of the narrow windows' transition, and where it must have ended: what lies above folds below 15 of 24 kHz. */
const HALF_TRANSITION: f64 = 0.088;
const FOLDING: f64 = 0.6875;
const MAX_FULL_BAND_RATE: f64 = 1.12;
/** Rate at which the first narrow table is reached. */
const FIRST_NARROW_RATE: f64 = 1.259_921_049_894_873_2; // 2^(1/3)
/** Smaller taps are 0: a product with any sample is not subnormal. */
const SMALLEST_TAP: f64 = 1.0 / 1_099_511_627_776.0; // 2^-40

let areFilled: bool = false;
/** The two tables that a rate lies between, and the share of the second. */
let lower: usize = 0;
let upper: usize = 0;
let share: f32 = 0;

/** Computes every table, the first time that it is called: before the first block. */
export function fillInterpolationTables(): void {
	if (areFilled) return;
	areFilled = true;
	fillTable(TABLES, CUTOFF, FULL_BAND_BETA);
	for (let table = 1; table < TABLE_COUNT; table++) {
		const rate = Math.pow(2, <f64>(table - 1 + FIRST_NARROW_STEP) / STEPS_PER_OCTAVE);
		const cutoff = min(CUTOFF / rate, FOLDING / min(rate, MAX_RATE) - HALF_TRANSITION);
		fillTable(TABLES + table * TABLE_BYTES, cutoff, NARROW_BETA);
	}
}

/** Finds the tables of a rate. */
export function findTables(rate: f64): void {
	share = 0;
	lower = TABLES;
	upper = TABLES;
	if (rate <= MAX_FULL_BAND_RATE) return;
	if (rate < FIRST_NARROW_RATE) {
		upper = TABLES + TABLE_BYTES;
		share = <f32>((rate - MAX_FULL_BAND_RATE) / (FIRST_NARROW_RATE - MAX_FULL_BAND_RATE));
		return;
	}
	const step = STEPS_PER_OCTAVE * Math.log2(rate);
	// A narrower table than the rate needs, by up to a step: the wider of the two already keeps its aliases away.
	const table = min(<i32>floor(step) - FIRST_NARROW_STEP + 2, TABLE_COUNT - 1);
	lower = TABLES + table * TABLE_BYTES;
	upper = TABLES + min(table + 1, TABLE_COUNT - 1) * TABLE_BYTES;
	share = lower == upper ? 0 : <f32>(step - floor(step));
}

/** Address of the table of the full band. */
export function fullBandTable(): usize {
	return TABLES;
}

/** Address of the first table that `findTables` found. */
export function lowerTable(): usize {
	return lower;
}

/** Address of the second. */
export function upperTable(): usize {
	return upper;
}

/** The share of the second, 0..1. */
export function upperShare(): f32 {
	return share;
}

function fillTable(table: usize, cutoff: f64, beta: f64): void {
	const peak = besselI0(beta);
	for (let phase = 0; phase <= PHASES; phase++) {
		fillRow(<f64>phase / PHASES, cutoff, beta, peak);
		for (let tap = 0; tap < TAPS; tap++) {
			const value = <f32>load<f64>(ROW + tap * 8);
			if (phase > 0) {
				const before = tapAddress(table, phase - 1, tap);
				store<f32>(before, value - load<f32>(before), 16);
			}
			if (phase < PHASES) store<f32>(tapAddress(table, phase, tap), value);
		}
	}
}

/** Four taps, then their four differences, and so on. */
function tapAddress(table: usize, phase: i32, tap: i32): usize {
	return table + phase * ROW_BYTES + (tap >> 2) * 32 + (tap & 3) * 4;
}

/** Computes the taps of a position between two frames, their sum exactly 1 but for rounding. */
function fillRow(fraction: f64, cutoff: f64, beta: f64, peak: f64): void {
	let sum: f64 = 0;
	for (let tap = 0; tap < TAPS; tap++) {
		const distance = <f64>(tap - HALF_TAPS + 1) - fraction;
		const value = sinc(2 * cutoff * distance) * kaiser(distance / HALF_TAPS, beta, peak);
		sum += value;
		store<f64>(ROW + tap * 8, value);
	}
	for (let tap = 0; tap < TAPS; tap++) {
		const value = load<f64>(ROW + tap * 8) / sum;
		store<f64>(ROW + tap * 8, abs(value) < SMALLEST_TAP ? 0 : value);
	}
}

function sinc(x: f64): f64 {
	return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function kaiser(x: f64, beta: f64, peak: f64): f64 {
	const inside = 1 - x * x;
	return inside <= 0 ? 0 : besselI0(beta * sqrt(inside)) / peak;
}

/** The modified Bessel function of the first kind and order 0, by its power series. */
function besselI0(x: f64): f64 {
	const quarter = (x * x) / 4;
	let term: f64 = 1;
	let sum: f64 = 1;
	for (let index: f64 = 1; term > sum * 1e-17; index++) {
		term *= quarter / (index * index);
		sum += term;
	}
	return sum;
}
