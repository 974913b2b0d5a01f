import { KERNEL_PHASES, KERNEL_ROW_BYTES, KERNEL_TAPS } from "./interpolation-kernel";

/** Added to a small number, it leaves the nearest integer in the lowest bits: 1.5 * 2^52. */
const ROUNDING: f64 = 6755399441055744;

/** The next output frame: the address of its first tap, and the remainder as a fraction of the denominator. */
let position: usize = 0;
let rest: i32 = 0;
/** Input frames per output frame: an integer and a fraction. */
let stepBytes: usize = 0;
let stepRest: i32 = 0;
let denominator: i32 = 1;
/** Table rows per unit of the fraction; a global, because the compiler would repeat the division for a local in every iteration. */
let phaseScale: f64 = 0;

/**
 * Sets the distance between output frames to numerator / denominator input frames.
 *
 * @param frameBytes - bytes of an input frame: 8 for mono, 16 for stereo
 */
export function setStep(numerator: i32, stepDenominator: i32, frameBytes: usize): void {
	denominator = stepDenominator;
	phaseScale = <f64>KERNEL_PHASES / <f64>denominator;
	stepBytes = <usize>(numerator / denominator) * frameBytes;
	stepRest = numerator % denominator;
}

/** Starts a new signal whose first output frame has its first tap at an address. */
export function startAt(address: usize): void {
	position = address;
	rest = 0;
}

/** Follows the input when it moves to lower addresses. */
export function movePosition(bytes: usize): void {
	position -= bytes;
}

/** Address of the first input frame still needed. */
export function neededFrom(): usize {
	return position;
}

/** A pair of taps, interpolated from the table. */
function tapPair(row: usize, v: v128): v128 {
	const slope = f64x2.add(f64x2.mul(v128.load(row), v), v128.load(row, 16));
	return f64x2.add(f64x2.mul(slope, v), v128.load(row, 32));
}

function monoPair(frames: usize, row: usize, v: v128): v128 {
	return f64x2.mul(v128.load(frames), tapPair(row, v));
}

function stereoPair(frames: usize, row: usize, v: v128): v128 {
	const taps = tapPair(row, v);
	const first = f64x2.mul(v128.load(frames), v128.shuffle<f64>(taps, taps, 0, 0));
	return f64x2.add(first, f64x2.mul(v128.load(frames, 16), v128.shuffle<f64>(taps, taps, 1, 1)));
}

/**
 * Interpolates as many mono frames as the input allows.
 *
 * @param end - end of the input, f64 per frame
 * @param output - f32 per frame
 * @returns end of the output
 */
export function interpolateMono(end: usize, output: usize, table: usize): usize {
	const last = end - <usize>KERNEL_TAPS * 8;
	let frames = position;
	let fraction = rest;
	for (; frames <= last; output += 4) {
		const phase = <f64>fraction * phaseScale - 0.5;
		const rounded = phase + ROUNDING;
		const v = f64x2.splat(phase - (rounded - ROUNDING));
		let row = table + <usize>(<i32>reinterpret<i64>(rounded)) * KERNEL_ROW_BYTES;
		let sum = monoPair(frames, row, v);
		const rowEnd = row + KERNEL_ROW_BYTES;
		let pair = frames;
		for (row += 48; row < rowEnd; row += 48) {
			pair += 16;
			sum = f64x2.add(sum, monoPair(pair, row, v));
		}
		store<f32>(output, <f32>(f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)));
		fraction += stepRest;
		const carries = fraction >= denominator;
		frames += stepBytes + (carries ? 8 : 0);
		fraction -= carries ? denominator : 0;
	}
	position = frames;
	rest = fraction;
	return output;
}

/**
 * Interpolates as many stereo frames as the input allows.
 *
 * @param end - end of the input, two f64 per frame
 * @param output - two f32 per frame
 * @returns end of the output
 */
export function interpolateStereo(end: usize, output: usize, table: usize): usize {
	const last = end - <usize>KERNEL_TAPS * 16;
	let frames = position;
	let fraction = rest;
	for (; frames <= last; output += 8) {
		const phase = <f64>fraction * phaseScale - 0.5;
		const rounded = phase + ROUNDING;
		const v = f64x2.splat(phase - (rounded - ROUNDING));
		let row = table + <usize>(<i32>reinterpret<i64>(rounded)) * KERNEL_ROW_BYTES;
		let sum = stereoPair(frames, row, v);
		const rowEnd = row + KERNEL_ROW_BYTES;
		let pair = frames;
		for (row += 48; row < rowEnd; row += 48) {
			pair += 32;
			sum = f64x2.add(sum, stereoPair(pair, row, v));
		}
		v128.store64_lane(output, f32x4.demote_f64x2_zero(sum), 0);
		fraction += stepRest;
		const carries = fraction >= denominator;
		frames += stepBytes + (carries ? 16 : 0);
		fraction -= carries ? denominator : 0;
	}
	position = frames;
	rest = fraction;
	return output;
}
