/**
 * The journal: what takes effect and at which frame, for the control thread to keep.
 *
 * Single producer, single consumer, as the control rings, the other way round. A record that finds no room is counted and
 * not written, because the audio thread waits for nobody.
 */
import {
	AT_FRAME,
	LOAD_EDGE_FRAMES,
	LOAD_LOOP_FRAMES,
	LOAD_SAMPLE,
	PLAY_SAMPLE,
	RECORD_FRAME_LOW,
	RECORD_SLOT,
	RECORD_TYPE,
	SET_MASTER_GAIN,
} from "../../../engine/src/protocol/control-messages";
import {
	JOURNAL_READ,
	JOURNAL_RECORDS,
	JOURNAL_RING,
	JOURNAL_WRITE,
	RECORD_BYTES,
	STATUS,
	STATUS_JOURNAL_LOST,
} from "../../../engine/src/protocol/layout";
import { now } from "./clock";

const FIRST_ARGUMENT: usize = 8;

let isOpen: bool = false;
let write: u32 = 0;

/** Starts at the position where the ring stands, with nothing lost. */
export function openJournal(): void {
	isOpen = true;
	write = load<u32>(JOURNAL_WRITE);
	// Before the first record, so that a reader who sees that one sees the count of its own recording.
	atomic.store<u32>(STATUS, 0, STATUS_JOURNAL_LOST);
}

/** From here on `keepRecord` writes nothing. */
export function closeJournal(): void {
	isOpen = false;
}

/** Writes a control record that has taken effect, with the frame of its effect. */
export function keepRecord(record: usize, type: u32): void {
	if (!isOpen) return;
	const entry = beginEntry(type | AT_FRAME, load<u32>(record, RECORD_SLOT));
	if (entry == 0) return;
	memory.copy(entry + FIRST_ARGUMENT, record + FIRST_ARGUMENT, argumentBytes(type));
	if (type == LOAD_SAMPLE) {
		store<u32>(entry, load<u32>(record, LOAD_EDGE_FRAMES), LOAD_EDGE_FRAMES);
		store<f64>(entry, load<f64>(record, LOAD_LOOP_FRAMES), LOAD_LOOP_FRAMES);
	}
	store<u64>(entry, now(), RECORD_FRAME_LOW);
	publishEntry();
}

/** @returns the address of the next record, all zero but type and slot; 0, and one more lost, when the journal is full. */
export function beginEntry(type: u32, slot: u32): usize {
	if (write - atomic.load<u32>(JOURNAL_READ) >= <u32>JOURNAL_RECORDS) {
		atomic.store<u32>(STATUS, load<u32>(STATUS, STATUS_JOURNAL_LOST) + 1, STATUS_JOURNAL_LOST);
		return 0;
	}
	const entry: usize = JOURNAL_RING + (write & (JOURNAL_RECORDS - 1)) * RECORD_BYTES;
	memory.fill(entry, 0, RECORD_BYTES);
	store<u32>(entry, type, RECORD_TYPE);
	store<u32>(entry, slot, RECORD_SLOT);
	return entry;
}

/** Gives the record that was begun last to the reader. */
export function publishEntry(): void {
	write++;
	atomic.store<u32>(JOURNAL_WRITE, write);
}

/** Bytes of arguments in front of the frame that a record of the type has; what lies behind them in a control ring is left from older ones. */
function argumentBytes(type: u32): usize {
	if (type == LOAD_SAMPLE) return 16;
	if (type == PLAY_SAMPLE) return 8;
	return type == SET_MASTER_GAIN ? 4 : 0;
}
