/**
 * The journal: what takes effect and at which frame, for the control thread to keep.
 *
 * Single producer, single consumer, as the control rings, the other way round. An entry that finds no room is counted and
 * not written, because the audio thread never waits.
 */
import {
	AT_FRAME,
	COMMAND_ARGUMENTS,
	COMMAND_FRAME_LOW,
	COMMAND_SLOT,
	COMMAND_TYPE,
	LOAD_SAMPLE,
	MOVE_TRANSPORT,
	NUDGE_TRANSPORT,
	PLAY_SAMPLE,
	PRESS,
	ROLL_PAD,
	SEEK_PAD,
	SET_PARAMETER,
	SET_SLICES,
	SET_VOICE_GAIN,
	SILENT,
	SILENT_ANCHOR_AGE,
	SILENT_ANCHOR_BEAT,
	SILENT_LOST,
	SILENT_RUNNING,
	SILENT_START_BEAT,
	STOP_VOICE,
} from "../../../engine/src/protocol/commands";
import {
	COMMAND_BYTES,
	JOURNAL_ENTRIES,
	JOURNAL_READ,
	JOURNAL_RING,
	JOURNAL_WRITE,
	STATUS,
	STATUS_JOURNAL_LOST,
} from "../../../engine/src/protocol/shared-memory";
import { now } from "./clock";
import { isTransportRunning, transportAnchor, transportAnchorFrame, transportStart } from "./transport";

let write: u32 = 0;
let lost: u32 = 0;
/** Entries written or lost since the last SILENT one. */
let sinceSilence: u32 = 0;
/** Entries lost as of the last SILENT one. */
let lostAtSilence: u32 = 0;

/** Goes on at the position where the ring stands, with nothing lost. */
export function resetJournal(): void {
	write = load<u32>(JOURNAL_WRITE);
	lost = 0;
	lostAtSilence = 0;
	sinceSilence = 1;
	atomic.store<u32>(STATUS, 0, STATUS_JOURNAL_LOST);
}

/** Whether anything has taken effect since the last SILENT entry. */
export function hasHistory(): bool {
	return sinceSilence > 0;
}

/** Whether entries were lost since the last SILENT entry, so that its reader does not know the state any more. */
export function hasGap(): bool {
	return lost != lostAtSilence;
}

/** Entries lost since the start. */
export function lostEntryCount(): u32 {
	return lost;
}

/** Entries that find room now. */
export function journalRoom(): u32 {
	return <u32>JOURNAL_ENTRIES - (write - atomic.load<u32>(JOURNAL_READ));
}

/** Says that what came before decides nothing that comes after. */
export function keepSilence(): void {
	const entry = beginEntry(SILENT | AT_FRAME, 0);
	if (entry == 0) return;
	store<u32>(entry, lost, SILENT_LOST);
	store<u32>(entry, isTransportRunning() ? 1 : 0, SILENT_RUNNING);
	store<f64>(entry, transportAnchor(), SILENT_ANCHOR_BEAT);
	store<f64>(entry, <f64>(now() - transportAnchorFrame()), SILENT_ANCHOR_AGE);
	store<f64>(entry, transportStart(), SILENT_START_BEAT);
	store<u64>(entry, now(), COMMAND_FRAME_LOW);
	publishEntry();
	sinceSilence = 0;
	lostAtSilence = lost;
}

/** Writes a command that has taken effect, with the frame of its effect. */
export function keepCommand(command: usize, type: u32): void {
	const entry = beginEntry(type | AT_FRAME, load<u32>(command, COMMAND_SLOT));
	if (entry == 0) return;
	const bytes = argumentBytes(type);
	memory.copy(entry + COMMAND_ARGUMENTS, command + COMMAND_ARGUMENTS, bytes);
	store<u64>(entry, now(), COMMAND_FRAME_LOW);
	publishEntry();
}

/** @returns the address of the next entry, all zero but type and slot; 0, and one more lost, when the journal is full. */
export function beginEntry(type: u32, slot: u32): usize {
	sinceSilence++;
	if (journalRoom() == 0) {
		atomic.store<u32>(STATUS, ++lost, STATUS_JOURNAL_LOST);
		return 0;
	}
	const entry: usize = JOURNAL_RING + (write & (JOURNAL_ENTRIES - 1)) * COMMAND_BYTES;
	memory.fill(entry, 0, COMMAND_BYTES);
	store<u32>(entry, type, COMMAND_TYPE);
	store<u32>(entry, slot, COMMAND_SLOT);
	return entry;
}

/** Publishes the entry that was begun last. */
export function publishEntry(): void {
	write++;
	atomic.store<u32>(JOURNAL_WRITE, write);
}

/** Bytes of arguments that a command of the type has; what lies behind them in a control ring is left over from older ones. */
function argumentBytes(type: u32): usize {
	switch (type) {
		case LOAD_SAMPLE:
			return 40;
		case PLAY_SAMPLE:
		case SET_SLICES:
			return 48;
		case SET_PARAMETER:
		case SET_VOICE_GAIN:
			return 16;
		case PRESS:
		case SEEK_PAD:
		case ROLL_PAD:
		case STOP_VOICE:
		case MOVE_TRANSPORT:
		case NUDGE_TRANSPORT:
			return 8;
		default:
			return 0;
	}
}
