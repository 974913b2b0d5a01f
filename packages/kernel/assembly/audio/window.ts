/**
 * What a playhead's taps read: frames of the sample in a row. Where they reach over a loop's seam, they are gathered through it; only a
 * first round begins as a one-shot does.
 */
import { headFrames, SEAM_FRAMES, tailFrames } from "../../../engine/src/protocol/seam";
import { GUARD_FRAMES } from "../../../engine/src/protocol/shared-memory";
import { interpolateOne } from "./interpolate";
import { HALF_TAPS } from "./interpolation-tables";
import { FRAME_BYTES } from "./mix";
import { Playhead } from "./playhead";

/** Output frames that are interpolated at once. */
export const SPAN_FRAMES: u32 = 64;
/** As many at the highest rate, and what the taps reach beyond them. */
const GATHERED = memory.data(300 * 8, 16);
/** What the taps of one place see, and those of a place that one of them has led to. */
const TAPS = memory.data(2 * 32 * 8, 16);
const TAPS_BYTES: u32 = 32 * 8;

/** The first frame of the edges behind a resampled sample. */
export function edgesOf(playhead: Playhead): usize {
	return playhead.address + (playhead.frames + GUARD_FRAMES) * frameBytes(playhead);
}

/** Bytes of a frame of the sample. */
export function frameBytes(playhead: Playhead): u32 {
	return playhead.channels * sizeof<f32>();
}

/**
 * Finds frames of the sample in a row.
 *
 * @param first - and last: counted from the sample's first frame
 * @returns address of the first
 */
export function framesInARow(playhead: Playhead, first: i32, last: i32): usize {
	const bytes = frameBytes(playhead);
	if (liesInARow(playhead, first, last)) return playhead.address + first * bytes;
	for (let index = first; index <= last; index++) copyFrame(playhead, index, GATHERED + (index - first) * bytes);
	return GATHERED;
}

function liesInARow(playhead: Playhead, first: i32, last: i32): bool {
	// A seam that is faded lies between frames that go on beyond both ends.
	if (!playhead.isLooping || playhead.seamFrames > 0) return true;
	const isBegun = playhead.round > 0;
	if (hasEdges(playhead)) {
		const head = headFrames(playhead.frames, playhead.edgeFrames);
		const tail = <i32>playhead.frames - tailFrames(playhead.frames, playhead.edgeFrames);
		const startsInside = first >= head || (!isBegun && !playhead.isReversed);
		return startsInside && (last < tail || (!isBegun && playhead.isReversed));
	}
	const startsInside = <f64>first >= playhead.start || (!isBegun && !playhead.isReversed);
	return startsInside && (<f64>last < playhead.start + playhead.length || (!isBegun && playhead.isReversed));
}

/** Whether the sample's ends sound differently when it goes round. */
export function hasEdges(playhead: Playhead): bool {
	return playhead.isLooping && playhead.isWhole && playhead.edgeFrames != 0;
}

function copyFrame(playhead: Playhead, index: i32, target: usize): void {
	const bytes = frameBytes(playhead);
	if (hasEdges(playhead)) {
		copyBytes(target, edgeFrame(playhead, index), bytes);
		return;
	}
	const isFirstRound = playhead.round == 0;
	const isBefore = <f64>index < playhead.start;
	const isBehind = <f64>index >= playhead.start + playhead.length;
	const isOutside =
		(isBefore && !(isFirstRound && !playhead.isReversed)) || (isBehind && !(isFirstRound && playhead.isReversed));
	const rounds = isOutside ? floor((<f64>index - playhead.start) / playhead.length) : 0;
	copyPlace(playhead, <f64>index - rounds * playhead.length, target, 0);
}

/** Copies or interpolates what lies at a place of the sample. @param depth - how often a tap has led to another place */
function copyPlace(playhead: Playhead, place: f64, target: usize, depth: u32): void {
	const bytes = frameBytes(playhead);
	const whole = floor(place);
	if (whole == place) return copyBytes(target, playhead.address + <i32>whole * bytes, bytes);
	const first = <i32>whole - HALF_TAPS + 1;
	const last = <i32>whole + HALF_TAPS;
	const frames = <i32>playhead.frames;
	if (first >= 0 && last < frames) return interpolateOne(target, playhead.address, place, playhead.channels);
	// What its taps see beyond the sample's ends lies a round further.
	const taps = TAPS + depth * TAPS_BYTES;
	for (let index = first; index <= last; index++) {
		const tap = taps + (index - first) * bytes;
		if (index >= 0 && index < frames) copyBytes(tap, playhead.address + index * bytes, bytes);
		else copyPlace(playhead, placeWithin(playhead, index, depth), tap, depth + 1);
	}
	interpolateOne(target, taps - first * bytes, place, playhead.channels);
}

/** Where a frame beyond the sample's ends lies in the loop: the second time on the nearest frame, which ends the search. */
function placeWithin(playhead: Playhead, index: i32, depth: u32): f64 {
	const place = <f64>index + (index < 0 ? playhead.length : -playhead.length);
	return depth == 0 ? place : min(max(floor(place + 0.5), 0), <f64>playhead.frames - 1);
}

/** Where a frame of a sample lies that goes round as a whole. */
function edgeFrame(playhead: Playhead, index: i32): usize {
	const bytes = frameBytes(playhead);
	const isFirstRound = playhead.round == 0;
	const head = headFrames(playhead.frames, playhead.edgeFrames);
	const tail = <i32>playhead.frames - tailFrames(playhead.frames, playhead.edgeFrames);
	const edges = edgesOf(playhead) + SEAM_FRAMES * bytes;
	if (index < head && !(isFirstRound && !playhead.isReversed)) return edges + index * bytes;
	if (index >= tail && !(isFirstRound && playhead.isReversed)) return edges + (head + index - tail) * bytes;
	return playhead.address + index * bytes;
}

function copyBytes(target: usize, source: usize, bytes: u32): void {
	if (bytes == FRAME_BYTES) store<u64>(target, load<u64>(source));
	else store<u32>(target, load<u32>(source));
}
