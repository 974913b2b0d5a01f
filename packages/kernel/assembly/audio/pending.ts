/**
 * Commands that wait: two binary heaps, one by frame, one by beat, of equal ones the first that arrived in front. Adding and taking
 * move at most one entry per level, 13 levels when it is full.
 *
 * Both lie in one array, from its ends towards each other, because producers let no more wait than that holds, of both kinds together.
 */
import { COMMAND_FRAME_LOW } from "../../../engine/src/protocol/commands";
import {
	COMMAND_BYTES,
	MAX_PENDING,
	RING_POSITIONS,
	RING_POSITIONS_BYTES,
	RING_TIMED_DONE,
} from "../../../engine/src/protocol/shared-memory";
import { addWaitingVoice, dropWaitingVoice, resetWaitingVoices } from "./waiting-voices";

/** A heap. */
@unmanaged
export class Heap {
	/** Address of its first entry. */
	first: usize;
	/** Bytes from one entry to the next. */
	step: i32;
	count: u32;
}

/** An entry is its command, with its key in place of the frame, then its arrival (u64) and its quantum (f64). */
const ENTRY_ARRIVAL: usize = 64;
const ENTRY_QUANTUM: usize = 72;
const ENTRY_BYTES: i32 = 80;
/** The number of its ring, in the arrival's low bits. */
const RING_BITS: u64 = 8;
const RING_MASK: u64 = 255;
/** Two places more than there are entries, for one that is taken out and one that is moved. */
const PENDING = memory.data(5122 * 80, 16);
const TAKEN = PENDING + MAX_PENDING * ENTRY_BYTES;
const MOVED = TAKEN + ENTRY_BYTES;

/** Commands with a frame, and commands for a line; keys are frames, and the bits of beats, which no beat of 0 or more puts in another order. */
export const timed = changetype<Heap>(memory.data(12, 4));
export const lined = changetype<Heap>(memory.data(12, 4));

/** Commands added so far. */
let arrivals: u64 = 0;

/** Forgets every command, and counts them done. */
export function resetPending(): void {
	clearPending();
	resetWaitingVoices();
	timed.first = PENDING;
	timed.step = ENTRY_BYTES;
	lined.first = TAKEN - ENTRY_BYTES;
	lined.step = -ENTRY_BYTES;
}

/** Whether a command waits. */
export function hasPending(): bool {
	return timed.count + lined.count > 0;
}

/** The lowest key; 2^64 - 1 when there is none. */
export function firstKey(heap: Heap): u64 {
	return heap.count == 0 ? u64.MAX_VALUE : keyOf(heap.first);
}

/**
 * Keeps a copy of a command.
 *
 * @param quantum - of a command for a line
 * @returns false when there is no room, which no producer that keeps to its own share ever meets
 */
export function addPending(heap: Heap, command: usize, key: u64, ring: u32, quantum: f64): bool {
	if (timed.count + lined.count == MAX_PENDING) return false;
	const entry = entryAddress(heap, heap.count);
	memory.copy(entry, command, COMMAND_BYTES);
	store<u64>(entry, key, COMMAND_FRAME_LOW);
	store<u64>(entry, (arrivals++ << RING_BITS) | ring, ENTRY_ARRIVAL);
	store<f64>(entry, quantum, ENTRY_QUANTUM);
	rise(heap, heap.count++);
	addWaitingVoice(command);
	return true;
}

/** Takes out the first command, and counts it done. @returns its address, good until another is taken */
export function takePending(heap: Heap): usize {
	copyEntry(TAKEN, heap.first);
	countTimedDone(ringOf(TAKEN));
	const count = --heap.count;
	const last = entryAddress(heap, count);
	let index: u32 = 0;
	for (let child: u32 = 1; child < count; child = 2 * index + 1) {
		if (child + 1 < count && isBefore(entryAddress(heap, child + 1), entryAddress(heap, child))) child++;
		if (!isBefore(entryAddress(heap, child), last)) break;
		copyEntry(entryAddress(heap, index), entryAddress(heap, child));
		index = child;
	}
	if (index != count) copyEntry(entryAddress(heap, index), last);
	return TAKEN;
}

/** Forgets every command, whoever sent it, and counts them done. */
export function clearPending(): void {
	clearHeap(timed);
	clearHeap(lined);
}

/** Forgets the commands of a heap, and counts them done. */
export function clearHeap(heap: Heap): void {
	for (let index: u32 = 0; index < heap.count; index++) {
		const entry = entryAddress(heap, index);
		countTimedDone(ringOf(entry));
		dropWaitingVoice(entry);
	}
	heap.count = 0;
}

/** The quantum of a command. @param index - 0..count - 1, in no order that means anything */
export function quantumOf(heap: Heap, index: u32): f64 {
	return load<f64>(entryAddress(heap, index), ENTRY_QUANTUM);
}

/** Gives a command another key; for all of a heap one after the other, from the first on. */
export function renewKey(heap: Heap, index: u32, key: u64): void {
	store<u64>(entryAddress(heap, index), key, COMMAND_FRAME_LOW);
	rise(heap, index);
}

/** Gives a producer room for another timed command. */
export function countTimedDone(ring: u32): void {
	const positions: usize = RING_POSITIONS + ring * RING_POSITIONS_BYTES;
	atomic.store<u32>(positions, load<u32>(positions, RING_TIMED_DONE) + 1, RING_TIMED_DONE);
}

/** Moves an entry up to where it belongs among those before it. */
function rise(heap: Heap, from: u32): void {
	copyEntry(MOVED, entryAddress(heap, from));
	let index = from;
	while (index > 0) {
		const parent = entryAddress(heap, (index - 1) >> 1);
		if (isBefore(parent, MOVED)) break;
		copyEntry(entryAddress(heap, index), parent);
		index = (index - 1) >> 1;
	}
	if (index != from) copyEntry(entryAddress(heap, index), MOVED);
}

function isBefore(entry: usize, other: usize): bool {
	const key = keyOf(entry);
	const otherKey = keyOf(other);
	return key < otherKey || (key == otherKey && load<u64>(entry, ENTRY_ARRIVAL) < load<u64>(other, ENTRY_ARRIVAL));
}

function keyOf(entry: usize): u64 {
	return load<u64>(entry, COMMAND_FRAME_LOW);
}

function ringOf(entry: usize): u32 {
	return <u32>(load<u64>(entry, ENTRY_ARRIVAL) & RING_MASK);
}

function entryAddress(heap: Heap, index: u32): usize {
	return heap.first + <i32>index * heap.step;
}

function copyEntry(target: usize, source: usize): void {
	v128.store(target, v128.load(source));
	v128.store(target, v128.load(source, 16), 16);
	v128.store(target, v128.load(source, 32), 32);
	v128.store(target, v128.load(source, 48), 48);
	v128.store(target, v128.load(source, 64), 64);
}
