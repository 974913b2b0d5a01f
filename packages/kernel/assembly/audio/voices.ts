/**
 * Which voices there are. Those that sound count against the limit, and the oldest of them gives way; a pad's loop has a place of
 * its own; those that are being released have as many places again. When these run out, the quietest ends at once.
 */
import { MAX_SLOTS, MAX_VOICES, OVERFLOW_DROP_NEWEST } from "../../../engine/src/protocol/shared-memory";
import { now } from "./clock";
import { sendVoiceEnded } from "./events";
import { audible } from "./gain";
import { anchorAt, HELD, setWholeRegion } from "./playhead";
import { jumpTo, moveTo, Ramp } from "./ramp";
import { releaseHandle, retainHandle, Sample, sampleIn, slotLimit } from "./samples";
import { SLICING_BYTES, Slicing } from "./slicing";
import { addToStrip, countReleased, removeFromStrip, stripOf } from "./strip";
import { loudnessOf, releaseTime, Voice } from "./voice";
import { append, emptyList, remove, VoiceList } from "./voice-list";

const VOICES = memory.data((MAX_VOICES + MAX_SLOTS) * 2 * 176, 16);
/** The gain of each that has one of its own. */
const RAMPS = memory.data((MAX_VOICES + MAX_SLOTS) * 2 * 40, 8);
/** How each plays slices. */
const SLICINGS = memory.data((MAX_VOICES + MAX_SLOTS) * 2 * 248, 8);
/** Against the limit, for each pad's loop, and for releases. */
const sounding = changetype<VoiceList>(memory.data(16, 8));
const loops = changetype<VoiceList>(memory.data(16, 8));
const releasing = changetype<VoiceList>(memory.data(16, 8));

let limit: u32 = 0;
let overflow: u32 = 0;
let dropped: u32 = 0;
let cut: u32 = 0;
/** The first free place; each names the next. */
let free: usize = 0;

/** Forgets all voices and sets how many there may be and what happens to one more. */
export function resetVoices(voiceLimit: u32, overflowPolicy: u32): void {
	if (offsetof<Voice>() != 176) ERROR("VOICES has another size.");
	limit = voiceLimit;
	overflow = overflowPolicy;
	dropped = 0;
	cut = 0;
	emptyList(sounding);
	emptyList(loops);
	emptyList(releasing);
	free = 0;
	for (let index: u32 = 0; index < (limit + slotLimit()) * 2; index++) {
		const voice = changetype<Voice>(VOICES + index * offsetof<Voice>());
		voice.ramp = RAMPS + index * offsetof<Ramp>();
		voice.slicing = SLICINGS + <usize>index * SLICING_BYTES;
		voice.next = free;
		free = changetype<usize>(voice);
	}
}

/** Voices now sounding; those that are being released do not count. */
export function voiceCount(): u32 {
	return sounding.count + loops.count;
}

/** Voices stolen or refused since the start, because all were sounding. */
export function droppedVoiceCount(): u32 {
	return dropped;
}

/** Releases that ended at once since the start, because there were too many. */
export function cutReleaseCount(): u32 {
	return cut;
}

/**
 * Starts a voice of the slot's sample, in place of the oldest when all sound.
 *
 * @returns the voice; 0 when there is none, because the slot is empty or all sound and the newest is dropped
 */
export function startVoice(slot: u32, velocity: f32, isLooping: bool, isPressed: bool): usize {
	if (sampleIn(slot).handle == 0) return 0;
	if (sounding.count == limit) {
		dropped++;
		if (overflow == OVERFLOW_DROP_NEWEST) return 0;
		endVoice(changetype<Voice>(sounding.oldest));
	}
	return changetype<usize>(addVoice(sounding, sampleIn(slot), slot, velocity, isLooping, isPressed));
}

/** Starts the pad's loop, in place of the one that it has. @returns as `startVoice` */
export function startPadLoop(slot: u32, velocity: f32): usize {
	const sample = sampleIn(slot);
	if (sample.handle == 0) return 0;
	const running = padLoopOf(slot);
	if (running != 0) endVoice(changetype<Voice>(running));
	const voice = addVoice(loops, sample, slot, velocity, true, true);
	voice.isPadLoop = true;
	return changetype<usize>(voice);
}

/** Adds a voice that takes the place of a pressed one, which is still there: of any sample that is retained. */
export function addPressed(sample: Sample, old: Voice): Voice {
	const voice = addVoice(old.isPadLoop ? loops : sounding, sample, old.slot, old.velocity, old.isLooping, true);
	voice.isPadLoop = old.isPadLoop;
	return voice;
}

/** The voice of `PLAY_SAMPLE` that has a number and is not being released, 0 when there is none. */
export function voiceNumbered(number: u32): usize {
	if (number == 0) return 0;
	for (let at = sounding.newest; at != 0; at = changetype<Voice>(at).older) {
		if (changetype<Voice>(at).number == number) return at;
	}
	return 0;
}

