import { seamFrames } from "../../../engine/src/protocol/seam";
import {
	GUARD_FRAMES,
	MAX_HANDLES,
	PCM_ALIGNMENT,
	PCM_HEAP,
	WASM_PAGE_BYTES,
} from "../../../engine/src/protocol/shared-memory";

/** The rates that an engine and a source may have lie within 3,000 and 768,000 Hz. */
const MAX_RATIO: f64 = 256;
const MIN_RATIO: f64 = 1.0 / 256.0;

/** Whether a command names a handle that exists, and PCM that lies whole in the heap, with its guard frames and its edges. */
export function isRegion(handle: u32, address: u32, frames: u32, channels: u32, edgeFrames: u32): bool {
	if (handle < 1 || handle > <u32>MAX_HANDLES) return false;
	if (channels < 1 || channels > 2) return false;
	const frameBytes = channels * sizeof<f32>();
	if (address < <u32>PCM_HEAP + GUARD_FRAMES * frameBytes || address % PCM_ALIGNMENT != 0) return false;
	// In 64 bits, because 65,536 pages and the end of the last region do not fit 32.
	const room = <i64>memory.size() * WASM_PAGE_BYTES - address;
	const roomFrames = room / frameBytes - GUARD_FRAMES;
	if (frames < 1 || <i64>frames > roomFrames) return false;
	return <i64>frames + seamFrames(frames, min<u32>(edgeFrames, frames)) <= roomFrames;
}

/** Whether rounds of so many frames are the sample's own length but for less than a frame. */
export function isLoopLength(loopFrames: f64, frames: u32): bool {
	return floor(loopFrames + 0.5) == <f64>frames; // false for NaN
}

/** Whether a sample may have so many frames per frame of its source. */
export function isRatio(ratio: f64): bool {
	return ratio >= MIN_RATIO && ratio <= MAX_RATIO; // false for NaN
}
