import { hasBits, ranOut, readSigned, readUnary, readUnsigned } from "./bit-reader";
import { COEFFICIENTS, WIDE_CHANNEL } from "./memory";
import { restore, restoreWide } from "./prediction";
import { readResidual } from "./residual";

/** The one depth whose samples exceed a word: the side channel of a 32-bit recording. */
export const WIDE_BITS: u32 = 33;

const CONSTANT: u32 = 0;
const VERBATIM: u32 = 1;
const FIXED: u32 = 8;
const MAX_FIXED_ORDER: u32 = 4;
const LINEAR: u32 = 32;
const INVALID_PRECISION: u32 = 16;

/** True while a 33-bit subframe is read: its samples go to the wide channel. */
let isWide: bool = false;

/** Reads verbatim samples: one for a constant subframe, as many as its order for a predicted one. */
function readSamples(samples: usize, count: u32, bits: u32): bool {
	if (!hasBits(<usize>count * bits)) return readPastEnd();
	for (let frame: usize = 0; frame < count; frame++) {
		if (isWide) store<i64>(WIDE_CHANNEL + (frame << 3), readSigned(bits));
		else store<i32>(samples + (frame << 2), <i32>readSigned(bits));
	}
	return true;
}

/** Moves past the limit, so that the failure counts as missing data. */
function readPastEnd(): bool {
	while (!ranOut()) readUnsigned(57);
	return false;
}

function readConstant(samples: usize, blockFrames: u32, bits: u32): bool {
	const value = readSigned(bits);
	for (let frame: usize = 0; frame < blockFrames; frame++) {
		if (isWide) store<i64>(WIDE_CHANNEL + (frame << 3), value);
		else store<i32>(samples + (frame << 2), <i32>value);
	}
	return !ranOut();
}

function readFixed(samples: usize, blockFrames: u32, order: u32, bits: u32): bool {
	if (!readSamples(samples, order, bits) || !readResidual(samples, blockFrames, order)) return false;
	let coefficient: i32 = 1;
	for (let tap: u32 = 1; tap <= order; tap++) {
		// Binomial coefficients with alternating signs: the differences of a polynomial.
		coefficient = (coefficient * <i32>(order + 1 - tap)) / <i32>tap;
		store<i32>(COEFFICIENTS + ((tap - 1) << 2), tap & 1 ? coefficient : -coefficient);
	}
	// A sum that overflows 32 bits wraps back to the right value because nothing is shifted.
	if (isWide) restoreWide(samples, WIDE_CHANNEL, blockFrames, order, 0);
	else restore(samples, blockFrames, order, 0, false);
	return true;
}

function readLinear(samples: usize, blockFrames: u32, order: u32, bits: u32): bool {
	if (!readSamples(samples, order, bits)) return false;
	const precision = <u32>readUnsigned(4) + 1;
	const shift = <i32>readSigned(5);
	if (precision == INVALID_PRECISION || shift < 0) return false;
	for (let tap: u32 = 0; tap < order; tap++) {
		store<i32>(COEFFICIENTS + (tap << 2), <i32>readSigned(precision));
	}
	if (!readResidual(samples, blockFrames, order)) return false;
	const sumBits = bits + precision + (31 - clz(order));
	if (isWide) restoreWide(samples, WIDE_CHANNEL, blockFrames, order, shift);
	else restore(samples, blockFrames, order, shift, sumBits > 32);
	return true;
}

function readBody(type: u32, samples: usize, blockFrames: u32, bits: u32): bool {
	if (type == CONSTANT) return readConstant(samples, blockFrames, bits);
	if (type == VERBATIM) return readSamples(samples, blockFrames, bits);
	if (type >= LINEAR) {
		const order = type - LINEAR + 1;
		return order <= blockFrames && readLinear(samples, blockFrames, order, bits);
	}
	const order = type - FIXED;
	return (
		type >= FIXED && order <= MAX_FIXED_ORDER && order <= blockFrames && readFixed(samples, blockFrames, order, bits)
	);
}

/**
 * Reads one channel of a frame.
 *
 * Source: RFC 9639, section 9.2.
 *
 * @param samples - destination of the block; one of 33 bits goes to the wide channel and uses this as scratch
 * @param bits - depth of the channel, 1..33
 * @returns false if the coding is invalid or the data ends
 */
export function readSubframe(samples: usize, blockFrames: u32, bits: u32): bool {
	if (readUnsigned(1) != 0) return false;
	const type = <u32>readUnsigned(6);
	const wastedBits: u32 = readUnsigned(1) != 0 ? readUnary() + 1 : 0;
	if (wastedBits >= bits) return false;
	const codedBits = bits - wastedBits;
	isWide = codedBits == WIDE_BITS;
	if (!readBody(type, samples, blockFrames, codedBits)) return false;
	if (bits == WIDE_BITS && !isWide) widen(samples, blockFrames, wastedBits);
	else if (wastedBits > 0) shiftLeft(samples, blockFrames, wastedBits);
	return true;
}

function shiftLeft(samples: usize, blockFrames: u32, places: u32): void {
	for (let at = samples, end = samples + (blockFrames << 2); at < end; at += 4) store<i32>(at, load<i32>(at) << places);
}

function widen(samples: usize, blockFrames: u32, places: u32): void {
	for (let frame: usize = 0; frame < blockFrames; frame++) {
		store<i64>(WIDE_CHANNEL + (frame << 3), (<i64>load<i32>(samples + (frame << 2))) << places);
	}
}
