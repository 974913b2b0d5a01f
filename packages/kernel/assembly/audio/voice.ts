import { headFrames, SEAM_FRAMES, tailFrames } from "../../../engine/src/protocol/seam";
import { MAX_FADE_FRAMES } from "../../../engine/src/protocol/shared-memory";
import { now } from "./clock";
import { audible, SMALLEST_SAMPLE } from "./gain";
import { interpolate, setPositions, sourceFrameAt } from "./interpolate";
import { findTables, HALF_TAPS } from "./interpolation-tables";
import { FRAME_BYTES, mixRow, mixStereo, mixStereoShaped } from "./mix";
import {
	anchorPlace,
	framesBefore,
	framesUntil,
	HELD,
	isOnFrames,
	Playhead,
	placeAt,
	roundEnd,
	traversedAt,
} from "./playhead";
import { rowLevel } from "./slice-reader";
import { mixSlices, Slicing, wholeSliceOf } from "./slicing";
import { edgesOf, frameBytes, framesInARow, hasEdges, SPAN_FRAMES } from "./window";

/** Gain of each frame of a release, from 1 down towards 0. */
const RELEASE_SHAPE = memory.data(MAX_FADE_FRAMES * 4, 16);
let usualRelease: u32 = 1;

/** Factors of the frames of a span, and what lies between frames or backwards. */
const SHAPE = memory.data(64 * 4, 16);
const SPAN = memory.data(64 * 8, 16);

/** The next frames that lie in a row: where the first lies, and how many there are. */
let rowAddress: usize = 0;
let rowFrames: u32 = 0;
/** The first frame of the run that is being rendered: what a release counts from. */
let runFrame: u64 = 0;

/** One sounding instance of a sample. */
@unmanaged
export class Voice extends Playhead {
	/** The frame that it starts on. */
	startFrame: u64;
	velocity: f32;
	slot: u32;
	/** Frames of its release that have sounded, or HELD. */
	released: u32;
	/** Frames from its start over which it fades in. */
	fadeInFrames: u32;
	/** How long its release takes. */
	releaseFrames: u32;
	/** What the caller of `PLAY_SAMPLE` knows it by; 0 = nothing. */
	number: u32;
	/** Balance, for the gain. */
	pan: f32;
	/** The next older and newer voice of the list that it is in; 0 at the ends. */
	older: usize;
	newer: usize;
	/** The voices of the same pad that started before and after it; 0 at the ends. */
	previous: usize;
	next: usize;
	/** A press has started it. */
	isPressed: bool;
	/** It has the place that its pad keeps for a loop. */
	isPadLoop: bool;
	/** It has a gain and a balance of its own. */
	hasGain: bool;
	/** A roll, beneath which another playhead runs on. */
	isRolling: bool;
	/** Where that is: a Ramp. */
	ramp: usize;
	/** How it plays slices, if it does: a Slicing. */
	slicing: usize;
}

/** Sets how long a release usually takes. */
export function setReleaseTime(frames: u32): void {
	usualRelease = frames;
	for (let frame: u32 = 0; frame < frames; frame++) {
		store<f32>(RELEASE_SHAPE + frame * sizeof<f32>(), <f32>(frames - frame) / <f32>frames);
	}
}

/** How long a release usually takes. */
export function releaseTime(): u32 {
	return usualRelease;
}

/** Velocity times what is left of the release. */
export function loudnessOf(voice: Voice): f32 {
	return (voice.velocity * <f32>(voice.releaseFrames - voice.released)) / <f32>voice.releaseFrames;
}

/**
 * Adds a voice's next frames to a bus.
 *
 * @param from - frame of the clock of the first
 * @returns how many there were before it ended, or came to the end of its region
 */
export function renderVoice(voice: Voice, bus: usize, from: u64, frames: u32): u32 {
	const wanted = voice.released == HELD ? frames : min(frames, voice.releaseFrames - voice.released);
	const gain = audible(voice.velocity);
	runFrame = from;
	let done: u32 = 0;
	while (done < wanted) {
		const left = framesUntil(voice, from + done, endOf(voice));
		if (left == 0) {
			if (!voice.isLooping) break;
			voice.round++;
			continue;
		}
		const run = min(wanted - done, <u32>min<f64>(left, f64.MAX_SAFE_INTEGER));
		const target = bus + done * FRAME_BYTES;
		done += gain == 0 ? run : renderSpan(voice, target, from + done, run, gain);
	}
	if (voice.released != HELD) voice.released += done;
	return done;
}

/**
 * Frames until a voice begins to fade out towards the end of its region, because the sample goes on behind it; the most there are when
 * it does not.
 */
export function framesToFinish(voice: Voice, frame: u64): f64 {
	if (voice.released != HELD || voice.isLooping || roundEnd(voice) >= sampleEnd(voice)) return f64.MAX_VALUE;
	const most = floor(voice.length / (2 * voice.rate));
	return max<f64>(framesUntil(voice, frame, roundEnd(voice)) - min(<f64>voice.releaseFrames, most), 0);
}

