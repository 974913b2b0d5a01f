import { bitLimit, bitPosition, peekBits, ranOut, readSigned, readUnary, readUnsigned, seekBits } from "./bit-reader";

/** Folded residuals alternate in sign: 0, -1, 1, -2, … */
function unfold(folded: u32): i32 {
	return (folded >> 1) ^ -(folded & 1);
}

/** One residual whose unary part exceeds a word. */
function readLong(parameter: u32): i32 {
	const quotient = readUnary();
	const remainder = parameter == 0 ? 0 : <u32>readUnsigned(parameter);
	return unfold((quotient << parameter) | remainder);
}

function readRicePartition(start: usize, end: usize, parameter: u32): void {
	let cache: u64 = 0;
	let available: u32 = 0;
	let cacheEnd = bitPosition;
	for (let at = start; at < end; at += 4) {
		let zeros = <u32>clz(cache);
		let length = zeros + parameter + 1;
		if (length > available) {
			const position = cacheEnd - available;
			if (position > bitLimit) break;
			cache = peekBits(position);
			available = 64 - <u32>(position & 7);
			cacheEnd = position + available;
			zeros = <u32>clz(cache);
			length = zeros + parameter + 1;
			if (length > available) {
				seekBits(position);
				store<i32>(at, readLong(parameter));
				cacheEnd = bitPosition;
				available = 0;
				continue;
			}
		}
		// The one that ends the unary part is above the remainder and is subtracted with the quotient.
		const folded = ((zeros - 1) << parameter) + <u32>((cache << zeros) >> (63 - parameter));
		store<i32>(at, unfold(folded));
		cache <<= length;
		available -= length;
	}
	seekBits(cacheEnd - available);
}

function readEscapedPartition(start: usize, end: usize): void {
	const bits = <u32>readUnsigned(5);
	if (bits == 0) {
		memory.fill(start, 0, end - start);
		return;
	}
	for (let at = start; at < end && !ranOut(); at += 4) store<i32>(at, <i32>readSigned(bits));
}

/**
 * Reads the coded residual of a subframe into place, after the warm-up samples.
 *
 * Source: RFC 9639, section 9.2.7.
 *
 * @returns false if the coding is invalid or the data ends
 */
export function readResidual(samples: usize, blockFrames: u32, order: u32): bool {
	const method = <u32>readUnsigned(2);
	if (method > 1) return false;
	const parameterBits = 4 + method;
	const escape: u32 = (1 << parameterBits) - 1;
	const partitionOrder = <u32>readUnsigned(4);
	const partitionFrames = blockFrames >> partitionOrder;
	if (partitionFrames << partitionOrder != blockFrames || partitionFrames < order) return false;
	const blockEnd = samples + (blockFrames << 2);
	let start = samples + (order << 2);
	for (let end = samples + (partitionFrames << 2); end <= blockEnd; end += partitionFrames << 2) {
		const parameter = <u32>readUnsigned(parameterBits);
		if (parameter == escape) readEscapedPartition(start, end);
		else readRicePartition(start, end, parameter);
		if (ranOut()) return false;
		start = end;
	}
	return true;
}
