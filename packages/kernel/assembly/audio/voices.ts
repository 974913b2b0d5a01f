/** The sounding voices: dense and in the order of their start, the oldest first. */
import { MAX_VOICES, OVERFLOW_DROP_NEWEST } from "../../../engine/src/protocol/shared-memory";
import { advanceMasterGain, audible, masterGain } from "./gain";
import { releaseHandle, retainHandle, Sample, sampleIn } from "./samples";
import { fadeVoice } from "./tail";
import { mixVoice, Voice } from "./voice";

const VOICES = memory.data(MAX_VOICES * 56, 16);

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
		if (voiceAt(index).hasSounded) return true;
	}
	return false;
}

/** A voice; index 0 is the oldest. */
export function voiceAt(index: u32): Voice {
	return changetype<Voice>(VOICES + index * offsetof<Voice>());
}

/** Starts a voice of the slot's sample; an empty slot is ignored. */
export function startVoice(slot: u32, velocity: f32, isLooping: bool): void {
	const sample = sampleIn(slot);
	const handle = sample.handle;
	if (handle == 0) return;
	if (count == limit) {
		dropped++;
		if (overflow == OVERFLOW_DROP_NEWEST) return;
		endVoice(voiceAt(0));
		// In one piece, because full rings may ask for thousands of voices in one block.
		memory.copy(VOICES, VOICES + offsetof<Voice>(), --count * offsetof<Voice>());
	}
	const voice = voiceAt(count++);
	memory.copy(changetype<usize>(voice), changetype<usize>(sample), offsetof<Sample>());
	voice.round = 0;
	voice.position = 0;
	voice.velocity = velocity;
	voice.slot = slot;
	voice.isLooping = isLooping;
	voice.hasSounded = false;
	retainHandle(handle);
}

/** Releases every voice that the slot started, those of its earlier samples too. */
export function stopVoicesOfSlot(slot: u32): void {
	for (let index: u32 = 0; index < count; index++) {
		const voice = voiceAt(index);
		if (voice.slot == slot) endVoice(voice);
	}
	removeEndedVoices();
}

/** Releases every voice. */
export function stopAllVoices(): void {
	for (let index: u32 = 0; index < count; index++) endVoice(voiceAt(index));
	removeEndedVoices();
}

/** Adds the next frames of all voices, in the order of their age. @param target - address in the mix */
export function mixVoices(target: usize, frames: u32): void {
	const steadyGain = masterGain();
	const ramp = advanceMasterGain(frames);
	for (let index: u32 = 0; index < count; index++) {
		const voice = voiceAt(index);
		const gain = ramp != 0 ? voice.velocity : audible(voice.velocity * steadyGain);
		if (mixVoice(voice, target, frames, gain, ramp)) voice.hasSounded = true;
		else dropVoice(voice);
	}
	removeEndedVoices();
}

/** Ends a voice before its last frame. One that has not sounded yet has nothing to fade. */
function endVoice(voice: Voice): void {
	if (voice.hasSounded) fadeVoice(voice);
	dropVoice(voice);
}

/** Releases the sample and marks the voice as ended. */
function dropVoice(voice: Voice): void {
	releaseHandle(voice.handle);
	voice.handle = 0;
}

/** Closes the gaps that ended voices left, keeping the order. */
function removeEndedVoices(): void {
	let kept: u32 = 0;
	for (let index: u32 = 0; index < count; index++) {
		const voice = voiceAt(index);
		if (voice.handle == 0) continue;
		if (kept != index) memory.copy(changetype<usize>(voiceAt(kept)), changetype<usize>(voice), offsetof<Voice>());
		kept++;
	}
	count = kept;
}
