/**
 * Slices that follow the tempo: the playhead is the place in the music, and each slice is read at rate 1 so that it begins to sound when
 * the playhead comes there.
 *
 * A slice joins in before that, at its cut, and fades in while the one before fades out; the fade ends before the attack. Two readers at
 * most sound at once. When a slice joins is computed from the playhead's anchor, never added up.
 */
import { MAX_SLICES } from "../../../engine/src/protocol/commands";
import { Playhead, traversedAt } from "./playhead";
import {
	fetchPlace,
	fillFade,
	framesAlike,
	heardPlace,
	isEven,
	isPlain,
	mixReader,
	OPEN,
	readPlace,
	SliceReader,
	STRAIGHT,
	setRoundFade,
	TAIL,
	tailBegin,
	wholeLength,
	wholeRow,
} from "./slice-reader";
import { decayOf, isTailCorrelated, leadOf, onsetOf, periodOf, sliceCount, sliceGeneration, tailOf } from "./slices";
import { SPAN_FRAMES } from "./window";

/** Seconds over which slices fade into each other, a tail into its next round, and a slice without a tail out. */
const JOIN_SECONDS: f64 = 0.002;
const ROUND_SECONDS: f64 = 0.008;
const END_SECONDS: f64 = 0.005;
/** A slice joins in so long before it sounds, at least. */
const LEAST_LEAD_SECONDS: f64 = 0.001;
/** A slice is fetched so long before it joins in, at most. */
const FETCH_FRAMES: i64 = 256;
/** Frames from one slice to the next, and of a tail's loop, at least. */
const LEAST_FRAMES: i64 = 64;

/** How a voice plays slices: the reader that sounds, and when the next slice joins in. Behind it lies the reader that fades out. */
@unmanaged
export class Slicing extends SliceReader {
	/** The frame of the sample on which the next slice begins to sound, and the frames from its cut to there. */
	nextOnset: i64;
	nextLead: i64;
	/** The round of the playhead that it belongs to. */
	nextRound: f64;
	/** When the next slice joins in, and the playhead's anchor that this was computed from; rate 0 = not computed yet. */
	nextJoin: i64;
	joinAnchorFrame: u64;
	joinAnchorPosition: f64;
	joinRate: f64;
	/** When the current slice joined in, and over how many frames it fades in; 0 when that has ended. */
	joinStart: u64;
	joinFrames: u32;
	nextIndex: u32;
	/** The slices that begin in the region, the end exclusive. */
	firstIndex: u32;
	endIndex: u32;
	/** The slices that all this is about. */
	generation: u32;
	isBegun: bool;
	/** Whether the beginning of the next slice was fetched. */
	isFetched: bool;
	unused2: u16;
}

/** Bytes of a slicing and of the reader behind it. */
export const SLICING_BYTES: usize = offsetof<Slicing>() + offsetof<SliceReader>();

/** The reader of a slice that is about to join in. */
const joining = changetype<SliceReader>(memory.data(80, 8));
/** Factors of a span while a slice joins in. */
const FADE_OUT = memory.data(64 * 4, 16);
const FADE_IN = memory.data(64 * 4, 16);

/** The factors of the usual join as a whole, without a span's bounds. */
const MAX_USUAL_JOIN: i64 = 1536;
const USUAL_OUT = memory.data(1536 * 4, 16);
const USUAL_IN = memory.data(1536 * 4, 16);

let usualJoin: i64 = 1;
let roundFrames: i64 = 1;
let endFrames: i64 = 1;
let leastLead: i64 = 1;

/** Sets the lengths of the fades. */
export function resetSlicing(sampleRate: u32): void {
	if (offsetof<Slicing>() + offsetof<SliceReader>() != 248) ERROR("SLICING_BYTES has another value.");
	if (offsetof<SliceReader>() != 80) ERROR("The joining reader has another size.");
	usualJoin = min(framesFrom(JOIN_SECONDS, sampleRate), MAX_USUAL_JOIN);
	fillFade(0, 0, usualJoin, <u32>usualJoin, USUAL_OUT, USUAL_IN);
	roundFrames = framesFrom(ROUND_SECONDS, sampleRate);
	setRoundFade(roundFrames);
	endFrames = framesFrom(END_SECONDS, sampleRate);
	leastLead = framesFrom(LEAST_LEAD_SECONDS, sampleRate);
}

