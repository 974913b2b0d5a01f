/** Pads in motion: paused, moved to another place, rolled, and moved with the transport. Each jump is a cross-fade. */
import { MAX_BEATS, MAX_LOOP_FRAME, MIN_BEATS } from "../../../engine/src/protocol/parameters";
import { MAX_SLOTS } from "../../../engine/src/protocol/shared-memory";
import { now } from "./clock";
import {
	beneathOf,
	copyPlayhead,
	crossFade,
	crossFadeBeneath,
	draft,
	fitToPad,
	loopOf,
	refitPad,
	refittedPosition,
	startFitted,
} from "./pad-playhead";
import { anchorAt, HELD, Playhead, placeAt, traversedAt } from "./playhead";
import { sampleIn, slotLimit } from "./samples";
import { Slicing, slicedPlace } from "./slicing";
import { stripOf } from "./strip";
import { beatAt, framesOf, framesOfSeconds } from "./transport";
import { releaseTime, Voice } from "./voice";
import { newestPadLoop, oldestPadLoop, stopVoicesOf } from "./voices";

/** Of a roll, over which each of its rounds fades into the next. */
const ROLL_SEAM_SECONDS: f64 = 0.002;
const SHORTEST_ROLL: f64 = 64;
/** Rounds by which a loop that is moved before its first is put forward: divisible by every factor that its beats are multiplied with. */
const ROUNDS_AHEAD: f64 = 10_080;

/** What a paused pad goes on with, beside its playhead. */
@unmanaged
class Resting {
	/** The beat of the pause. */
	beat: f64;
	velocity: f32;
	isPaused: bool;
	unused1: u8;
	unused2: u16;
}

const RESTING = memory.data(MAX_SLOTS * 16, 8);
/** The paused playhead. */
const PAUSED = memory.data(MAX_SLOTS * 112, 8);
let paused: u32 = 0;

/** Nothing is paused. */
export function resetPadMoves(): void {
	memory.fill(RESTING, 0, MAX_SLOTS * offsetof<Resting>());
	paused = 0;
}

/** Whether any pad is paused. */
export function isAnyPaused(): bool {
	return paused > 0;
}

/** Whether the pad is paused. */
export function isPaused(slot: u32): bool {
	return restingOf(slot).isPaused;
}

/** The paused pad has nothing to go on with any more. */
export function forgetPause(slot: u32): void {
	const resting = restingOf(slot);
	if (!resting.isPaused) return;
	resting.isPaused = false;
	paused--;
}

/** The same of every pad. */
export function forgetPauses(): void {
	for (let slot: u32 = 0; paused > 0 && slot < slotLimit(); slot++) forgetPause(slot);
}

/** Stops what the pad plays and keeps its place. */
export function pausePad(slot: u32): void {
	endRoll(slot);
	// A roll ends together with a one-shot that has ended beneath it.
	const at = playingVoiceOf(slot);
	if (at == 0) return;
	const voice = changetype<Voice>(at);
	const resting = restingOf(slot);
	forgetPause(slot);
	copyPlayhead(pausedOf(slot), voice);
	anchorAt(pausedOf(slot), now(), traversedAt(voice, now()));
	resting.beat = beatAt(now());
	resting.velocity = voice.velocity;
	resting.isPaused = true;
	paused++;
	stopVoicesOf(slot, true);
}

/** Goes on where the pad was paused; one that follows the tempo where the clock is now. */
export function resumePad(slot: u32): void {
	const resting = restingOf(slot);
	if (!resting.isPaused) return;
	const kept = pausedOf(slot);
	const isSwapped = sampleIn(slot).handle != kept.handle;
	const share = kept.anchorPosition / kept.length;
	const beat = resting.beat;
	const at = startFitted(slot, resting.velocity, kept.isLooping);
	forgetPause(slot);
	if (at == 0) return;
	const voice = changetype<Voice>(at);
	let traversed = isSwapped ? floor(share * voice.length + 0.5) : kept.anchorPosition;
	if (voice.beats != 0 && kept.beats != 0) {
		traversed = ((share * kept.beats + beatAt(now()) - beat) / voice.beats) * voice.length;
	}
	startInside(voice, traversed);
	if (traversed != 0) voice.fadeInFrames = releaseTime();
}

/** Fits what the pad plays, or has paused, to another region, direction, length in beats or sample. */
export function refit(slot: u32): void {
	refitPad(slot);
	const kept = pausedOf(slot);
	// With another sample it is fitted as it goes on.
	if (!isPaused(slot) || sampleIn(slot).handle != kept.handle) return;
	anchorAt(kept, now(), kept.anchorPosition);
	copyPlayhead(draft, kept);
	fitToPad(draft, slot);
	anchorAt(draft, now(), refittedPosition(kept, false));
	copyPlayhead(kept, draft);
}

/** Moves the pad's playhead. @param frame - of the source file, held within the region; @returns false when it is out of range */
export function seekPad(slot: u32, frame: f64): bool {
	if (!(frame >= 0 && frame <= MAX_LOOP_FRAME)) return false;
	if (isPaused(slot)) {
		const kept = pausedOf(slot);
		anchorAt(kept, now(), traversedTo(kept, frame));
		return true;
	}
	endRoll(slot);
	const at = playingVoiceOf(slot);
	if (at == 0) return true;
	const voice = changetype<Voice>(at);
	copyPlayhead(draft, voice);
	anchorAt(draft, now(), traversedTo(draft, frame));
	crossFade(voice);
	return true;
}