/** Gives a voice a gain of its own: one that has not sounded yet has it at once, another moves there. */
export function setOwnGain(voice: Voice, gain: f64): void {
	const left = <f32>(gain * min<f64>(1 - voice.pan, 1));
	const right = <f32>(gain * min<f64>(1 + voice.pan, 1));
	const ramp = changetype<Ramp>(voice.ramp);
	if (!voice.hasGain) jumpTo(ramp, 1, 1);
	voice.hasGain = true;
	if (voice.startFrame == now()) jumpTo(ramp, audible(left), audible(right));
	else moveTo(ramp, audible(left), audible(right));
}

/** The pad's loop that is not being released, 0 when there is none. */
export function padLoopOf(slot: u32): usize {
	for (let at = stripOf(slot).firstVoice; at != 0; at = changetype<Voice>(at).next) {
		const voice = changetype<Voice>(at);
		if (voice.isPadLoop && voice.released == HELD) return at;
	}
	return 0;
}

/** The oldest of all pads' loops; each names the next newer. */
export function oldestPadLoop(): usize {
	return loops.oldest;
}

/** The newest of them. */
export function newestPadLoop(): usize {
	return loops.newest;
}

/** Stops the pad's voices, those of its earlier samples too, or only those that presses have started. @param isHeard - as in `endVoice` */
export function stopVoicesOf(slot: u32, onlyPressed: bool, isHeard: bool = false): void {
	for (let at = stripOf(slot).firstVoice; at != 0; ) {
		const voice = changetype<Voice>(at);
		at = voice.released == HELD && (voice.isPressed || !onlyPressed) ? endVoice(voice, isHeard) : voice.next;
	}
}

/** Stops every voice. */
export function stopAllVoices(): void {
	while (sounding.oldest != 0) endVoice(changetype<Voice>(sounding.oldest));
	while (loops.oldest != 0) endVoice(changetype<Voice>(loops.oldest));
}

/** Ends a voice at once, and releases its sample. */
export function dropVoice(voice: Voice): void {
	remove(listOf(voice), voice);
	removeFromStrip(voice);
	releaseHandle(voice.handle);
	if (voice.number != 0) sendVoiceEnded(voice.number);
	voice.next = free;
	free = changetype<usize>(voice);
}

/**
 * Releases a voice that sounds, which may end another release at once. A voice that has not sounded yet has nothing to release.
 *
 * @param isHeard - whether one that starts on this frame sounds for as long as its release takes
 * @returns the voice of the same pad behind it, 0 when there is none
 */
export function endVoice(voice: Voice, isHeard: bool = false): usize {
	const next = voice.next;
	if (voice.startFrame == now() && !isHeard) {
		dropVoice(voice);
		return next;
	}
	releaseVoice(voice);
	if (releasing.count <= limit + slotLimit()) return next;
	cut++;
	const quietest = quietestRelease();
	dropVoice(quietest);
	// The one that was dropped may be the next.
	return quietest == voice ? next : voice.next;
}

/** Releases a voice that sounds. */
export function releaseVoice(voice: Voice): void {
	remove(listOf(voice), voice);
	voice.released = 0;
	countReleased(voice);
	append(releasing, voice);
}

function addVoice(list: VoiceList, sample: Sample, slot: u32, velocity: f32, isLooping: bool, isPressed: bool): Voice {
	if (free == 0) {
		cut++;
		dropVoice(quietestRelease());
	}
	const voice = changetype<Voice>(free);
	free = voice.next;
	retainHandle(sample.handle);
	memory.copy(changetype<usize>(voice), changetype<usize>(sample), offsetof<Sample>());
	voice.startFrame = now();
	voice.rate = 1;
	voice.beats = 0;
	voice.isLooping = isLooping;
	voice.isReversed = false;
	voice.isSliced = false;
	changetype<Slicing>(voice.slicing).isBegun = false;
	setWholeRegion(voice);
	anchorAt(voice, now(), 0);
	voice.velocity = velocity;
	voice.slot = slot;
	voice.released = HELD;
	voice.fadeInFrames = 0;
	voice.releaseFrames = releaseTime();
	voice.number = 0;
	voice.pan = 0;
	voice.hasGain = false;
	voice.isRolling = false;
	voice.isPressed = isPressed;
	voice.isPadLoop = false;
	append(list, voice);
	addToStrip(voice);
	return voice;
}

function listOf(voice: Voice): VoiceList {
	if (voice.released != HELD) return releasing;
	return voice.isPadLoop ? loops : sounding;
}

/** Of equally quiet ones the oldest. */
function quietestRelease(): Voice {
	let quietest = changetype<Voice>(releasing.oldest);
	let lowest = loudnessOf(quietest);
	for (let at = quietest.newer; at != 0; at = changetype<Voice>(at).newer) {
		const loudness = loudnessOf(changetype<Voice>(at));
		if (loudness >= lowest) continue;
		lowest = loudness;
		quietest = changetype<Voice>(at);
	}
	return quietest;
}