function framesFrom(seconds: f64, sampleRate: u32): i64 {
	return max<i64>(<i64>floor(seconds * <f64>sampleRate), 1);
}

/** Whether a slice of the pad begins in the playhead's region. */
export function hasSlices(playhead: Playhead, slot: u32): bool {
	if (playhead.length < <f64>LEAST_FRAMES) return false;
	return sliceFrom(playhead, slot, playhead.start) < sliceFrom(playhead, slot, playhead.start + playhead.length);
}

/**
 * Adds the next frames to a bus.
 *
 * @param shape - address of a further f32 factor for each frame, for SPAN_FRAMES at most, or 0
 * @returns how many
 */
export function mixSlices(
	playhead: Playhead,
	slicing: Slicing,
	slot: u32,
	bus: usize,
	frame: u64,
	frames: u32,
	gain: f32,
	shape: usize,
): u32 {
	settle(playhead, slicing, slot, frame);
	const outgoing = outgoingOf(slicing);
	const isJoining = slicing.joinFrames != 0;
	let alike = min(framesSettled(playhead, slicing, slot, frame), framesAlike(slicing, frame));
	if (isJoining) alike = min(alike, framesAlike(outgoing, frame));
	let run = <u32>min<i64>(frames, alike);
	if (!isJoining) {
		if (shape != 0 || !isEven(slicing, frame)) run = min(run, SPAN_FRAMES);
		mixReader(playhead, slicing, bus, frame, run, gain, shape);
		return run;
	}
	const passed = frame - slicing.joinStart;
	let fadeOut: usize = FADE_OUT;
	let fadeIn: usize = FADE_IN;
	if (shape == 0 && slicing.joinFrames == <u32>usualJoin && isPlain(slicing, frame) && isPlain(outgoing, frame)) {
		fadeOut = USUAL_OUT + <usize>passed * sizeof<f32>();
		fadeIn = USUAL_IN + <usize>passed * sizeof<f32>();
	} else {
		run = min(run, SPAN_FRAMES);
		fillFade(shape, <i64>passed, slicing.joinFrames, run, FADE_OUT, FADE_IN);
	}
	mixReader(playhead, outgoing, bus, frame, run, gain, fadeOut);
	mixReader(playhead, slicing, bus, frame, run, gain, fadeIn);
	return run;
}

/** Finds the next frames where they need nothing but a gain, times `rowLevel`. @returns where they lie, else 0 */
export function wholeSliceOf(playhead: Playhead, slicing: Slicing, slot: u32, frame: u64, frames: u32): usize {
	settle(playhead, slicing, slot, frame);
	if (slicing.joinFrames != 0) return 0;
	const alike = min(framesSettled(playhead, slicing, slot, frame), framesAlike(slicing, frame));
	return alike < <i64>frames ? 0 : wholeRow(playhead, slicing, frame, frames);
}

/** The frame of the sample that is heard at the next frame. */
export function slicedPlace(playhead: Playhead, slicing: Slicing, slot: u32, frame: u64): f64 {
	settle(playhead, slicing, slot, frame);
	return heardPlace(playhead, slicing, frame);
}

/** Does what is due before a frame is rendered; doing it again changes nothing. */
function settle(playhead: Playhead, slicing: Slicing, slot: u32, frame: u64): void {
	if (!slicing.isBegun) begin(playhead, slicing, slot, frame);
	if (slicing.joinFrames != 0 && frame - slicing.joinStart >= slicing.joinFrames) slicing.joinFrames = 0;
	if (slicing.joinFrames == 0 && isCurrent(slicing, slot)) {
		join(playhead, slicing, slot, frame);
		fetchNext(playhead, slicing, frame);
	}
	if (slicing.end != OPEN || readPlace(slicing, frame) < tailBegin(slicing)) return;
	const isMet = isCurrent(slicing, slot) && slicing.offset + joinFrame(playhead, slicing) <= slicing.cut;
	slicing.end = isMet ? STRAIGHT : TAIL;
}

