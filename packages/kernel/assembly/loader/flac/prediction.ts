import { COEFFICIENTS } from "./memory";

function coefficient(index: u32): i32 {
	return load<i32>(COEFFICIENTS + (index << 2));
}

function restore32(samples: usize, end: usize, order: u32, shift: u32): void {
	for (let at = samples + (order << 2); at < end; at += 4) {
		let prediction: i32 = 0;
		for (let tap: u32 = 0; tap < order; tap++) prediction += coefficient(tap) * load<i32>(at - 4 - (tap << 2));
		store<i32>(at, load<i32>(at) + (prediction >> shift));
	}
}

function restore64(samples: usize, end: usize, order: u32, shift: u32): void {
	for (let at = samples + (order << 2); at < end; at += 4) {
		let prediction: i64 = 0;
		for (let tap: u32 = 0; tap < order; tap++) {
			prediction += <i64>coefficient(tap) * <i64>load<i32>(at - 4 - (tap << 2));
		}
		store<i32>(at, load<i32>(at) + <i32>(prediction >> shift));
	}
}
export function restore(samples: usize, blockFrames: u32, order: u32, shift: u32, needs64: bool): void {
	const end = samples + (blockFrames << 2);
	if (needs64) restore64(samples, end, order, shift);
	else restore32(samples, end, order, shift);
}

export function restoreWide(residual: usize, samples: usize, blockFrames: u32, order: u32, shift: u32): void {
	for (let frame: u32 = order; frame < blockFrames; frame++) {
		const at = samples + (frame << 3);
		let prediction: i64 = 0;
		for (let tap: u32 = 0; tap < order; tap++) {
			prediction += <i64>coefficient(tap) * load<i64>(at - 8 - (tap << 3));
		}
		store<i64>(at, <i64>load<i32>(residual + (frame << 2)) + (prediction >> shift));
	}
}
