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
import { now } from "./clock";
import { gainIsSteady, gainTargetDecibels } from "./gain";
import { beginEntry, hasGap, hasHistory, journalRoom, keepSilence, publishEntry } from "./journal";
import { hasPending } from "./pending";
import { isReplaying } from "./replay";
import { sampleIn, slotLimit } from "./samples";
import { tailIsSilent } from "./tail";
import { voiceCount } from "./voices";

/** Notes in the journal that nothing sounds, moves or waits, once after each change. */
export function noteSilence(): void {
	if (!hasHistory() || !isSilent()) return;
	// Room for the slots, the gain and the silence itself.
	if (journalRoom() < slotLimit() + 2) return;
	if (hasGap()) restate();
	keepSilence();
}

function isSilent(): bool {
	return voiceCount() == 0 && tailIsSilent() && gainIsSteady() && !hasPending() && !isReplaying();
}

/** Writes slots and gain, for a reader that has missed entries. */
function restate(): void {
	for (let slot: u32 = 0; slot < slotLimit(); slot++) {
		const sample = sampleIn(slot);
		const handle = sample.handle;
		const entry = beginEntry((handle == 0 ? UNLOAD_SAMPLE : LOAD_SAMPLE) | AT_FRAME, slot);
		store<u64>(entry, now(), COMMAND_FRAME_LOW);
		if (handle != 0) {
			store<u32>(entry, handle, LOAD_HANDLE);
			store<u32>(entry, sample.address, LOAD_ADDRESS);
			store<u32>(entry, sample.frames, LOAD_FRAMES);
			store<u32>(entry, sample.channels, LOAD_CHANNELS);
			store<u32>(entry, sample.edgeFrames, LOAD_EDGE_FRAMES);
			store<f64>(entry, sample.loopFrames, LOAD_LOOP_FRAMES);
		}
		publishEntry();
	}
	const entry = beginEntry(SET_MASTER_GAIN | AT_FRAME, 0);
	store<u64>(entry, now(), COMMAND_FRAME_LOW);
	store<f64>(entry, gainTargetDecibels(), GAIN_DECIBELS);
	publishEntry();
}
