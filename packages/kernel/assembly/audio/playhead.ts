/**
 * Playheads: where a voice is in its sample at a frame, and what lies there.
 *
 * A playhead counts the frames of its sample that it has *traversed* since its anchor, rate times output frames, so that its place is
 * a function of the frame alone and nothing adds up. A loop's round begins when the traversed frames reach a multiple of its length.
 */
import { clampedRate } from "./rate";
import { Sample } from "./samples";

/** Of a voice that is not being released. */
export const HELD: u32 = u32.MAX_VALUE;

/** Loops below so many frames go round in whole frames: their length is rounded. */
const SHORTEST_FRACTIONAL_LOOP: f64 = 64;

/** A place in a sample that moves. */
@unmanaged
export class Playhead extends Sample {
	/** Traversed frames at the anchor. */
	anchorPosition: f64;
	/** The clock at the anchor. */
	anchorFrame: u64;
	/** Frames of the sample per output frame. */
	rate: f64;
	/** Rounds that a loop has played to their end, a whole number. */
	round: f64;
	/** The region that it plays, in frames of the sample. */
	start: f64;
	length: f64;
	/** Frames of the sample over which a loop's end fades into what lies before its start. */
	seamFrames: f64;
	/** How many beats a round is while it follows the tempo; 0 while it does not. */
	beats: f64;
	isLooping: bool;
	isReversed: bool;
	/** The region is the whole sample. */
	isWhole: bool;
	/** It is the place in the music, which slices are played at. */
	isSliced: bool;
	unused2: u32;
}

/** Sets the region to the whole sample. */
export function setWholeRegion(playhead: Playhead): void {
	playhead.start = 0;
	playhead.length = playhead.isLooping ? roundedLength(playhead.loopFrames) : <f64>playhead.frames;
	playhead.seamFrames = 0;
	playhead.isWhole = true;
}

/**
 * Sets the region, clamped to the sample; an empty one is the whole sample.
 *
 * @param start - and end: in frames of the source file; @param seam - in frames of the sample
 */
export function setRegion(playhead: Playhead, start: f64, end: f64, seam: f64): void {
	const frames = <f64>playhead.frames;
	const ratio = playhead.ratio;
	const from = min(start * ratio, frames);
	const to = end == 0 ? frames : min(end * ratio, frames);
	if (to - from < 1 || (from == 0 && to == frames)) {
		setWholeRegion(playhead);
		return;
	}
	playhead.isWhole = false;
	playhead.start = from;
	playhead.length = playhead.isLooping ? roundedLength(to - from) : to - from;
	const longest = min(framesBefore(playhead), floor(playhead.length / 2));
	playhead.seamFrames = playhead.isLooping ? max<f64>(min(seam, longest), 0) : 0;
}

/** Frames of the sample before the region, in the direction of play. */
export function framesBefore(playhead: Playhead): f64 {
	return playhead.isReversed ? <f64>playhead.frames - playhead.start - playhead.length : playhead.start;
}

function roundedLength(frames: f64): f64 {
	return frames < SHORTEST_FRACTIONAL_LOOP ? max<f64>(floor(frames + 0.5), 1) : frames;
}

/** Traversed frames at a frame of the clock. */
export function traversedAt(playhead: Playhead, frame: u64): f64 {
	return playhead.anchorPosition + <f64>(frame - playhead.anchorFrame) * playhead.rate;
}

/** Sets the traversed frames as of a frame of the clock. Those before the first round belong to it. */
export function anchorAt(playhead: Playhead, frame: u64, traversed: f64): void {
	playhead.anchorPosition = traversed;
	playhead.anchorFrame = frame;
	playhead.round = playhead.isLooping ? max<f64>(floor(traversed / playhead.length), 0) : 0;
}

/** Changes the rate from a frame on: the place goes on from where it is. */
export function setRate(playhead: Playhead, frame: u64, rate: f64): void {
	const clamped = clampedRate(rate);
	if (clamped == playhead.rate) return;
	anchorAt(playhead, frame, traversedAt(playhead, frame));
	playhead.rate = clamped;
}

/** The frame of the sample that the playhead is on at a frame of the clock; not whole unless rate and region are. */
export function placeAt(playhead: Playhead, frame: u64): f64 {
	const moved = <f64>(frame - playhead.anchorFrame) * playhead.rate;
	return anchorPlace(playhead) + (playhead.isReversed ? -moved : moved);
}

/** Where the playhead was at its anchor, if the round had gone on before it. */
export function anchorPlace(playhead: Playhead): f64 {
	return lineStart(playhead) + (playhead.isReversed ? -playhead.anchorPosition : playhead.anchorPosition);
}

/** Whether every place of the round is a frame of the sample: a matter of the round, not of where it is looked at. */
export function isOnFrames(playhead: Playhead): bool {
	const place = anchorPlace(playhead);
	return playhead.rate == 1 && floor(place) == place;
}

/** The same at the end of a block, where a round may have ended that no frame has been rendered of since. */
export function wrappedPlaceAt(playhead: Playhead, frame: u64): f64 {
	const place = placeAt(playhead, frame);
	if (!playhead.isLooping || traversedAt(playhead, frame) < roundEnd(playhead)) return place;
	return playhead.isReversed ? place + playhead.length : place - playhead.length;
}

/** The place of no traversed frames, if the round went on before and behind its ends. */
export function lineStart(playhead: Playhead): f64 {
	const rounds = playhead.round * playhead.length;
	return playhead.isReversed ? playhead.start + playhead.length - 1 + rounds : playhead.start - rounds;
}

/** How many of the next frames the playhead takes to traverse so many in all, 0 when it has. */
export function framesUntil(playhead: Playhead, frame: u64, traversed: f64): f64 {
	const passed = <f64>(frame - playhead.anchorFrame);
	let frames = ceil((traversed - playhead.anchorPosition) / playhead.rate);
	// The division may be off by a rounding.
	if (playhead.anchorPosition + (frames - 1) * playhead.rate >= traversed) frames--;
	else if (playhead.anchorPosition + frames * playhead.rate < traversed) frames++;
	return max<f64>(frames - passed, 0);
}

/** Traversed frames at which the round, or a playhead that does not loop, ends. */
export function roundEnd(playhead: Playhead): f64 {
	return playhead.isLooping ? (playhead.round + 1) * playhead.length : playhead.length;
}
