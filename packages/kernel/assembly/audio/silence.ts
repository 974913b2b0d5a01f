/** Silence: the moments from which a performance can be replayed without knowing what came before. */
import {
	AT_FRAME,
	COMMAND_FRAME_LOW,
	GAIN_DECIBELS,
	LOAD_ADDRESS,
	LOAD_CHANNELS,
	LOAD_EDGE_FRAMES,
	LOAD_FRAMES,
	LOAD_HANDLE,
	LOAD_LOOP_FRAMES,
	LOAD_SAMPLE,
	SET_MASTER_GAIN,
	UNLOAD_SAMPLE,
} from "../../../engine/src/protocol/commands";
import {
	SLOT_ADDRESS,
	SLOT_CHANNELS,
	SLOT_EDGE_FRAMES,
	SLOT_FRAMES,
	SLOT_HANDLE,
	SLOT_LOOP_FRAMES,
} from "../../../engine/src/protocol/layout";
import { slotAt, slotLimit } from "./bank";
import { now } from "./clock";
import { gainIsSteady, gainTargetDecibels } from "./gain";
import { beginEntry, hasGap, hasHistory, journalRoom, keepSilence, publishEntry } from "./journal";
import { hasPending } from "./pending";
import { isReplaying } from "./replay";
import { tailIsSilent } from "./tail";
import { voiceCount } from "./voices";

/** Notes in the journal that nothing sounds, moves or waits, once after each change. */
export function noteSilence(): void {
	if (!hasHistory() || !isSilent()) return;
	// The slots, the gain and the silence itself.
	if (journalRoom() < slotLimit() + 2) return;
	if (hasGap()) restate();
	keepSilence();
}

function isSilent(): bool {
	return voiceCount() == 0 && tailIsSilent() && gainIsSteady() && !hasPending() && !isReplaying();
}

/** Writes the whole state, for a reader who has missed entries. */
function restate(): void {
	for (let slot: u32 = 0; slot < slotLimit(); slot++) {
		const sample = slotAt(slot);
		const handle = load<u32>(sample, SLOT_HANDLE);
		const entry = beginEntry((handle == 0 ? UNLOAD_SAMPLE : LOAD_SAMPLE) | AT_FRAME, slot);
		store<u64>(entry, now(), COMMAND_FRAME_LOW);
		if (handle != 0) {
			store<u32>(entry, handle, LOAD_HANDLE);
			store<u32>(entry, load<u32>(sample, SLOT_ADDRESS), LOAD_ADDRESS);
			store<u32>(entry, load<u32>(sample, SLOT_FRAMES), LOAD_FRAMES);
			store<u32>(entry, load<u32>(sample, SLOT_CHANNELS), LOAD_CHANNELS);
			store<u32>(entry, load<u32>(sample, SLOT_EDGE_FRAMES), LOAD_EDGE_FRAMES);
			store<f64>(entry, load<f64>(sample, SLOT_LOOP_FRAMES), LOAD_LOOP_FRAMES);
		}
		publishEntry();
	}
	const entry = beginEntry(SET_MASTER_GAIN | AT_FRAME, 0);
	store<u64>(entry, now(), COMMAND_FRAME_LOW);
	store<f32>(entry, gainTargetDecibels(), GAIN_DECIBELS);
	publishEntry();
}
