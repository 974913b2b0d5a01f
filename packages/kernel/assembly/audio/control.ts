import {
	GAIN_DECIBELS,
	LOAD_ADDRESS,
	LOAD_CHANNELS,
	LOAD_FRAMES,
	LOAD_HANDLE,
	LOAD_SAMPLE,
	PLAY_FLAGS,
	PLAY_LOOPING,
	PLAY_SAMPLE,
	PLAY_VELOCITY,
	RECORD_SLOT,
	RECORD_TYPE,
	SET_MASTER_GAIN,
	STOP_ALL,
	STOP_SAMPLE,
	UNLOAD_SAMPLE,
} from "../../../engine/src/protocol/control-messages";
import { MAX_HANDLES, PCM_ALIGNMENT, PCM_HEAP, WASM_PAGE_BYTES } from "../../../engine/src/protocol/layout";
import { clearSlot, fillSlot, slotLimit } from "./bank";
import { setMasterGain } from "./gain";
import { isSounding, startVoice, stopAllVoices, stopVoicesOfSlot } from "./voices";

/**
 * Does what one control record says.
 *
 * @returns false, with nothing changed, when its type is unknown or an argument is out of range
 */
export function applyRecord(record: usize): bool {
	switch (load<u32>(record, RECORD_TYPE)) {
		case LOAD_SAMPLE:
			return loadSample(record);
		case PLAY_SAMPLE:
			return playSample(record);
		case STOP_SAMPLE:
			return stopSample(record);
		case STOP_ALL:
			stopAllVoices();
			return true;
		case UNLOAD_SAMPLE:
			return unloadSample(record);
		case SET_MASTER_GAIN:
			return setMasterGain(load<f32>(record, GAIN_DECIBELS), isSounding());
		default:
			return false;
	}
}

function loadSample(record: usize): bool {
	const slot = load<u32>(record, RECORD_SLOT);
	const handle = load<u32>(record, LOAD_HANDLE);
	const address = load<u32>(record, LOAD_ADDRESS);
	const frames = load<u32>(record, LOAD_FRAMES);
	const channels = load<u32>(record, LOAD_CHANNELS);

	if (slot >= slotLimit()) return false;
	if (handle < 1 || handle > <u32>MAX_HANDLES) return false;
	if (frames < 1 || channels < 1 || channels > 2) return false;
	if (address < <u32>PCM_HEAP || address % PCM_ALIGNMENT != 0) return false;
	// In 64 bits, because 65,536 pages and the end of the last region do not fit 32.
	const end = <u64>address + <u64>frames * channels * sizeof<f32>();
	if (end > <u64>memory.size() * WASM_PAGE_BYTES) return false;

	fillSlot(slot, handle, address, frames, channels);
	return true;
}

function playSample(record: usize): bool {
	const slot = load<u32>(record, RECORD_SLOT);
	const velocity = load<f32>(record, PLAY_VELOCITY);
	const inRange = velocity >= 0 && velocity <= 1; // false for NaN
	if (slot >= slotLimit() || !inRange) return false;

	startVoice(slot, velocity, (load<u32>(record, PLAY_FLAGS) & PLAY_LOOPING) != 0);
	return true;
}

function stopSample(record: usize): bool {
	const slot = load<u32>(record, RECORD_SLOT);
	if (slot >= slotLimit()) return false;

	stopVoicesOfSlot(slot);
	return true;
}

function unloadSample(record: usize): bool {
	const slot = load<u32>(record, RECORD_SLOT);
	if (slot >= slotLimit()) return false;

	stopVoicesOfSlot(slot);
	clearSlot(slot);
	return true;
}
