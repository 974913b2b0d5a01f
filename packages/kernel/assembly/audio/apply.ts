import {
	COMMAND_SLOT,
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
	REPLAY_ADDRESS,
	REPLAY_COUNT,
	SET_MASTER_GAIN,
	START_REPLAY,
	STOP_ALL,
	STOP_SAMPLE,
	UNLOAD_SAMPLE,
} from "../../../engine/src/protocol/commands";
import { setMasterGain } from "./gain";
import { keepCommand } from "./journal";
import { clearPending } from "./pending";
import { isLoopLength, isRegion } from "./region";
import { startReplay } from "./replay";
import { clearSlot, fillSlot, slotLimit } from "./samples";
import { isSounding, startVoice, stopAllVoices, stopVoicesOfSlot } from "./voices";

let invalidCommands: u32 = 0;

/** Forgets the count. */
export function resetCommands(): void {
	invalidCommands = 0;
}

/** Commands skipped since the start: of an unknown type, or with an argument out of range. */
export function invalidCommandCount(): u32 {
	return invalidCommands;
}

/** Counts a command that is not applied. */
export function skipCommand(): void {
	invalidCommands++;
}

/** Applies a command when its turn in the ring has come. @returns as `applyCommand` */
export function applyAtOnce(command: usize, type: u32): bool {
	// Only here: one that waited for its frame leaves what waits for a later frame alone.
	if (type == STOP_ALL) clearPending();
	return applyCommand(command, type);
}

/**
 * Does what a command says and keeps it in the journal.
 *
 * @returns false, with nothing changed but the count, when an argument is out of range or the type is unknown
 */
export function applyCommand(command: usize, type: u32): bool {
	const isApplied = perform(command, type);
	if (!isApplied) skipCommand();
	// A replay's commands are journaled one by one.
	else if (type != START_REPLAY) keepCommand(command, type);
	return isApplied;
}

function perform(command: usize, type: u32): bool {
	switch (type) {
		case LOAD_SAMPLE:
			return loadSample(command);
		case PLAY_SAMPLE:
			return playSample(command);
		case STOP_SAMPLE:
			return stopSample(command);
		case STOP_ALL:
			stopAllVoices();
			return true;
		case UNLOAD_SAMPLE:
			return unloadSample(command);
		case SET_MASTER_GAIN:
			return setMasterGain(<f32>load<f64>(command, GAIN_DECIBELS), isSounding());
		case START_REPLAY:
			return startReplay(load<u32>(command, REPLAY_ADDRESS), load<u32>(command, REPLAY_COUNT));
		default:
			return false;
	}
}

function loadSample(command: usize): bool {
	const slot = load<u32>(command, COMMAND_SLOT);
	const handle = load<u32>(command, LOAD_HANDLE);
	const address = load<u32>(command, LOAD_ADDRESS);
	const frames = load<u32>(command, LOAD_FRAMES);
	const channels = load<u32>(command, LOAD_CHANNELS);
	const edgeFrames = load<u32>(command, LOAD_EDGE_FRAMES);

	if (slot >= slotLimit() || !isRegion(handle, address, frames, channels, edgeFrames)) return false;
	if (edgeFrames != 0 && !isLoopLength(load<f64>(command, LOAD_LOOP_FRAMES), frames)) return false;

	fillSlot(slot, command);
	return true;
}

function playSample(command: usize): bool {
	const slot = load<u32>(command, COMMAND_SLOT);
	const velocity = <f32>load<f64>(command, PLAY_VELOCITY);
	const inRange = velocity >= 0 && velocity <= 1; // false for NaN
	if (slot >= slotLimit() || !inRange) return false;

	startVoice(slot, velocity, (load<u32>(command, PLAY_FLAGS) & PLAY_LOOPING) != 0);
	return true;
}

function stopSample(command: usize): bool {
	const slot = load<u32>(command, COMMAND_SLOT);
	if (slot >= slotLimit()) return false;

	stopVoicesOfSlot(slot);
	return true;
}

function unloadSample(command: usize): bool {
	const slot = load<u32>(command, COMMAND_SLOT);
	if (slot >= slotLimit()) return false;

	stopVoicesOfSlot(slot);
	clearSlot(slot);
	return true;
}
