import { COEFFICIENTS } from "./memory";

function restore32(samples: usize, end: usize, order: u32, shift: u32): void {
	const span = order << 2;
	const coefficients = COEFFICIENTS;
	for (let at = samples + span; at < end; at += 4) {
		let prediction: i32 = 0;
		for (let tap: usize = 0; tap < span; tap += 4) {
			prediction += load<i32>(coefficients + tap) * load<i32>(at - 4 - tap);
		}
		store<i32>(at, load<i32>(at) + (prediction >> shift));
	}
}

function restore64(samples: usize, end: usize, order: u32, shift: u32): void {
	const span = order << 2;
	const coefficients = COEFFICIENTS;
	for (let at = samples + span; at < end; at += 4) {
		let prediction: i64 = 0;
		for (let tap: usize = 0; tap < span; tap += 4) {
			prediction += <i64>load<i32>(coefficients + tap) * <i64>load<i32>(at - 4 - tap);
		}
		store<i32>(at, load<i32>(at) + <i32>(prediction >> shift));
	}
}

/**
 * Adds the linear prediction to a residual in place, in 32 bits or, if a sum might overflow, in 64.
 *
 * Source: RFC 9639, section 9.2.6.
 *
 * @param samples - as many warm-up samples as the order, then the residual
 * @param order - coefficients, newest sample first, 0..32
 */
export function restore(samples: usize, blockFrames: u32, order: u32, shift: u32, needs64: bool): void {
	const end = samples + (blockFrames << 2);
	if (needs64) restore64(samples, end, order, shift);
	else restore32(samples, end, order, shift);
}

/** Like `restore`, from a 32-bit residual to 64-bit samples that start with their warm-up. */
export function restoreWide(residual: usize, samples: usize, blockFrames: u32, order: u32, shift: u32): void {
	for (let frame: u32 = order; frame < blockFrames; frame++) {
		const at = samples + (frame << 3);
		let prediction: i64 = 0;
		for (let tap: u32 = 0; tap < order; tap++) {
			prediction += <i64>load<i32>(COEFFICIENTS + (tap << 2)) * load<i64>(at - 8 - (tap << 3));
		}
		store<i64>(at, <i64>load<i32>(residual + (frame << 2)) + (prediction >> shift));
	}
}