/** Has the beginning of the next slice in the cache when it joins in: all loops in step wait for memory in the same block otherwise. */
function fetchNext(playhead: Playhead, slicing: Slicing, frame: u64): void {
	if (slicing.isFetched || joinFrame(playhead, slicing) - <i64>frame > FETCH_FRAMES) return;
	slicing.isFetched = true;
	fetchPlace(playhead, slicing.nextRound, slicing.nextOnset - slicing.nextLead);
}

/** How many of the next frames nothing is due in, 1 at least. */
function framesSettled(playhead: Playhead, slicing: Slicing, slot: u32, frame: u64): i64 {
	let frames = i64.MAX_VALUE;
	if (slicing.joinFrames != 0) frames = <i64>slicing.joinFrames - <i64>(frame - slicing.joinStart);
	else if (isCurrent(slicing, slot)) frames = joinFrame(playhead, slicing) - <i64>frame;
	if (slicing.end == OPEN) frames = min(frames, max<i64>(tailBegin(slicing) - readPlace(slicing, frame), 1));
	return frames;
}

/** Whether the pad's slices are still the same; otherwise no slice joins in any more. */
function isCurrent(slicing: Slicing, slot: u32): bool {
	return slicing.generation == sliceGeneration(slot);
}

/** Begins in the midst of the slice that would play if the loop had always been playing; a first round begins where the loop does. */
function begin(playhead: Playhead, slicing: Slicing, slot: u32, frame: u64): void {
	slicing.isBegun = true;
	slicing.isFetched = false;
	slicing.joinFrames = 0;
	slicing.generation = sliceGeneration(slot);
	const first = sliceFrom(playhead, slot, playhead.start);
	let end = max(sliceFrom(playhead, slot, playhead.start + playhead.length), first + 1);
	const onset = onsetOf(slot, first, playhead.ratio);
	const again = onset + wholeLength(playhead);
	while (end - 1 > first && again - onsetOf(slot, end - 1, playhead.ratio) < LEAST_FRAMES) end--;
	slicing.firstIndex = first;
	slicing.endIndex = end;
	const traversed = traversedAt(playhead, frame);
	let index = end - 1;
	let round = max<f64>(floor(traversed / playhead.length), 0) - 1;
	let currentOnset = onsetOf(slot, index, playhead.ratio);
	slicing.nextIndex = first;
	slicing.nextOnset = onset;
	slicing.nextRound = round + 1;
	slicing.nextLead = leadBetween(playhead, slot, first, again - currentOnset);
	slicing.joinRate = 0;
	while (joinFrame(playhead, slicing) <= <i64>frame) {
		index = slicing.nextIndex;
		round = slicing.nextRound;
		currentOnset = slicing.nextOnset;
		advance(playhead, slicing, slot);
	}
	prepare(playhead, slicing, slot, index, round, currentOnset);
	if (round < 0) {
		const place = <i64>floor(playhead.start + traversed + 0.5);
		joining.offset = place + wholeLength(playhead) - <i64>frame;
	}
	copyReader(slicing, joining);
}

/** Lets the next slice join in if it is due; those that come too thick are left out. */
function join(playhead: Playhead, slicing: Slicing, slot: u32, frame: u64): void {
	if (joinFrame(playhead, slicing) > <i64>frame) return;
	let index = slicing.nextIndex;
	let round = slicing.nextRound;
	let onset = slicing.nextOnset;
	let lead = slicing.nextLead;
	advance(playhead, slicing, slot);
	while (joinFrame(playhead, slicing) <= <i64>frame) {
		index = slicing.nextIndex;
		round = slicing.nextRound;
		onset = slicing.nextOnset;
		lead = slicing.nextLead;
		advance(playhead, slicing, slot);
	}
	prepare(playhead, slicing, slot, index, round, onset);
	const between = slicing.offset - joining.offset;
	const isSameLine = between == <i64>(round - slicing.round) * wholeLength(playhead);
	if (!isSameLine || slicing.end == TAIL) {
		copyReader(outgoingOf(slicing), slicing);
		slicing.joinStart = frame;
		slicing.joinFrames = <u32>min<i64>(usualJoin, lead);
	}
	copyReader(slicing, joining);
}

