import { KERNEL_PHASES, KERNEL_ROW_BYTES, KERNEL_TAPS } from "./interpolation-kernel";

/** Where the next output frame lies: the first of its taps, and the rest as a fraction of the denominator. */
let position: usize = 0;
let rest: i32 = 0;
/** Input frames from one output frame to the next: a whole number and a fraction. */
let stepBytes: usize = 0;
let stepRest: i32 = 0;
let denominator: i32 = 1;

/**
 * Sets the distance of two output frames to numerator / denominator input frames.
 *
 * @param frameBytes - bytes of an input frame: 8 for mono, 16 for stereo
 */
export function setStep(numerator: i32, stepDenominator: i32, frameBytes: usize): void {
	denominator = stepDenominator;
	stepBytes = <usize>(numerator / denominator) * frameBytes;
	stepRest = numerator % denominator;
}

/** Starts a new signal whose first output frame has its first tap at this address. */
export function startAt(address: usize): void {
	position = address;
	rest = 0;
}

/** Follows the input when it is moved towards lower addresses. */
export function movePosition(bytes: usize): void {
	position -= bytes;
}

/** Address of the first input frame that is still needed. */
export function neededFrom(): usize {
	return position;
}

function stepOn(frameBytes: usize): void {
	position += stepBytes;
	rest += stepRest;
	if (rest >= denominator) {
		rest -= denominator;
		position += frameBytes;
	}
}

/** A pair of taps, interpolated in the table. */
function tapPair(row: usize, v: v128): v128 {
	const slope = f64x2.add(f64x2.mul(v128.load(row), v), v128.load(row, 16));
	return f64x2.add(f64x2.mul(slope, v), v128.load(row, 32));
}

/**
 * Interpolates as many mono frames as the input allows.
 *
 * @param end - end of the input, f64 a frame
 * @param output - f32 a frame
 * @returns end of the output
 */
export function interpolateMono(end: usize, output: usize, table: usize): usize {
	const phaseScale = <f64>KERNEL_PHASES / <f64>denominator;
	for (const last = end - <usize>KERNEL_TAPS * 8; position <= last; output += 4) {
		const scaled = <f64>rest * phaseScale;
		const phase = <i32>scaled;
		const v = f64x2.splat(scaled - <f64>phase - 0.5);
		let row = table + <usize>phase * KERNEL_ROW_BYTES;
		let sum = f64x2.splat(0);
		for (let frame = position, stop = position + <usize>KERNEL_TAPS * 8; frame < stop; frame += 16, row += 48) {
			sum = f64x2.add(sum, f64x2.mul(v128.load(frame), tapPair(row, v)));
		}
		store<f32>(output, <f32>(f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)));
		stepOn(8);
	}
	return output;
}

/**
 * Interpolates as many stereo frames as the input allows.
 *
 * @param end - end of the input, two f64 a frame
 * @param output - two f32 a frame
 * @returns end of the output
 */
export function interpolateStereo(end: usize, output: usize, table: usize): usize {
	const phaseScale = <f64>KERNEL_PHASES / <f64>denominator;
	for (const last = end - <usize>KERNEL_TAPS * 16; position <= last; output += 8) {
		const scaled = <f64>rest * phaseScale;
		const phase = <i32>scaled;
		const v = f64x2.splat(scaled - <f64>phase - 0.5);
		let row = table + <usize>phase * KERNEL_ROW_BYTES;
		let even = f64x2.splat(0);
		let odd = f64x2.splat(0);
		for (let frame = position, stop = position + <usize>KERNEL_TAPS * 16; frame < stop; frame += 32, row += 48) {
			const taps = tapPair(row, v);
			even = f64x2.add(even, f64x2.mul(v128.load(frame), v128.shuffle<f64>(taps, taps, 0, 0)));
			odd = f64x2.add(odd, f64x2.mul(v128.load(frame, 16), v128.shuffle<f64>(taps, taps, 1, 1)));
		}
		v128.store64_lane(output, f32x4.demote_f64x2_zero(f64x2.add(even, odd)), 0);
		stepOn(16);
	}
	return output;
}
