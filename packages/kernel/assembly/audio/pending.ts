/**
 * Commands whose frame has not come: a binary heap, the earliest frame first, and of one frame the one that arrived first.
 * Adding and taking move at most one entry per level, 13 levels when it is full.
 */
import { COMMAND_FRAME_LOW } from "../../../engine/src/protocol/commands";
import {
	COMMAND_BYTES,
	MAX_PENDING,
	RING_POSITIONS,
	RING_POSITIONS_BYTES,
	RING_TIMED_DONE,
} from "../../../engine/src/protocol/shared-memory";

/** An entry is its command, then the ring that it came through (u32) and how many had arrived before it (u64). */
const ENTRY_RING: usize = 64;
const ENTRY_ARRIVAL: usize = 72;
const ENTRY_BYTES: u32 = 80;
/** One place more than there are entries, for the one that is taken out. */
const PENDING = memory.data(5121 * 80, 16);

let count: u32 = 0;
/** Commands added so far: the arrival number of the next. */
let arrivals: u64 = 0;

/** Whether a command waits for its frame. */
export function hasPending(): bool {
	return count > 0;
}

/** The earliest frame that a command waits for; 2^64 - 1 when none waits. */
export function nextPendingFrame(): u64 {
	return count == 0 ? u64.MAX_VALUE : load<u64>(PENDING, COMMAND_FRAME_LOW);
}

/**
 * Keeps a copy of a command until its frame comes.
 *
 * @returns false when there is no room, which no producer that keeps to its own share ever meets
 */
export function addPending(command: usize, ring: u32): bool {
	if (count == MAX_PENDING) return false;
	const frame = load<u64>(command, COMMAND_FRAME_LOW);
	let index = count++;
	while (index > 0) {
		const parent = (index - 1) >> 1;
		// A command of the same frame stays in front, because it arrived before.
		if (load<u64>(entryAddress(parent), COMMAND_FRAME_LOW) <= frame) break;
		copyEntry(entryAddress(index), entryAddress(parent));
		index = parent;
	}
	const entry = entryAddress(index);
	memory.copy(entry, command, COMMAND_BYTES);
	store<u32>(entry, ring, ENTRY_RING);
	store<u64>(entry, arrivals++, ENTRY_ARRIVAL);
	return true;
}

/** Takes out the first command, and counts it done. @returns its address, good until the next call that adds one */
export function takePending(): usize {
	const taken = entryAddress(MAX_PENDING);
	copyEntry(taken, PENDING);
	const last = entryAddress(--count);
	const frame = load<u64>(last, COMMAND_FRAME_LOW);
	const arrival = load<u64>(last, ENTRY_ARRIVAL);
	let index: u32 = 0;
	for (let child: u32 = 1; child < count; child = 2 * index + 1) {
		if (child + 1 < count && isBefore(entryAddress(child + 1), entryAddress(child))) child++;
		if (!isBeforeMoment(entryAddress(child), frame, arrival)) break;
		copyEntry(entryAddress(index), entryAddress(child));
		index = child;
	}
	if (index != count) copyEntry(entryAddress(index), last);
	countTimedDone(load<u32>(taken, ENTRY_RING));
	return taken;
}

/** Forgets every command, whoever sent it, and counts them done. */
export function clearPending(): void {
	for (let index: u32 = 0; index < count; index++) countTimedDone(load<u32>(entryAddress(index), ENTRY_RING));
	count = 0;
}

/** Gives a producer room for another timed command. */
export function countTimedDone(ring: u32): void {
	const positions: usize = RING_POSITIONS + ring * RING_POSITIONS_BYTES;
	atomic.store<u32>(positions, load<u32>(positions, RING_TIMED_DONE) + 1, RING_TIMED_DONE);
}

function isBefore(entry: usize, other: usize): bool {
	return isBeforeMoment(entry, load<u64>(other, COMMAND_FRAME_LOW), load<u64>(other, ENTRY_ARRIVAL));
}

function isBeforeMoment(entry: usize, frame: u64, arrival: u64): bool {
	const entryFrame = load<u64>(entry, COMMAND_FRAME_LOW);
	return entryFrame < frame || (entryFrame == frame && load<u64>(entry, ENTRY_ARRIVAL) < arrival);
}

function entryAddress(index: u32): usize {
	return PENDING + index * ENTRY_BYTES;
}

function copyEntry(target: usize, source: usize): void {
	v128.store(target, v128.load(source));
	v128.store(target, v128.load(source, 16), 16);
	v128.store(target, v128.load(source, 32), 32);
	v128.store(target, v128.load(source, 48), 48);
	v128.store(target, v128.load(source, 64), 64);
}
