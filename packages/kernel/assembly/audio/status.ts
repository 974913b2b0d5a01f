/**
 * The status block, written once per block.
 *
 * Its sequence word is odd while the rest changes, so a reader that sees the same even number before and after its
 * reads has one block's state. A processor may let plain stores overtake an atomic store before them, but no atomic
 * load, and an atomic load never overtakes an atomic store: the load after the odd number holds the plain stores back.
 */
import {
	STATUS,
	STATUS_ACTIVE_VOICES,
	STATUS_BLOCK_FRAMES,
	STATUS_DROPPED_VOICES,
	STATUS_FRAME_HIGH,
	STATUS_FRAME_LOW,
	STATUS_INVALID_COMMANDS,
	STATUS_LATE_COMMANDS,
	STATUS_PEAK,
	STATUS_PEAK_EPOCH,
	STATUS_SEQUENCE,
	STATUS_SLOT_BYTES,
	STATUS_SLOT_POSITION,
	STATUS_SLOT_VOICES,
	STATUS_SLOTS,
} from "../../../engine/src/protocol/shared-memory";
import { invalidCommandCount } from "./apply";
import { now } from "./clock";
import { heldPeak, peakEpoch } from "./meter";
import { slotLimit } from "./samples";
import { lateCommandCount } from "./schedule";
import { droppedVoiceCount, voiceAt, voiceCount } from "./voices";

/** Publishes the state after the block just rendered. */
export function publishStatus(frames: u32): void {
	const sequence = load<u32>(STATUS, STATUS_SEQUENCE);
	atomic.store<u32>(STATUS, sequence + 1, STATUS_SEQUENCE);
	atomic.load<u32>(STATUS, STATUS_SEQUENCE);
	store<u32>(STATUS, <u32>now(), STATUS_FRAME_LOW);
	store<u32>(STATUS, <u32>(now() >> 32), STATUS_FRAME_HIGH);
	store<u32>(STATUS, frames, STATUS_BLOCK_FRAMES);
	store<u32>(STATUS, voiceCount(), STATUS_ACTIVE_VOICES);
	store<u32>(STATUS, droppedVoiceCount(), STATUS_DROPPED_VOICES);
	store<u32>(STATUS, lateCommandCount(), STATUS_LATE_COMMANDS);
	store<u32>(STATUS, invalidCommandCount(), STATUS_INVALID_COMMANDS);
	store<f32>(STATUS, heldPeak(), STATUS_PEAK);
	store<u32>(STATUS, peakEpoch(), STATUS_PEAK_EPOCH);
	writeSlots();
	atomic.store<u32>(STATUS, sequence + 2, STATUS_SEQUENCE);
}

/** Counts the voices of each slot; the newest voice comes last, so its position stays. */
function writeSlots(): void {
	memory.fill(STATUS + STATUS_SLOTS, 0, slotLimit() * STATUS_SLOT_BYTES);
	for (let index: u32 = 0; index < voiceCount(); index++) {
		const voice = voiceAt(index);
		const slot: usize = STATUS + STATUS_SLOTS + voice.slot * STATUS_SLOT_BYTES;
		store<u32>(slot, load<u32>(slot, STATUS_SLOT_VOICES) + 1, STATUS_SLOT_VOICES);
		store<u32>(slot, voice.position, STATUS_SLOT_POSITION);
	}
}
