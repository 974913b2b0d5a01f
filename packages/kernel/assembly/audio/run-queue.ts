/** Queued actions that are due: after the commands of their frame, first the stops, then the chokes, then the starts, in pad order. */
import { MAX_CHOKE_GROUP } from "../../../engine/src/protocol/parameters";
import { now } from "./clock";
import { cancelAction, framesUntilQueued, isDue, QUEUED_STOP, Queued, queuedOf } from "./pad-queue";
import { begin, canStart, endPad, isPlaying, isStart, repeatLater } from "./pads";
import { slotLimit } from "./samples";
import { choke, chokeGroup, NO_CHOKE } from "./start-pad";

/** By choke group: the number of the last press of those that start on this frame. */
const LAST_PRESSES = memory.data((<i32>MAX_CHOKE_GROUP + 1) * 8, 8);
let chokedLaunches: u32 = 0;

/** Forgets the count. */
export function resetQueueRuns(): void {
	chokedLaunches = 0;
}

/** Launches that lost to a later press of their choke group on the same frame. */
export function chokedLaunchCount(): u32 {
	return chokedLaunches;
}

/** Does what is due on this frame. */
export function runQueue(): void {
	if (framesUntilQueued() > 0) return;
	for (let slot: u32 = 0; slot < slotLimit(); slot++) {
		const queued = queuedOf(slot);
		if (queued.action == QUEUED_STOP && isDue(queued)) endPad(slot);
	}
	refuseMuted();
	refuseBeaten();
	for (let slot: u32 = 0; slot < slotLimit(); slot++) {
		if (isDue(queuedOf(slot))) choke(slot);
	}
	for (let slot: u32 = 0; slot < slotLimit(); slot++) {
		if (!isDue(queuedOf(slot))) continue;
		cancelAction(slot);
		begin(slot, 0);
	}
}

/** Takes back the starts of pads that may not start. */
function refuseMuted(): void {
	for (let slot: u32 = 0; slot < slotLimit(); slot++) {
		if (isDue(queuedOf(slot)) && !canStart(slot)) refuse(slot);
	}
}

/** Takes back the starts of pads whose choke group another pad wins, which was pressed later. */
function refuseBeaten(): void {
	memory.fill(LAST_PRESSES, 0, (<u32>MAX_CHOKE_GROUP + 1) * 8);
	for (let slot: u32 = 0; slot < slotLimit(); slot++) {
		const group = chokeGroup(slot);
		const queued = queuedOf(slot);
		if (group == NO_CHOKE || !(isDue(queued) || hasJustStarted(slot, queued))) continue;
		store<u64>(LAST_PRESSES + group * 8, max(load<u64>(LAST_PRESSES + group * 8), queued.press));
	}
	for (let slot: u32 = 0; slot < slotLimit(); slot++) {
		const group = chokeGroup(slot);
		const queued = queuedOf(slot);
		if (group == NO_CHOKE || !isDue(queued) || queued.press == load<u64>(LAST_PRESSES + group * 8)) continue;
		chokedLaunches++;
		refuse(slot);
	}
}

/** A command has started it on this frame. */
function hasJustStarted(slot: u32, queued: Queued): bool {
	return queued.startFrame == now() && queued.press != 0 && isPlaying(slot);
}

/** Takes back a start; a held repeat tries again on its next line. */
function refuse(slot: u32): void {
	cancelAction(slot);
	repeatLater(slot);
}
