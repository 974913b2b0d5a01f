/** What pads wait for: one action each, on a line. */
import { MAX_SLOTS } from "../../../engine/src/protocol/shared-memory";
import { slotLimit } from "./samples";
import { showPad } from "./shown-pads";
import { framesToLine, lineAfter, lineFromMove, transportMoves } from "./transport";

export const NO_ACTION: u8 = 0;
/** A start that a press has asked for, a restart included. */
export const QUEUED_START: u8 = 1;
/** A start that a held repeat goes on with. */
export const QUEUED_REPEAT: u8 = 2;
export const QUEUED_STOP: u8 = 3;

/** A pad's queued action, and the press that started it last. */
@unmanaged
export class Queued {
	/** The line that it waits for, and its quantum. */
	beat: f64;
	quantum: f64;
	/** The number of the pad's last press that meant a start, and the frame on which it did. */
	press: u64;
	startFrame: u64;
	velocity: f32;
	action: u8;
	/** Held in the launch mode "repeat". */
	isRepeating: bool;
	unused: u16;
}

const QUEUE = memory.data(MAX_SLOTS * 40, 8);
let count: u32 = 0;
/** The earliest line of all, while it is known. */
let earliest: f64 = 0;
let isEarliestKnown: bool = false;
/** As of when the lines are right. */
let seenMoves: u32 = 0;

/** Forgets everything. */
export function resetQueue(): void {
	memory.fill(QUEUE, 0, MAX_SLOTS * offsetof<Queued>());
	count = 0;
	isEarliestKnown = false;
	seenMoves = transportMoves();
}

/** What a pad waits for. */
export function queuedOf(slot: u32): Queued {
	return changetype<Queued>(QUEUE + slot * offsetof<Queued>());
}

/** Whether any pad waits. */
export function hasQueued(): bool {
	return count > 0;
}

/** Lets a pad wait for the next line behind this frame, instead of what it waited for. */
export function queueAction(slot: u32, action: u8, quantum: f64): void {
	followMovesOfPads();
	const queued = queuedOf(slot);
	if (queued.action == NO_ACTION) count++;
	queued.action = action;
	showPad(slot);
	queued.quantum = quantum;
	queued.beat = lineAfter(quantum);
	isEarliestKnown = false;
}

/** Lets a pad wait for nothing. */
export function cancelAction(slot: u32): void {
	const queued = queuedOf(slot);
	if (queued.action == NO_ACTION) return;
	queued.action = NO_ACTION;
	count--;
	isEarliestKnown = false;
}

/** Lets a pad wait for nothing and be held no more. */
export function cancelQueued(slot: u32): void {
	cancelAction(slot);
	queuedOf(slot).isRepeating = false;
}

/** Ends a repeat, but not the start that a press has asked for. */
export function endRepeat(slot: u32): void {
	const queued = queuedOf(slot);
	if (queued.action == QUEUED_REPEAT) cancelAction(slot);
	queued.isRepeating = false;
}

/** Lets no pad wait for anything. */
export function cancelAllQueued(): void {
	for (let slot: u32 = 0; slot < slotLimit(); slot++) cancelQueued(slot);
}

/** Frames until the first of the actions is due, 0 and less when it is; 2^63 - 1 when no pad waits. */
export function framesUntilQueued(): i64 {
	if (count == 0) return i64.MAX_VALUE;
	followMovesOfPads();
	if (!isEarliestKnown) findEarliest();
	return framesToLine(earliest);
}

/** Whether a pad's action is due on this frame. */
export function isDue(queued: Queued): bool {
	return queued.action != NO_ACTION && framesToLine(queued.beat) <= 0;
}

/** Lets every pad wait for the next line from here when the transport has been moved: once, however often that was. */
function followMovesOfPads(): void {
	if (seenMoves == transportMoves()) return;
	seenMoves = transportMoves();
	if (count == 0) return;
	isEarliestKnown = false;
	for (let slot: u32 = 0; slot < slotLimit(); slot++) {
		const queued = queuedOf(slot);
		if (queued.action != NO_ACTION) queued.beat = lineFromMove(queued.quantum);
	}
}

function findEarliest(): void {
	earliest = f64.MAX_VALUE;
	for (let slot: u32 = 0; slot < slotLimit(); slot++) {
		const queued = queuedOf(slot);
		if (queued.action != NO_ACTION) earliest = min(earliest, queued.beat);
	}
	isEarliestKnown = true;
}
