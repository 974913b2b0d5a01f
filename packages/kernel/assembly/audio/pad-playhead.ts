/** What a pad's parameters mean for the playheads of the voices that presses have started. */

import {
	PAD_CENTS,
	PAD_LENGTH_BEATS,
	PAD_LOOP_END,
	PAD_LOOP_START,
	PAD_REVERSE,
	PAD_SEAM_FADE,
	PAD_SEMITONES,
	PAD_SPEED,
	PAD_SYNC,
	SYNC_OFF,
	SYNC_SLICES,
	TRANSPORT_TEMPO,
} from "../../../engine/src/protocol/parameters";
import { HEADER, HEADER_SAMPLE_RATE, MAX_SLOTS } from "../../../engine/src/protocol/shared-memory";
import { now } from "./clock";
import { masterParameter, padParameter } from "./parameter-values";
import { anchorAt, HELD, Playhead, placeAt, roundEnd, setRate, setRegion, traversedAt } from "./playhead";
import { clampedRate, rateOfPitch } from "./rate";
import { Sample, sampleIn } from "./samples";
import { sliceCount } from "./slices";
import { hasSlices, Slicing } from "./slicing";
import { stripOf } from "./strip";
import { releaseTime, Voice } from "./voice";
import { addPressed, endVoice, oldestPadLoop, padLoopOf, startPadLoop, startVoice } from "./voices";

const SECONDS_PER_MINUTE: f64 = 60;
/** A place that is nearer to another is the same. */
const SAME_PLACE: f64 = 1e-3;

/** A playhead that is tried before it takes the place of a voice's own. */
export const draft = changetype<Playhead>(memory.data(112, 8));

/** By pad: the playhead that runs on beneath a roll. */
const BENEATH = memory.data(MAX_SLOTS * 112, 8);

let sampleRate: f64 = 1;

/** Reads the rate of the output. */
export function resetPadPlayheads(): void {
	if (offsetof<Playhead>() != 112) ERROR("The draft has another size.");
	sampleRate = <f64>load<u32>(HEADER, HEADER_SAMPLE_RATE);
}

/** Starts the pad's loop, or its sample once, as the pad's parameters say. @returns the voice, 0 when there is none */
export function startFitted(slot: u32, velocity: f32, isLoop: bool): usize {
	const at = isLoop ? startPadLoop(slot, velocity) : startVoice(slot, velocity, false, true);
	if (at != 0) fitToPad(changetype<Voice>(at), slot);
	return at;
}

/** Sets a new voice's region, direction and rate to those of its pad. */
export function fitToPad(playhead: Playhead, slot: u32): void {
	playhead.isReversed = padParameter(slot, PAD_REVERSE) != 0;
	const seam = padParameter(slot, PAD_SEAM_FADE) * sampleRate;
	setRegion(playhead, padParameter(slot, PAD_LOOP_START), padParameter(slot, PAD_LOOP_END), floor(seam));
	playhead.beats = beatsOf(playhead, slot);
	playhead.rate = clampedRate(rateOf(playhead, slot));
	playhead.isSliced = playsSlices(playhead, slot);
}

/** Lets what the pad plays follow its speed, pitch and sync from now on; places go on from where they are. */
export function updateRates(slot: u32): void {
	for (let at = stripOf(slot).firstVoice; at != 0; at = changetype<Voice>(at).next) {
		const voice = changetype<Voice>(at);
		if (voice.released != HELD || !voice.isPressed) continue;
		updateRate(voice);
	}
}

/** Whether the pad's loop cannot follow the tempo, because its rate would be higher or lower than any. */
export function isRateHeld(slot: u32): bool {
	const at = padLoopOf(slot);
	if (at == 0) return false;
	const playhead = loopOf(changetype<Voice>(at));
	if (playhead.beats == 0) return false;
	const rate = rateOf(playhead, slot);
	return rate != clampedRate(rate);
}

/** Lets every loop that follows the tempo have its rate. */
export function followTempo(): void {
	for (let at = oldestPadLoop(); at != 0; at = changetype<Voice>(at).newer) {
		const voice = changetype<Voice>(at);
		if (loopOf(voice).beats != 0) updateRate(voice);
	}
}

/**
 * Fits the pad's loop to another region, direction, length in beats or sample. One that follows the tempo stays at its beat, another at
 * its place if that lies in the region. A jump is a cross-fade.
 */
export function refitPad(slot: u32): void {
	let at = padLoopOf(slot);
	// A roll ends with what it was a part of.
	if (at != 0 && changetype<Voice>(at).isRolling) at = crossFadeBeneath(changetype<Voice>(at));
	if (at == 0) return;
	const voice = changetype<Voice>(at);
	copyPlayhead(draft, voice);
	const sample = sampleIn(slot);
	const isSwap = sample.handle != 0 && sample.handle != voice.handle;
	if (isSwap) memory.copy(changetype<usize>(draft), changetype<usize>(sample), offsetof<Sample>());
	fitToPad(draft, slot);
	anchorAt(draft, now(), refittedPosition(voice, isSwap));
	const moved = abs(placeAt(draft, now()) - placeAt(voice, now()));
	const isSliced = voice.isSliced || draft.isSliced;
	if (isSwap || isSliced || moved > SAME_PLACE || isInSeam(voice) || isInSeam(draft)) crossFade(voice);
	else copyPlayhead(voice, draft);
}

