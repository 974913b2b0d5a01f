/** Commands that wait: kept until their frame or their line comes, so that they take effect inside a block. */
import {
	AT_FRAME,
	AT_LINE,
	COMMAND_FRAME_LOW,
	COMMAND_TYPE,
	LOAD_SAMPLE,
	START_REPLAY,
} from "../../../engine/src/protocol/commands";
import { MAX_BEATS, MIN_BEATS } from "../../../engine/src/protocol/parameters";
import { applyCommand, isCommand, skipCommand } from "./apply";
import { now } from "./clock";
import { addLined, framesUntilLine, resetLines } from "./lines";
import { framesUntilQueued } from "./pad-queue";
import { addPending, countTimedDone, firstKey, lined, resetPending, takePending, timed } from "./pending";
import { nextReplayFrame, takeReplayCommand } from "./replay";
import { framesToLine, isTransportRunning, nextLine } from "./transport";
import { takeWaitingVoice } from "./waiting-voices";

let lateCommands: u32 = 0;

/** Forgets every waiting command and the count. */
export function resetTimed(): void {
	resetPending();
	lateCommands = 0;
	resetLines();
}

/** Commands whose frame had passed when they were read. */
export function lateCommandCount(): u32 {
	return lateCommands;
}

/** Takes a command with a frame or a quantum: keeps it, or applies it at once when its moment is now or has passed. */
export function takeTimedCommand(command: usize, ring: u32): void {
	const type = load<u32>(command, COMMAND_TYPE);
	// With both flags one is left, which no command has.
	const isTaken =
		type & AT_FRAME ? takeForFrame(command, type ^ AT_FRAME, ring) : takeForLine(command, type ^ AT_LINE, ring);
	if (!isTaken) countTimedDone(ring);
}

/** Applies the waiting commands that are due on the next frame to be rendered. */
export function applyDueCommands(): void {
	// A replay's commands come before those sent meanwhile.
	while (nextReplayFrame() <= now()) applyTaken(takeReplayCommand(), AT_FRAME);
	while (firstKey(timed) <= now()) applyTaken(takePending(timed), AT_FRAME);
	while (framesUntilLine() <= 0) applyTaken(takePending(lined), AT_LINE);
}

/** How many of the next frames, 1 or more, can be rendered before a command or a queued action is due. */
export function framesUntilDue(frames: u32): u32 {
	const commandFrames = min<u64>(firstKey(timed), nextReplayFrame()) - now();
	const lineFrames = min<i64>(framesUntilLine(), framesUntilQueued());
	return <u32>max<u64>(min<u64>(min<u64>(frames, commandFrames), <u64>max<i64>(lineFrames, 1)), 1);
}

/** @returns whether it is kept */
function takeForFrame(command: usize, type: u32, ring: u32): bool {
	const frame = load<u64>(command, COMMAND_FRAME_LOW);
	if (!canWait(type)) {
		skipCommand();
	} else if (frame > now()) {
		if (addPending(timed, command, frame, ring, 0)) return true;
		skipCommand();
	} else {
		if (frame < now()) lateCommands++;
		applyCommand(command, type);
	}
	return false;
}

/** @returns whether it is kept */
function takeForLine(command: usize, type: u32, ring: u32): bool {
	const quantum = load<f64>(command, COMMAND_FRAME_LOW);
	if (!(canWait(type) && quantum >= MIN_BEATS && quantum <= MAX_BEATS)) {
		skipCommand();
	} else if (isTransportRunning() && framesToLine(nextLine(quantum)) > 0) {
		if (addLined(command, ring, quantum)) return true;
		skipCommand();
	} else {
		applyCommand(command, type);
	}
	return false;
}

function applyTaken(command: usize, flag: u32): void {
	if (!takeWaitingVoice(command)) return;
	applyCommand(command, load<u32>(command, COMMAND_TYPE) ^ flag);
}

/** Whether commands of the type may wait. `LOAD_SAMPLE` cannot be scheduled: nothing would own its handle until then. */
function canWait(type: u32): bool {
	return type != LOAD_SAMPLE && type != START_REPLAY && isCommand(type);
}
