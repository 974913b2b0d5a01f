/** The sounding voices: dense and in the order of their start, the oldest first. */
import {
	OVERFLOW_DROP_NEWEST,
	SLOT_BYTES,
	SLOT_HANDLE,
	VOICE_BYTES,
	VOICE_FLAGS,
	VOICE_HANDLE,
	VOICE_LOOPING,
	VOICE_POSITION,
	VOICE_ROUND,
	VOICE_SLOT,
	VOICE_STARTED,
	VOICE_VELOCITY,
	VOICES,
} from "../../../engine/src/protocol/layout";
import { holdHandle, releaseHandle, slotAt } from "./bank";
import { advanceMasterGain, audible, masterGain } from "./gain";
import { fadeVoice } from "./tail";
import { mixVoice } from "./voice";

let limit: u32 = 0;
let overflow: u32 = 0;
let count: u32 = 0;
let dropped: u32 = 0;

/** Forgets all voices and sets how many there may be and what happens to one more. */
export function resetVoices(voiceLimit: u32, overflowPolicy: u32): void {
	limit = voiceLimit;
	overflow = overflowPolicy;
	count = 0;
	dropped = 0;
}

/** Voices now sounding. */
export function voiceCount(): u32 {
	return count;
}

/** Voices stolen or refused since the start, because all were sounding. */
export function droppedVoiceCount(): u32 {
	return dropped;
}

/** Whether a voice has sounded in an earlier frame and goes on. */
export function isSounding(): bool {
	for (let index: u32 = 0; index < count; index++) {
		if (load<u32>(voiceAt(index), VOICE_FLAGS) & VOICE_STARTED) return true;
	}
	return false;
}

/** Address of a voice's command; index 0 is the oldest voice. */
export function voiceAt(index: u32): usize {
	return VOICES + index * VOICE_BYTES;
}

/** Starts a voice of the slot's sample; an empty slot is ignored. */
export function startVoice(slot: u32, velocity: f32, isLooping: bool): void {
	const sample = slotAt(slot);
	const handle = load<u32>(sample, SLOT_HANDLE);
	if (handle == 0) return;
	if (count == limit) {
		dropped++;
		if (overflow == OVERFLOW_DROP_NEWEST) return;
		endVoice(voiceAt(0));
		// In one piece, because full rings may ask for thousands of voices in one block.
		memory.copy(voiceAt(0), voiceAt(1), --count * VOICE_BYTES);
	}
	const voice = addVoice(handle);
	memory.copy(voice, sample, SLOT_BYTES);
	store<u32>(voice, slot, VOICE_SLOT);
	store<u32>(voice, 0, VOICE_POSITION);
	store<f32>(voice, velocity, VOICE_VELOCITY);
	store<u32>(voice, isLooping ? VOICE_LOOPING : 0, VOICE_FLAGS);
	store<f64>(voice, 0, VOICE_ROUND);
}

/** Adds the newest voice, which holds the sample. @returns its command, to be filled; 0 when there is no room for one more */
export function addVoice(handle: u32): usize {
	if (count == limit) return 0;
	holdHandle(handle);
	return voiceAt(count++);
}

/** Fades out every voice that the slot started, those of its earlier samples too. */
export function stopVoicesOfSlot(slot: u32): void {
	for (let index: u32 = 0; index < count; index++) {
		const voice = voiceAt(index);
		if (load<u32>(voice, VOICE_SLOT) == slot) endVoice(voice);
	}
	removeEndedVoices();
}

/** Fades out every voice. */
export function stopAllVoices(): void {
	for (let index: u32 = 0; index < count; index++) endVoice(voiceAt(index));
	removeEndedVoices();
}

/** Adds the next frames of all voices, in the order of their age. @param target - address in MIX */
export function mixVoices(target: usize, frames: u32): void {
	const steadyGain = masterGain();
	const ramp = advanceMasterGain(frames);
	for (let index: u32 = 0; index < count; index++) {
		const voice = voiceAt(index);
		const velocity = load<f32>(voice, VOICE_VELOCITY);
		const gain = ramp != 0 ? velocity : audible(velocity * steadyGain);
		if (mixVoice(voice, target, frames, gain, ramp)) {
			store<u32>(voice, load<u32>(voice, VOICE_FLAGS) | VOICE_STARTED, VOICE_FLAGS);
		} else {
			releaseVoice(voice);
		}
	}
	removeEndedVoices();
}

/** Ends a voice before its last frame. One that has not sounded yet has nothing to fade. */
function endVoice(voice: usize): void {
	if (load<u32>(voice, VOICE_FLAGS) & VOICE_STARTED) fadeVoice(voice);
	releaseVoice(voice);
}

/** Lets the sample go and marks the voice as ended. */
function releaseVoice(voice: usize): void {
	releaseHandle(load<u32>(voice, VOICE_HANDLE));
	store<u32>(voice, 0, VOICE_HANDLE);
}

/** Closes the gaps that ended voices left, keeping the order. */
function removeEndedVoices(): void {
	let kept: u32 = 0;
	for (let index: u32 = 0; index < count; index++) {
		const voice = voiceAt(index);
		if (load<u32>(voice, VOICE_HANDLE) == 0) continue;
		if (kept != index) memory.copy(voiceAt(kept), voice, VOICE_BYTES);
		kept++;
	}
	count = kept;
}
