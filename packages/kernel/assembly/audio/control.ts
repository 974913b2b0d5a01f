import {
	GAIN_DECIBELS,
	LOAD_ADDRESS,
	LOAD_CHANNELS,
	LOAD_EDGE_FRAMES,
	LOAD_FRAMES,
	LOAD_HANDLE,
	LOAD_LOOP_FRAMES,
	LOAD_SAMPLE,
	PLAY_FLAGS,
	PLAY_LOOPING,
	PLAY_SAMPLE,
	PLAY_VELOCITY,
	RECORD_SLOT,
	RESTORE_BEGIN,
	RESTORE_GAIN,
	RESTORE_TAIL,
	RESTORE_VOICE,
	SET_MASTER_GAIN,
	STOP_ALL,
	STOP_SAMPLE,
	UNLOAD_SAMPLE,
} from "../../../engine/src/protocol/control-messages";
import { clearSlot, fillSlot, slotLimit } from "./bank";
import { setMasterGain } from "./gain";
import { keepRecord } from "./journal";
import { clearPending } from "./pending";
import { isLoopLength, isRegion } from "./region";
import { restoreGain, restoreNothing, restoreTail, restoreVoice } from "./restore";
import { isSounding, startVoice, stopAllVoices, stopVoicesOfSlot } from "./voices";

let invalidRecords: u32 = 0;

/** Forgets the count. */
export function resetControl(): void {
	invalidRecords = 0;
}

/** Records skipped since the start: of an unknown type, or with an argument out of range. */
export function invalidRecordCount(): u32 {
	return invalidRecords;
}

/** Counts a record that is not applied. */
export function skipRecord(): void {
	invalidRecords++;
}

/** Applies a record when its turn in the ring has come. @returns as `applyRecord` */
export function applyAtOnce(record: usize, type: u32): bool {
	// Only here: one that waited for its frame was meant to leave alone what waits for a later one.
	if (type == STOP_ALL) clearPending();
	return applyRecord(record, type);
}

/**
 * Does what a record says and keeps it in the journal.
 *
 * @returns false, with nothing changed but the count, when the record cannot be believed
 */
export function applyRecord(record: usize, type: u32): bool {
	const isCommand = type < <u32>RESTORE_BEGIN;
	const isApplied = isCommand ? command(record, type) : restore(record, type);
	if (!isApplied) skipRecord();
	else if (isCommand) keepRecord(record, type);
	return isApplied;
}

function command(record: usize, type: u32): bool {
	switch (type) {
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

/** A journal does not keep what a replay restores: it has no frame. */
function restore(record: usize, type: u32): bool {
	switch (type) {
		case RESTORE_BEGIN:
			restoreNothing();
			return true;
		case RESTORE_VOICE:
			return restoreVoice(record);
		case RESTORE_TAIL:
			return restoreTail(record);
		case RESTORE_GAIN:
			return restoreGain(record);
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
	const edgeFrames = load<u32>(record, LOAD_EDGE_FRAMES);

	if (slot >= slotLimit() || !isRegion(handle, address, frames, channels, edgeFrames)) return false;
	if (edgeFrames != 0 && !isLoopLength(load<f64>(record, LOAD_LOOP_FRAMES), frames)) return false;

	fillSlot(slot, record);
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
