/** When the journal is kept, and the state that it begins with. */
import {
	AT_FRAME,
	COMMAND_FRAME_LOW,
	LOAD_ADDRESS,
	LOAD_CHANNELS,
	LOAD_EDGE_FRAMES,
	LOAD_FRAMES,
	LOAD_HANDLE,
	LOAD_LOOP_FRAMES,
	LOAD_SAMPLE,
	RECORDING_END,
	RESTORE_ADDRESS,
	RESTORE_BEGIN,
	RESTORE_EDGE_FRAMES,
	RESTORE_FORM,
	RESTORE_FRAMES,
	RESTORE_GAIN,
	RESTORE_GAIN_POSITION,
	RESTORE_GAIN_START,
	RESTORE_GAIN_TARGET,
	RESTORE_HANDLE,
	RESTORE_LOOP_FRAMES,
	RESTORE_POSITION,
	RESTORE_ROUND,
	RESTORE_TAIL,
	RESTORE_TAIL_FRAMES,
	RESTORE_TAIL_SAMPLES,
	RESTORE_VELOCITY,
	RESTORE_VOICE,
} from "../../../engine/src/protocol/commands";
import {
	HEADER,
	HEADER_RECORDING,
	SLOT_ADDRESS,
	SLOT_CHANNELS,
	SLOT_EDGE_FRAMES,
	SLOT_FRAMES,
	SLOT_HANDLE,
	SLOT_LOOP_FRAMES,
	VOICE_ADDRESS,
	VOICE_CHANNELS,
	VOICE_EDGE_FRAMES,
	VOICE_FLAGS,
	VOICE_FRAMES,
	VOICE_HANDLE,
	VOICE_LOOP_FRAMES,
	VOICE_POSITION,
	VOICE_ROUND,
	VOICE_SLOT,
	VOICE_VELOCITY,
} from "../../../engine/src/protocol/layout";
import { slotAt, slotLimit } from "./bank";
import { now } from "./clock";
import { gainRampPosition, gainRampStart, gainTarget } from "./gain";
import { beginEntry, closeJournal, openJournal, publishEntry } from "./journal";
import { fadeLength, tailFrame } from "./tail";
import { voiceAt, voiceCount } from "./voices";

/** HEADER_RECORDING as of the newest block. */
let epoch: u32 = 0;

/** Forgets a recording, without ending it in the journal. */
export function resetRecording(): void {
	epoch = 0;
	closeJournal();
}

/** Begins or ends the journal with the next frame, if the control thread has asked for it. */
export function followRecording(): void {
	const wanted = atomic.load<u32>(HEADER, HEADER_RECORDING);
	if (wanted == epoch) return;
	const isWanted = (wanted & 1) == 1;
	const wasWanted = (epoch & 1) == 1;
	epoch = wanted;
	if (wasWanted) endRecording();
	if (isWanted || !wasWanted) beginRecording();
	// Started and stopped between two blocks: an empty recording, so that its end comes all the same.
	if (!isWanted && !wasWanted) endRecording();
}

function beginRecording(): void {
	openJournal();
	writeMoment(RESTORE_BEGIN);
	for (let slot: u32 = 0; slot < slotLimit(); slot++) writeSlot(slot);
	writeGain();
	for (let index: u32 = 0; index < voiceCount(); index++) writeVoice(voiceAt(index));
	for (let frame: u32 = 0; frame < fadeLength(); frame += RESTORE_TAIL_FRAMES) writeTail(frame);
}

function endRecording(): void {
	writeMoment(RECORDING_END);
	closeJournal();
}

function writeMoment(type: u32): void {
	const entry = beginEntry(type, 0);
	if (entry == 0) return;
	store<u64>(entry, now(), COMMAND_FRAME_LOW);
	publishEntry();
}

function writeSlot(slot: u32): void {
	const sample = slotAt(slot);
	const handle = load<u32>(sample, SLOT_HANDLE);
	if (handle == 0) return;
	const entry = beginEntry(LOAD_SAMPLE | AT_FRAME, slot);
	if (entry == 0) return;
	store<u32>(entry, handle, LOAD_HANDLE);
	store<u32>(entry, load<u32>(sample, SLOT_ADDRESS), LOAD_ADDRESS);
	store<u32>(entry, load<u32>(sample, SLOT_FRAMES), LOAD_FRAMES);
	store<u32>(entry, load<u32>(sample, SLOT_CHANNELS), LOAD_CHANNELS);
	store<u32>(entry, load<u32>(sample, SLOT_EDGE_FRAMES), LOAD_EDGE_FRAMES);
	store<f64>(entry, load<f64>(sample, SLOT_LOOP_FRAMES), LOAD_LOOP_FRAMES);
	store<u64>(entry, now(), COMMAND_FRAME_LOW);
	publishEntry();
}

function writeGain(): void {
	const entry = beginEntry(RESTORE_GAIN, 0);
	if (entry == 0) return;
	store<f32>(entry, gainTarget(), RESTORE_GAIN_TARGET);
	store<f64>(entry, gainRampStart(), RESTORE_GAIN_START);
	store<u32>(entry, gainRampPosition(), RESTORE_GAIN_POSITION);
	publishEntry();
}

function writeVoice(voice: usize): void {
	const entry = beginEntry(RESTORE_VOICE, load<u32>(voice, VOICE_SLOT));
	if (entry == 0) return;
	store<u32>(entry, load<u32>(voice, VOICE_HANDLE), RESTORE_HANDLE);
	store<u32>(entry, load<u32>(voice, VOICE_ADDRESS), RESTORE_ADDRESS);
	store<u32>(entry, load<u32>(voice, VOICE_FRAMES), RESTORE_FRAMES);
	store<u32>(entry, load<u32>(voice, VOICE_CHANNELS) | (load<u32>(voice, VOICE_FLAGS) << 8), RESTORE_FORM);
	store<u32>(entry, load<u32>(voice, VOICE_POSITION), RESTORE_POSITION);
	store<u32>(entry, load<u32>(voice, VOICE_VELOCITY), RESTORE_VELOCITY);
	store<u32>(entry, load<u32>(voice, VOICE_EDGE_FRAMES), RESTORE_EDGE_FRAMES);
	store<f64>(entry, load<f64>(voice, VOICE_LOOP_FRAMES), RESTORE_LOOP_FRAMES);
	store<f64>(entry, load<f64>(voice, VOICE_ROUND), RESTORE_ROUND);
	publishEntry();
}

/** Writes the tail's frames from the given one on, unless they are silent. */
function writeTail(first: u32): void {
	let bits: u64 = 0;
	const end = min(first + RESTORE_TAIL_FRAMES, fadeLength());
	for (let frame = first; frame < end; frame++) bits |= load<u64>(tailFrame(frame));
	if (bits == 0) return;
	const entry = beginEntry(RESTORE_TAIL, first);
	if (entry == 0) return;
	for (let frame = first; frame < end; frame++) {
		store<u64>(entry + (frame - first) * sizeof<u64>(), load<u64>(tailFrame(frame)), RESTORE_TAIL_SAMPLES);
	}
	publishEntry();
}