/** Sets the length of a voice's release to what is left of its region. */
export function fitRelease(voice: Voice, frame: u64): void {
	voice.releaseFrames = max<u32>(<u32>framesUntil(voice, frame, roundEnd(voice)), 1);
}

/** Whether nothing of a voice is left at a frame of the clock. */
export function hasEnded(voice: Voice, frame: u64): bool {
	if (voice.released != HELD && voice.released >= voice.releaseFrames) return true;
	return !voice.isLooping && framesUntil(voice, frame, sampleEnd(voice)) == 0;
}

/**
 * Finds the next frames of a stereo voice that needs nothing but its gain.
 *
 * @returns where they lie, for the caller to mix; 0 if they do not lie in a row, or the voice does not go on behind them
 */
export function wholeRunOf(voice: Voice, frames: u32): usize {
	if (voice.isSliced) return wholeSlicedRun(voice, frames);
	const frame = now();
	if (voice.channels != 2 || voice.isReversed || voice.hasGain || !isOnFrames(voice)) return 0;
	if (isShaped(voice, frame)) return 0;
	let end = endOf(voice);
	if (voice.seamFrames > 0) end -= voice.seamFrames;
	if (min(framesUntil(voice, frame, end), framesToFinish(voice, frame)) <= <f64>frames) return 0;
	findRow(voice, placeAt(voice, frame), frames);
	return rowFrames < frames ? 0 : rowAddress;
}

/** What the frames that were found last have to be multiplied with. */
export function wholeRunGain(voice: Voice): f32 {
	const gain = audible(voice.velocity);
	return voice.isSliced ? audible(gain * rowLevel()) : gain;
}

/** The same of a voice that plays slices. */
function wholeSlicedRun(voice: Voice, frames: u32): usize {
	const frame = now();
	if (voice.channels != 2 || voice.hasGain || isShaped(voice, frame)) return 0;
	if (framesUntil(voice, frame, roundEnd(voice)) <= <f64>frames) return 0;
	return wholeSliceOf(voice, changetype<Slicing>(voice.slicing), voice.slot, frame, frames);
}

/** Traversed frames at which a round or the voice ends; a release goes on behind the region. */
function endOf(voice: Voice): f64 {
	return voice.isLooping || voice.released == HELD ? roundEnd(voice) : sampleEnd(voice);
}

/** Traversed frames at which a voice that does not loop has played all that there is. */
function sampleEnd(voice: Voice): f64 {
	return voice.isReversed ? voice.start + voice.length : <f64>voice.frames - voice.start;
}

/** Adds frames of one round to a bus. @returns how many */
function renderSpan(voice: Voice, bus: usize, frame: u64, frames: u32, gain: f32): u32 {
	if (voice.isSliced) return renderSlices(voice, bus, frame, frames, gain);
	let run = frames;
	let isInSeam = false;
	if (voice.seamFrames > 0) {
		const beforeSeam = framesUntil(voice, frame, roundEnd(voice) - voice.seamFrames);
		isInSeam = beforeSeam == 0;
		if (!isInSeam) run = <u32>min<f64>(run, beforeSeam);
	}
	const isFading = isShaped(voice, frame);
	if (!isFading && !isInSeam) return mixSpan(voice, 0, bus, frame, run, gain, 0);
	run = min(run, SPAN_FRAMES);
	fillShape(voice, frame, run);
	if (!isInSeam) return mixSpan(voice, 0, bus, frame, run, gain, SHAPE);
	// Before the sample there is silence.
	const silent = framesUntil(voice, frame, roundEnd(voice) - framesBefore(voice));
	if (silent > 0) run = <u32>min<f64>(run, silent);
	shapeSeam(voice, frame, run, true);
	run = mixSpan(voice, 0, bus, frame, run, gain, SHAPE);
	if (silent > 0) return run;
	fillShape(voice, frame, run);
	shapeSeam(voice, frame, run, false);
	return mixSpan(voice, voice.isReversed ? voice.length : -voice.length, bus, frame, run, gain, SHAPE);
}

/** Adds frames of slices to a bus. @returns how many */
function renderSlices(voice: Voice, bus: usize, frame: u64, frames: u32, gain: f32): u32 {
	const isFading = isShaped(voice, frame);
	const run = isFading ? min(frames, SPAN_FRAMES) : frames;
	if (isFading) fillShape(voice, frame, run);
	const shape = isFading ? SHAPE : 0;
	return mixSlices(voice, changetype<Slicing>(voice.slicing), voice.slot, bus, frame, run, gain, shape);
}

/** Whether a voice is released or fades in. */
function isShaped(voice: Voice, frame: u64): bool {
	return voice.released != HELD || frame - voice.startFrame < voice.fadeInFrames;
}