/** Makes the joining reader that of a slice. The next slice is the one behind it already. */
function prepare(playhead: Playhead, slicing: Slicing, slot: u32, index: u32, round: f64, onset: i64): void {
	const ratio = playhead.ratio;
	joining.offset = onset - frameOf(playhead, round, onset);
	joining.attack = slicing.nextOnset + <i64>(slicing.nextRound - round) * wholeLength(playhead);
	joining.cut = joining.attack - slicing.nextLead;
	joining.round = round;
	joining.end = OPEN;
	joining.rounds = -1;
	joining.decay = decayOf(slot, index);
	joining.isCorrelated = isTailCorrelated(slot, index);
	const start = tailOf(slot, index, ratio);
	const period = periodOf(slot, index, ratio);
	const fade = min(roundFrames, period);
	joining.tailEnd = start + period;
	const isRoom = start - fade >= onset && joining.tailEnd <= joining.cut;
	joining.period = period >= LEAST_FRAMES && isRoom ? period : 0;
	joining.fadeFrames = joining.period == 0 ? min(endFrames, joining.cut - onset) : fade;
}

/** Makes the slice behind the next one the next one. */
function advance(playhead: Playhead, slicing: Slicing, slot: u32): void {
	const before = slicing.nextOnset;
	const ratio = playhead.ratio;
	let index = slicing.nextIndex + 1;
	while (index < slicing.endIndex && onsetOf(slot, index, ratio) - before < LEAST_FRAMES) index++;
	let apart = -before;
	if (index >= slicing.endIndex) {
		index = slicing.firstIndex;
		slicing.nextRound++;
		apart += wholeLength(playhead);
	}
	slicing.isFetched = false;
	slicing.nextIndex = index;
	slicing.nextOnset = onsetOf(slot, index, ratio);
	slicing.nextLead = leadBetween(playhead, slot, index, slicing.nextOnset + apart);
	slicing.joinRate = 0;
}

/** Frames by which a slice joins in before it sounds: no more than half of what lies between it and the one before. */
function leadBetween(playhead: Playhead, slot: u32, index: u32, apart: i64): i64 {
	return max<i64>(min(max(leadOf(slot, index, playhead.ratio), leastLead), apart / 2), 1);
}

/** The frame of the clock at which the next slice joins in; recomputed when that slice or the playhead's anchor changes. */
function joinFrame(playhead: Playhead, slicing: Slicing): i64 {
	const isKnown =
		slicing.joinRate == playhead.rate &&
		slicing.joinAnchorFrame == playhead.anchorFrame &&
		slicing.joinAnchorPosition == playhead.anchorPosition;
	if (!isKnown) {
		slicing.joinRate = playhead.rate;
		slicing.joinAnchorFrame = playhead.anchorFrame;
		slicing.joinAnchorPosition = playhead.anchorPosition;
		slicing.nextJoin = frameOf(playhead, slicing.nextRound, slicing.nextOnset) - slicing.nextLead;
	}
	return slicing.nextJoin;
}

/** The frame of the clock that is nearest to when the playhead comes to a frame of the sample. */
function frameOf(playhead: Playhead, round: f64, place: i64): i64 {
	const traversed = round * playhead.length + (<f64>place - playhead.start);
	return <i64>playhead.anchorFrame + <i64>floor((traversed - playhead.anchorPosition) / playhead.rate + 0.5);
}

/** The number of the first slice that begins at a place or behind it. */
function sliceFrom(playhead: Playhead, slot: u32, place: f64): u32 {
	const count = min<u32>(sliceCount(slot), MAX_SLICES);
	let index: u32 = 0;
	while (index < count && <f64>onsetOf(slot, index, playhead.ratio) < place) index++;
	return index;
}

function outgoingOf(slicing: Slicing): SliceReader {
	return changetype<SliceReader>(changetype<usize>(slicing) + offsetof<Slicing>());
}

function copyReader(target: SliceReader, source: SliceReader): void {
	memory.copy(changetype<usize>(target), changetype<usize>(source), offsetof<SliceReader>());
}