/** Whether two places of the sample are heard. */
function isInSeam(playhead: Playhead): bool {
	return playhead.seamFrames > 0 && traversedAt(playhead, now()) >= roundEnd(playhead) - playhead.seamFrames;
}

/** Traversed frames of the draft that fit those of the playhead that it takes the place of. */
export function refittedPosition(old: Playhead, isSwap: bool): f64 {
	const traversed = traversedAt(old, now());
	if (draft.beats != 0 && old.beats != 0) return (traversed / old.length) * old.beats * (draft.length / draft.beats);
	// On a whole frame, which needs no interpolation.
	if (isSwap) return floor((traversed / old.length) * draft.length + 0.5);
	const place = placeAt(old, now());
	const inside = draft.isReversed ? draft.start + draft.length - 1 - place : place - draft.start;
	if (!draft.isLooping) return min(max(inside, 0), draft.length);
	if (inside < 0 || inside >= draft.length) return 0;
	// Only a loop that has not gone round, and starts where it did, still has silence before it.
	const isUnchanged = old.round == 0 && inside == traversed;
	return isUnchanged ? inside : inside + draft.length;
}

/** Copies what a playhead is and where, and which sample it reads. */
export function copyPlayhead(target: Playhead, source: Playhead): void {
	memory.copy(changetype<usize>(target), changetype<usize>(source), offsetof<Playhead>());
}

/**
 * Puts the draft in the place of a voice: over the release, or at once if nobody has heard the voice.
 *
 * @returns the voice that plays the draft
 */
export function crossFade(voice: Voice): Voice {
	const isHeard = voice.startFrame != now();
	if (!isHeard && voice.handle == draft.handle) {
		copyPlayhead(voice, draft);
		voice.isRolling = false;
		changetype<Slicing>(voice.slicing).isBegun = false;
		return voice;
	}
	const fadeInFrames = isHeard ? releaseTime() : voice.fadeInFrames;
	const next = addPressed(draft, voice);
	copyPlayhead(next, draft);
	next.fadeInFrames = fadeInFrames;
	endVoice(voice);
	return next;
}

/** The playhead that runs on beneath the pad's roll. */
export function beneathOf(slot: u32): Playhead {
	return changetype<Playhead>(BENEATH + slot * offsetof<Playhead>());
}

/** The playhead of a pad's loop, also while a roll sounds in its place. */
export function loopOf(voice: Voice): Playhead {
	return voice.isRolling ? beneathOf(voice.slot) : voice;
}

/** Ends a roll: the voice goes on as the playhead beneath it, or ends with it. @returns the voice; 0 when it has ended */
export function crossFadeBeneath(voice: Voice): usize {
	copyPlayhead(draft, beneathOf(voice.slot));
	const traversed = traversedAt(draft, now());
	if (!draft.isLooping && traversed >= draft.length) {
		endVoice(voice);
		return 0;
	}
	anchorAt(draft, now(), traversed);
	return changetype<usize>(crossFade(voice));
}

/** Gives a voice the rate of its pad, and what runs on beneath its roll. */
function updateRate(voice: Voice): void {
	const slot = voice.slot;
	const playhead = loopOf(voice);
	playhead.beats = beatsOf(playhead, slot);
	const rate = rateOf(playhead, slot);
	setRate(playhead, now(), rate);
	// A roll over slices has their rate.
	if (voice.isRolling && !playhead.isSliced) setRate(voice, now(), rate);
}

/** Whether the playhead is that of a loop whose slices follow the tempo. */
function playsSlices(playhead: Playhead, slot: u32): bool {
	if (playhead.beats == 0 || playhead.isReversed || sliceCount(slot) == 0) return false;
	return padParameter(slot, PAD_SYNC) == SYNC_SLICES && hasSlices(playhead, slot);
}

/** How many beats the loop is while it follows the tempo, else 0. */
function beatsOf(playhead: Playhead, slot: u32): f64 {
	const isSynced = playhead.isLooping && padParameter(slot, PAD_SYNC) != SYNC_OFF;
	return isSynced ? padParameter(slot, PAD_LENGTH_BEATS) : 0;
}

function rateOf(playhead: Playhead, slot: u32): f64 {
	const speed = padParameter(slot, PAD_SPEED);
	if (playhead.beats == 0) return rateOfPitch(speed, padParameter(slot, PAD_SEMITONES), padParameter(slot, PAD_CENTS));
	const tempo = masterParameter(TRANSPORT_TEMPO);
	return (playhead.length * speed * tempo) / (SECONDS_PER_MINUTE * sampleRate * playhead.beats);
}