function fillShape(voice: Voice, frame: u64, frames: u32): void {
	const passed = frame - voice.startFrame;
	// The frames of this call that were rendered before are not counted as released yet.
	const isReleased = voice.released != HELD;
	const skipped = isReleased ? <u32>(frame - runFrame) : 0;
	for (let index: u32 = 0; index < frames; index++) {
		let factor: f32 = isReleased ? releaseFactor(voice, voice.released + skipped + index) : 1;
		if (passed + index < voice.fadeInFrames) factor *= <f32>(passed + index) / <f32>voice.fadeInFrames;
		store<f32>(SHAPE + index * sizeof<f32>(), factor);
	}
}

function releaseFactor(voice: Voice, frame: u32): f32 {
	const frames = voice.releaseFrames;
	return frames == usualRelease
		? load<f32>(RELEASE_SHAPE + frame * sizeof<f32>())
		: <f32>(frames - frame) / <f32>frames;
}

/** Fades out what a loop plays before its seam, or in what lies before its start. */
function shapeSeam(voice: Voice, frame: u64, frames: u32, isLeaving: bool): void {
	const begin = roundEnd(voice) - voice.seamFrames;
	for (let index: u32 = 0; index < frames; index++) {
		const share = <f32>((traversedAt(voice, frame + index) - begin) / voice.seamFrames);
		const at = SHAPE + index * sizeof<f32>();
		store<f32>(at, load<f32>(at) * (isLeaving ? 1 - share : share));
	}
}

/**
 * Adds frames to a bus, times gain and shape.
 *
 * @param shift - frames of the sample by which the place is moved; 0 = what the playhead hears
 * @param shape - address of a further f32 factor for each frame, or 0
 * @returns how many
 */
function mixSpan(voice: Voice, shift: f64, bus: usize, frame: u64, frames: u32, gain: f32, shape: usize): u32 {
	if (!isOnFrames(voice) || voice.isReversed || floor(shift) != shift) {
		const run = min(frames, SPAN_FRAMES);
		interpolateSpan(voice, shift, frame, run);
		if (shape != 0) mixStereoShaped(bus, SPAN, run, gain, shape);
		else mixStereo(bus, SPAN, run, gain);
		return run;
	}
	const place = placeAt(voice, frame);
	if (shift == 0) {
		findRow(voice, place, frames);
	} else {
		rowAddress = voice.address + <i32>(place + shift) * frameBytes(voice);
		rowFrames = frames;
	}
	mixRow(voice.channels, bus, rowAddress, rowFrames, gain, shape);
	return rowFrames;
}

/** Interpolates what the playhead hears into the span. */
function interpolateSpan(voice: Voice, shift: f64, frame: u64, frames: u32): void {
	const direction: f64 = voice.isReversed ? -1 : 1;
	const start = anchorPlace(voice) + shift;
	setPositions(start, direction * voice.rate, voice.anchorFrame);
	const one = sourceFrameAt(frame);
	const other = sourceFrameAt(frame + frames - 1);
	const lowest = min(one, other) - HALF_TAPS + 1;
	const highest = max(one, other) + HALF_TAPS;
	const source = shift == 0 ? framesInARow(voice, lowest, highest) : voice.address + lowest * frameBytes(voice);
	if (isOnFrames(voice) && floor(shift) == shift) {
		copyBackwards(source + (one - lowest) * frameBytes(voice), frames, voice.channels);
		return;
	}
	findTables(voice.rate);
	interpolate(SPAN, source, lowest, highest - lowest + 1, frame, frames, voice.channels);
	for (let at = SPAN; at < SPAN + frames * FRAME_BYTES; at += 16) {
		const samples = v128.load(at);
		v128.store(at, v128.and(samples, f32x4.ge(f32x4.abs(samples), f32x4.splat(SMALLEST_SAMPLE))));
	}
}

function copyBackwards(source: usize, frames: u32, channels: u32): void {
	for (let index: u32 = 0; index < frames; index++, source -= channels * sizeof<f32>()) {
		const target = SPAN + index * FRAME_BYTES;
		store<f32>(target, load<f32>(source));
		store<f32>(target, load<f32>(source + (channels - 1) * sizeof<f32>()), 4);
	}
}

/**
 * Finds the frames that lie in a row from a whole place on, as far as they are wanted. The ends of a sample that goes round are read
 * from its edges; only a first round begins as a one-shot does, because before that there is silence.
 */
function findRow(voice: Voice, place: f64, frames: u32): void {
	const bytes = frameBytes(voice);
	const index = <i32>place;
	rowFrames = frames;
	rowAddress = voice.address + index * bytes;
	if (!hasEdges(voice)) return;
	const head = headFrames(voice.frames, voice.edgeFrames);
	const tail = <i32>voice.frames - tailFrames(voice.frames, voice.edgeFrames);
	const edges = edgesOf(voice) + SEAM_FRAMES * bytes;
	if (index >= tail) {
		rowAddress = edges + (head + index - tail) * bytes;
	} else if (index < head && voice.round > 0) {
		rowAddress = edges + index * bytes;
		rowFrames = min<u32>(frames, head - index);
	} else {
		rowFrames = min<u32>(frames, tail - index);
	}
}
