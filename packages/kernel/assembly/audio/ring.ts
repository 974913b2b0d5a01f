/**
 * The consumer's end of the control rings.
 *
 * One ring a producer. Only the producer stores the write index and only the kernel stores the read index, so two
 * sequentially consistent accesses are enough: loading the write index makes the records before it visible, storing
 * the read index gives their places back after they were applied. Indices count records and wrap at 2^32; their
 * difference is the number of records waiting whether they have wrapped or not.
 */
import { AT_FRAME, LOAD_HANDLE, LOAD_SAMPLE, RECORD_TYPE } from "../../../engine/src/protocol/control-messages";
import {
	CONTROL_RING,
	CONTROL_RING_RECORDS,
	MAX_RECORDS_PER_BLOCK,
	MAX_RINGS,
	RECORD_BYTES,
	RING_POSITIONS,
	RING_POSITIONS_BYTES,
	RING_READ,
	RING_WRITE,
	STREAM_RING_BYTES,
	STREAM_RING_RECORDS,
	STREAM_RINGS,
} from "../../../engine/src/protocol/layout";
import { retireUnused } from "./bank";
import { applyAtOnce } from "./control";
import { takeTimedRecord } from "./timed";

let firstRing: u32 = 0;

/** Forgets whose turn it is; the positions belong to the producers too and stay where they are. */
export function resetRings(): void {
	firstRing = 0;
}

/**
 * Applies a block's share of the waiting records. Each block starts with the ring after the one the block
 * before started with, so a ring that is always full delays the others by a few blocks but never silences them.
 */
export function drainRings(): void {
	takeRecords();
	firstRing = (firstRing + 1) % MAX_RINGS;
}

/** Applies waiting records, MAX_RECORDS_PER_BLOCK at most; the ring whose turn it is goes first. @returns how many were read */
export function takeRecords(): u32 {
	let budget: u32 = MAX_RECORDS_PER_BLOCK;
	for (let turn: u32 = 0; turn < <u32>MAX_RINGS && budget > 0; turn++) {
		budget -= drainRing((firstRing + turn) % MAX_RINGS, budget);
	}
	return MAX_RECORDS_PER_BLOCK - budget;
}

/** @returns how many records were read */
function drainRing(ring: u32, budget: u32): u32 {
	const positions: usize = RING_POSITIONS + ring * RING_POSITIONS_BYTES;
	const records: usize = ring == 0 ? CONTROL_RING : STREAM_RINGS + (ring - 1) * STREAM_RING_BYTES;
	const mask: u32 = (ring == 0 ? CONTROL_RING_RECORDS : STREAM_RING_RECORDS) - 1;

	const read = load<u32>(positions, RING_READ);
	const count = min(atomic.load<u32>(positions, RING_WRITE) - read, budget);
	for (let index: u32 = 0; index < count; index++) {
		const record = records + ((read + index) & mask) * RECORD_BYTES;
		const type = load<u32>(record, RECORD_TYPE);
		if (type & AT_FRAME) takeTimedRecord(record, ring);
		else if (!applyAtOnce(record, type)) letGoOfRefused(record, type, ring);
	}
	if (count > 0) atomic.store<u32>(positions, read + count, RING_READ);
	return count;
}

/** A refused sample reaches no slot, so nothing else would ever retire it. Only the control thread publishes handles. */
function letGoOfRefused(record: usize, type: u32, ring: u32): void {
	if (ring == 0 && type == LOAD_SAMPLE) retireUnused(load<u32>(record, LOAD_HANDLE));
}