/** Begins a momentary loop over what the pad plays, from where it is. @returns false when the beats are out of range */
export function rollPad(slot: u32, beats: f64): bool {
	if (!(beats >= MIN_BEATS && beats <= MAX_BEATS)) return false;
	let at = playingVoiceOf(slot);
	if (at == 0) return true;
	if (!changetype<Voice>(at).isRolling) {
		// A pad rolls once: an older voice ends its roll. It may take the place of this one.
		endRoll(slot);
		if (changetype<Voice>(at).released != HELD) at = playingVoiceOf(slot);
		if (at == 0) return true;
	}
	const voice = changetype<Voice>(at);
	const place = voice.isSliced
		? slicedPlace(voice, changetype<Slicing>(voice.slicing), slot, now())
		: placeAt(voice, now());
	if (!voice.isRolling) copyPlayhead(beneathOf(slot), voice);
	copyPlayhead(draft, voice);
	if (voice.isSliced) draft.rate = 1;
	draft.isSliced = false;
	const frames = <f64>voice.frames;
	draft.isLooping = true;
	draft.isWhole = false;
	draft.length = min(max(floor(framesOf(beats) * draft.rate + 0.5), SHORTEST_ROLL), frames);
	const spare = frames - draft.length;
	let seam = floor(min(framesOfSeconds(ROLL_SEAM_SECONDS) * draft.rate, draft.length / 2));
	// A loop fades in what lies before the roll, so something must; a one-shot begins anew, out of silence.
	if (beneathOf(slot).isLooping) seam = floor(min(seam, spare));
	const ahead = beneathOf(slot).isLooping ? seam : 0;
	draft.start = voice.isReversed ? max(min(place - draft.length + 1, spare - ahead), 0) : min(max(place, ahead), spare);
	draft.seamFrames = seam;
	anchorAt(draft, now(), 0);
	anchorAt(draft, now(), insideOf(draft, place));
	crossFade(voice).isRolling = true;
	return true;
}

/** Goes on where the pad would be without its roll. */
export function endRoll(slot: u32): void {
	const at = rollingVoiceOf(slot);
	if (at != 0) crossFadeBeneath(changetype<Voice>(at));
}

/** Moves every loop that follows the tempo by so many beats. */
export function moveSynced(beats: f64): void {
	if (beats == 0) return;
	// Those that take their places are newer, and have been moved.
	const newest = newestPadLoop();
	for (let at = oldestPadLoop(), last: usize = 0; at != 0 && last != newest; ) {
		const voice = changetype<Voice>(at);
		last = at;
		at = voice.newer;
		const playhead = loopOf(voice);
		if (playhead.beats == 0) continue;
		copyPlayhead(draft, playhead);
		startInside(draft, traversedAt(playhead, now()) + (beats / playhead.beats) * playhead.length);
		if (voice.isRolling) copyPlayhead(playhead, draft);
		else crossFade(voice).fadeInFrames = releaseTime();
	}
}

/** Sets the traversed frames of a playhead that enters its region from within, however often they go round. */
function startInside(playhead: Playhead, traversed: f64): void {
	if (!playhead.isLooping) {
		anchorAt(playhead, now(), min(max(traversed, 0), playhead.length));
		return;
	}
	// A round in, so that it does not begin as a one-shot does, and at the same phase of a loop of any other number of beats.
	const ahead = ceil((playhead.length - traversed) / (ROUNDS_AHEAD * playhead.length));
	anchorAt(playhead, now(), traversed + max<f64>(ahead, 0) * ROUNDS_AHEAD * playhead.length);
}

function traversedTo(playhead: Playhead, frame: f64): f64 {
	const inside = insideOf(playhead, min(frame * playhead.ratio, <f64>playhead.frames));
	const held = min(max(inside, 0), playhead.length);
	return playhead.isLooping ? held + playhead.length : held;
}

/** Frames of the region before a place, in the direction of play. */
function insideOf(playhead: Playhead, place: f64): f64 {
	return playhead.isReversed ? playhead.start + playhead.length - 1 - place : place - playhead.start;
}

/** The newest voice that a press has started and that is not being released, 0 when there is none. */
function playingVoiceOf(slot: u32): usize {
	for (let at = stripOf(slot).lastVoice; at != 0; at = changetype<Voice>(at).previous) {
		const voice = changetype<Voice>(at);
		if (voice.isPressed && voice.released == HELD) return at;
	}
	return 0;
}

/** The voice of the pad's roll, 0 when it does not roll. */
function rollingVoiceOf(slot: u32): usize {
	for (let at = stripOf(slot).lastVoice; at != 0; at = changetype<Voice>(at).previous) {
		const voice = changetype<Voice>(at);
		if (voice.isRolling && voice.released == HELD) return at;
	}
	return 0;
}

function restingOf(slot: u32): Resting {
	return changetype<Resting>(RESTING + slot * offsetof<Resting>());
}

function pausedOf(slot: u32): Playhead {
	return changetype<Playhead>(PAUSED + slot * offsetof<Playhead>());
}
