import {
	ARGUMENT,
	CANCEL_QUEUED,
	COMMAND_SLOT,
	END_ROLL,
	LOAD_ADDRESS,
	LOAD_CHANNELS,
	LOAD_EDGE_FRAMES,
	LOAD_FRAMES,
	LOAD_HANDLE,
	LOAD_LOOP_FRAMES,
	LOAD_RATIO,
	LOAD_SAMPLE,
	NUDGE_TRANSPORT,
	PARAMETER_NUMBER,
	PARAMETER_VALUE,
	PAUSE_PAD,
	PLAY_SAMPLE,
	PRESS,
	PRESS_VELOCITY,
	RELEASE,
	REPLAY_ADDRESS,
	REPLAY_COUNT,
	RESUME_PAD,
	ROLL_PAD,
	SEEK_PAD,
	SET_PARAMETER,
	SET_SLICES,
	SET_VOICE_GAIN,
	SILENT,
	START_CAPTURE,
	START_REPLAY,
	START_TRANSPORT,
	STOP_ALL,
	STOP_CAPTURE,
	STOP_PAD,
	STOP_SAMPLE,
	STOP_VOICE,
	UNLOAD_SAMPLE,
} from "../../../engine/src/protocol/commands";
import { startCapture, stopCapture } from "./capture";
import { keepCommand } from "./journal";
import { endRoll, forgetPause, forgetPauses, pausePad, refit, resumePad, rollPad, seekPad } from "./pad-moves";
import { cancelAllQueued, cancelQueued } from "./pad-queue";
import { pressPad, releasePad, stopPad } from "./pads";
import { setParameter } from "./parameters";
import { clearPending } from "./pending";
import { isVelocity, playSample, setVoiceGain, stopVoice } from "./play-sample";
import { isLoopLength, isRatio, isRegion } from "./region";
import { startReplay } from "./replay";
import { clearSlot, fillSlot, slotLimit } from "./samples";
import { areSlicesComplete, clearSlices, takeSlices } from "./slices";
import { controlTransport } from "./transport-commands";
import { stopAllVoices, stopVoicesOf } from "./voices";

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

/** Whether a command has the type. */
export function isCommand(type: u32): bool {
	return (type >= <u32>LOAD_SAMPLE && type <= <u32>SET_VOICE_GAIN && type != SILENT) || type == SET_SLICES;
}

/** Applies a command when its turn in the ring has come. @returns as `applyCommand` */
export function applyAtOnce(command: usize, type: u32): bool {
	// Only here: one that waited leaves what waits for later alone.
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
	else if (isPerformed(type)) keepCommand(command, type);
	return isApplied;
}

/** Whether a command is part of a performance: captures change nothing that is heard, and a replay's commands are journaled one by one. */
function isPerformed(type: u32): bool {
	return type != START_REPLAY && type != START_CAPTURE && type != STOP_CAPTURE;
}

function perform(command: usize, type: u32): bool {
	const slot = load<u32>(command, COMMAND_SLOT);
	switch (type) {
		case STOP_ALL:
			cancelAllQueued();
			forgetPauses();
			stopAllVoices();
			return true;
		case SET_PARAMETER:
			return setParameter(slot, load<u32>(command, PARAMETER_NUMBER), load<f64>(command, PARAMETER_VALUE));
		case STOP_VOICE:
			stopVoice(command);
			return true;
		case SET_VOICE_GAIN:
			return setVoiceGain(command);
		case START_REPLAY:
			return startReplay(load<u32>(command, REPLAY_ADDRESS), load<u32>(command, REPLAY_COUNT));
		case START_CAPTURE:
			return startCapture(command);
		case STOP_CAPTURE:
			return stopCapture(command);
		default:
			if (type >= <u32>START_TRANSPORT && type <= <u32>NUDGE_TRANSPORT) return controlTransport(command, type);
			return slot < slotLimit() && performOnSlot(command, type, slot);
	}
}

function performOnSlot(command: usize, type: u32, slot: u32): bool {
	switch (type) {
		case LOAD_SAMPLE:
			return loadSample(command, slot);
		case PLAY_SAMPLE:
			return playSample(command);
		case STOP_SAMPLE:
			stopSlot(slot);
			return true;
		case UNLOAD_SAMPLE:
			stopSlot(slot);
			clearSlot(slot);
			clearSlices(slot);
			return true;
		case PRESS:
			return press(command, slot);
		case RELEASE:
			releasePad(slot);
			return true;
		case STOP_PAD:
			stopPad(slot);
			return true;
		case CANCEL_QUEUED:
			cancelQueued(slot);
			return true;
		case PAUSE_PAD:
			pausePad(slot);
			return true;
		case RESUME_PAD:
			resumePad(slot);
			return true;
		case SEEK_PAD:
			return seekPad(slot, load<f64>(command, ARGUMENT));
		case ROLL_PAD:
			return rollPad(slot, load<f64>(command, ARGUMENT));
		case END_ROLL:
			endRoll(slot);
			return true;
		case SET_SLICES:
			return setSlices(command, slot);
		default:
			return false;
	}
}

function stopSlot(slot: u32): void {
	cancelQueued(slot);
	forgetPause(slot);
	stopVoicesOf(slot, false);
}

function loadSample(command: usize, slot: u32): bool {
	const handle = load<u32>(command, LOAD_HANDLE);
	const address = load<u32>(command, LOAD_ADDRESS);
	const frames = load<u32>(command, LOAD_FRAMES);
	const channels = load<u32>(command, LOAD_CHANNELS);
	const edgeFrames = load<u32>(command, LOAD_EDGE_FRAMES);

	if (!isRegion(handle, address, frames, channels, edgeFrames)) return false;
	if (edgeFrames != 0 && !isLoopLength(load<f64>(command, LOAD_LOOP_FRAMES), frames)) return false;

	if (!isRatio(load<f64>(command, LOAD_RATIO))) return false;

	fillSlot(slot, command);
	clearSlices(slot);
	refit(slot);
	return true;
}

function setSlices(command: usize, slot: u32): bool {
	if (!takeSlices(command, slot)) return false;
	if (areSlicesComplete(slot)) refit(slot);
	return true;
}

function press(command: usize, slot: u32): bool {
	const velocity = <f32>load<f64>(command, PRESS_VELOCITY);
	if (!isVelocity(velocity)) return false;

	pressPad(slot, velocity);
	return true;
}
