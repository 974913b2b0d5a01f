import { roundStart, seamFrames } from "../../../engine/src/protocol/seam";
import {
	GUARD_FRAMES,
	MAX_HANDLES,
	PCM_ALIGNMENT,
	PCM_HEAP,
	WASM_PAGE_BYTES,
} from "../../../engine/src/protocol/shared-memory";

/** Whether a command names a handle that exists, and PCM that lies whole in the heap, its edges too. */
export function isRegion(handle: u32, address: u32, frames: u32, channels: u32, edgeFrames: u32): bool {
	if (handle < 1 || handle > <u32>MAX_HANDLES) return false;
	if (channels < 1 || channels > 2) return false;
	if (address < <u32>PCM_HEAP || address % PCM_ALIGNMENT != 0) return false;
	// In 64 bits, because 65,536 pages and the end of the last region do not fit 32.
	const room = <i64>memory.size() * WASM_PAGE_BYTES - address;
	const roomFrames = room / (channels * sizeof<f32>());
	if (frames < 1 || <i64>frames > roomFrames) return false;
	if (edgeFrames == 0) return true;
	return <i64>frames + GUARD_FRAMES + seamFrames(frames, min<u32>(edgeFrames, frames)) <= roomFrames;
}

/** Whether rounds of so many frames are the sample's own length, or a frame less or more. */
export function isLoopLength(loopFrames: f64, frames: u32): bool {
	return roundStart(loopFrames, 1) == <f64>frames; // false for NaN
}
