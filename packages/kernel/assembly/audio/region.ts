import { MAX_HANDLES, PCM_ALIGNMENT, PCM_HEAP, WASM_PAGE_BYTES } from "../../../engine/src/protocol/layout";

/** Whether a record names a handle that exists, and PCM that lies whole in the heap. */
export function isRegion(handle: u32, address: u32, frames: u32, channels: u32): bool {
	if (handle < 1 || handle > <u32>MAX_HANDLES) return false;
	if (frames < 1 || channels < 1 || channels > 2) return false;
	if (address < <u32>PCM_HEAP || address % PCM_ALIGNMENT != 0) return false;
	// In 64 bits, because 65,536 pages and the end of the last region do not fit 32.
	const end = <u64>address + <u64>frames * channels * sizeof<f32>();
	return end <= <u64>memory.size() * WASM_PAGE_BYTES;
}
