import { HEADER, HEADER_PEAK_EPOCH } from "../../../engine/src/protocol/shared-memory";
import { FRAME_BYTES, MIX } from "./mix";

let epoch: u32 = 0;
let peak: f32 = 0;
let newestBlockPeak: f32 = 0;

/** Forgets the peak and starts with the reader's present epoch. */
export function resetMeter(): void {
	epoch = atomic.load<u32>(HEADER, HEADER_PEAK_EPOCH);
	peak = 0;
	newestBlockPeak = 0;
}

/** Highest absolute sample since the reader's last change of HEADER_PEAK_EPOCH. */
export function heldPeak(): f32 {
	return peak;
}

/** The epoch that the held peak belongs to. */
export function peakEpoch(): u32 {
	return epoch;
}

/** Measures the finished mix. */
export function measureBlock(frames: u32): void {
	const blockPeak = highestMagnitude(frames);
	const currentEpoch = atomic.load<u32>(HEADER, HEADER_PEAK_EPOCH);
	if (currentEpoch != epoch) {
		epoch = currentEpoch;
		// The reader may have missed the block rendered between its read and its change of the epoch.
		peak = newestBlockPeak;
	}
	peak = max(peak, blockPeak);
	newestBlockPeak = blockPeak;
}

function highestMagnitude(frames: u32): f32 {
	const end: usize = MIX + frames * FRAME_BYTES;
	let highest = f32x4.splat(0);
	for (let source: usize = MIX; source < end; source += 16) {
		// pmax keeps its first operand when the second is NaN.
		highest = f32x4.pmax(highest, f32x4.abs(v128.load(source)));
	}
	return max(
		max(f32x4.extract_lane(highest, 0), f32x4.extract_lane(highest, 1)),
		max(f32x4.extract_lane(highest, 2), f32x4.extract_lane(highest, 3)),
	);
}
