/** Strips: each pad's voices and what they pass, and which pads have something to render. */
import { MAX_SLOTS } from "../../../engine/src/protocol/shared-memory";
import { now } from "./clock";
import { isEngaged, resetEqualizers, setBand, settleEqualizer } from "./equalizer";
import { settleMaster } from "./master";
import { addTo, isIn, nextIn, PAD_SET_BYTES, removeFrom } from "./pad-set";
import { HELD } from "./playhead";
import { finishRamp, isSilent, jumpTo, moveTo, Ramp } from "./ramp";
import { showPad } from "./shown-pads";
import { Voice } from "./voice";

/** A pad's channel. */
@unmanaged
export class Strip extends Ramp {
	/** In the order of their start; 0 when there is none. */
	firstVoice: usize;
	lastVoice: usize;
	/** Since when it has been busy: there has been a voice, or one rings. */
	busySince: u64;
	/** Voices that sound and are not being released, and those of them that presses have started. */
	heldVoices: u32;
	pressedVoices: u32;
	/** Without voices: the frame from which on nothing rings. */
	ringEnd: u64;
	/** What its gain is while neither mute nor solo silences it. */
	openLeft: f32;
	openRight: f32;
	isMuted: bool;
	isSoloed: bool;
	/** Its equalizer filters. */
	isEqualized: bool;
	/** The cue bus hears it. */
	isCued: bool;
	unused2: u32;
}

/** A strip whose equalizer filters rings for a tenth of a second behind its last voice. */
const RINGS_PER_SECOND: u32 = 10;

const STRIPS = memory.data(MAX_SLOTS * 88, 16);
/** How much of each pad the cue bus hears. */
const CUES = memory.data(MAX_SLOTS * 40, 8);
/** One bit per pad that is busy. */
const BUSY = memory.data(PAD_SET_BYTES, 8);
let busyStrips: u32 = 0;
/** Since when there has been a busy one. */
let soundingSince: u64 = 0;
let ringFrames: u32 = 1;

/** Takes all voices off the strips and sets their gains to 1. */
export function resetStrips(sampleRate: u32): void {
	ringFrames = max(sampleRate / RINGS_PER_SECOND, 1);
	memory.fill(STRIPS, 0, MAX_SLOTS * offsetof<Strip>());
	memory.fill(BUSY, 0, PAD_SET_BYTES);
	busyStrips = 0;
	resetEqualizers();
	for (let slot: u32 = 0; slot < <u32>MAX_SLOTS; slot++) {
		jumpTo(stripOf(slot), 1, 1);
		jumpTo(cueOf(slot), 0, 0);
	}
}

/** The pad's strip. */
export function stripOf(slot: u32): Strip {
	return changetype<Strip>(STRIPS + slot * offsetof<Strip>());
}

/** How much of the pad the cue bus hears. */
export function cueOf(slot: u32): Ramp {
	return changetype<Ramp>(CUES + slot * offsetof<Ramp>());
}

/** Sets the strip's gain: while something sounds it moves there. */
export function setStripGain(slot: u32, left: f32, right: f32): void {
	const strip = stripOf(slot);
	if (isSounding(slot)) moveTo(strip, left, right);
	else jumpTo(strip, left, right);
}

/** Sets the gain of one of the equalizer's bands likewise. */
export function setStripBand(slot: u32, band: u32, gain: f32): void {
	setBand(slot, band, gain, isSounding(slot));
	stripOf(slot).isEqualized = isEngaged(slot);
}

/** Sets likewise whether the cue bus hears the pad. */
export function setCued(slot: u32, isCued: bool): void {
	const cue = cueOf(slot);
	const gain: f32 = isCued ? 1 : 0;
	if (isSounding(slot)) moveTo(cue, gain, gain);
	else jumpTo(cue, gain, gain);
	stripOf(slot).isCued = !isSilent(cue);
}

/** The first pad from a number on that is busy; MAX_SLOTS when there is none. */
export function nextBusyPad(slot: u32): u32 {
	return nextIn(BUSY, slot);
}

/** Whether any strip is busy. */
export function isAnyBusy(): bool {
	return busyStrips != 0;
}

/** Whether something has sounded in an earlier frame and goes on. */
export function hasSounded(): bool {
	return isAnyBusy() && soundingSince < now();
}

/** Frames since something has been sounding. */
export function framesSounding(): u32 {
	return <u32>(now() - soundingSince);
}

/** Adds a voice that sounds to its pad's. The gains of a pad where nothing sounds do not move. */
export function addToStrip(voice: Voice): void {
	const strip = stripOf(voice.slot);
	const address = changetype<usize>(voice);
	voice.previous = strip.lastVoice;
	voice.next = 0;
	if (strip.lastVoice != 0) changetype<Voice>(strip.lastVoice).next = address;
	else {
		strip.firstVoice = address;
		if (!isBusy(voice.slot)) beginSound(voice.slot);
	}
	strip.lastVoice = address;
	strip.heldVoices++;
	if (voice.isPressed) strip.pressedVoices++;
}

/** Counts a voice that does not sound any more, but for its release. */
export function countReleased(voice: Voice): void {
	const strip = stripOf(voice.slot);
	strip.heldVoices--;
	if (voice.isPressed) strip.pressedVoices--;
}

/** Takes a voice off its pad's. */
export function removeFromStrip(voice: Voice): void {
	const strip = stripOf(voice.slot);
	if (voice.released == HELD) countReleased(voice);
	if (voice.previous == 0) strip.firstVoice = voice.next;
	else changetype<Voice>(voice.previous).next = voice.next;
	if (voice.next == 0) strip.lastVoice = voice.previous;
	else changetype<Voice>(voice.next).previous = voice.previous;
	if (strip.firstVoice != 0) return;
	if (strip.isEqualized) beginRing(strip, now());
	else setBusy(voice.slot, false);
}

/** Lets a strip without voices ring. @param from - the frame behind the last that a voice has sounded in */
export function beginRing(strip: Strip, from: u64): void {
	strip.ringEnd = from + ringFrames;
}

/** Ends the sound of a strip without voices, if nothing of it rings at a frame. */
export function settleStrip(slot: u32, frame: u64): void {
	const strip = stripOf(slot);
	if (strip.firstVoice != 0 || (strip.isEqualized && frame < strip.ringEnd)) return;
	settleEqualizer(slot);
	strip.isEqualized = isEngaged(slot);
	setBusy(slot, false);
}

function beginSound(slot: u32): void {
	const strip = stripOf(slot);
	strip.busySince = now();
	finishRamp(strip);
	finishRamp(cueOf(slot));
	strip.isCued = !isSilent(cueOf(slot));
	if (!isAnyBusy()) {
		soundingSince = now();
		settleMaster();
	}
	setBusy(slot, true);
}

function isSounding(slot: u32): bool {
	return isBusy(slot) && stripOf(slot).busySince < now();
}

/** Whether the pad has voices, or rings. */
export function isBusy(slot: u32): bool {
	return isIn(BUSY, slot);
}

function setBusy(slot: u32, willBe: bool): void {
	if (isBusy(slot) == willBe) return;
	busyStrips += willBe ? 1 : -1;
	if (!willBe) return removeFrom(BUSY, slot);
	addTo(BUSY, slot);
	showPad(slot);
}
