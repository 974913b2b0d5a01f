/** Timed commands: kept until their frame comes, so that they take effect inside a block. */
import {
	AT_FRAME,
	COMMAND_FRAME_LOW,
	COMMAND_TYPE,
	PLAY_SAMPLE,
	SET_MASTER_GAIN,
	STOP_ALL,
	STOP_SAMPLE,
	UNLOAD_SAMPLE,
} from "../../../engine/src/protocol/commands";
import { applyCommand, skipCommand } from "./apply";
import { now } from "./clock";
import { addPending, clearPending, countTimedDone, nextPendingFrame, takePending } from "./pending";
import { nextReplayFrame, takeReplayCommand } from "./replay";

let lateCommands: u32 = 0;

/** Forgets every waiting command and the count. */
export function resetTimed(): void {
	clearPending();
	lateCommands = 0;
}

/** Commands whose frame had passed when they were read. */
export function lateCommandCount(): u32 {
	return lateCommands;
}

/** Takes a timed command: keeps it, or applies it at once when its frame is now or has passed. */
export function takeTimedCommand(command: usize, ring: u32): void {
	const type = load<u32>(command, COMMAND_TYPE) ^ AT_FRAME;
	const frame = load<u64>(command, COMMAND_FRAME_LOW);
	if (canWait(type) && frame > now()) {
		if (addPending(command, ring)) return;
		skipCommand();
	} else if (canWait(type)) {
		if (frame < now()) lateCommands++;
		applyCommand(command, type);
	} else {
		skipCommand();
	}
	countTimedDone(ring);
}

/** Applies the waiting commands whose frame is the next to be rendered. */
export function applyDueCommands(): void {
	// A replay's commands come before those sent meanwhile.
	while (nextReplayFrame() <= now()) applyTaken(takeReplayCommand());
	while (nextPendingFrame() <= now()) applyTaken(takePending());
}

/** How many of the next frames can be rendered before a waiting command is due. */
export function framesUntilDue(frames: u32): u32 {
	return <u32>min<u64>(frames, min<u64>(nextPendingFrame(), nextReplayFrame()) - now());
}

function applyTaken(command: usize): void {
	applyCommand(command, load<u32>(command, COMMAND_TYPE) ^ AT_FRAME);
}

/** Whether commands of the type may wait. `LOAD_SAMPLE` cannot be scheduled: nothing would own its handle until then. */
function canWait(type: u32): bool {
	return (
		type == PLAY_SAMPLE || type == STOP_SAMPLE || type == STOP_ALL || type == UNLOAD_SAMPLE || type == SET_MASTER_GAIN
	);
}
