/**
 * A reader of a slice: it moves one frame of the sample per frame, and bridges the gap to the next slice where that comes late.
 *
 * What it adds at a frame is a function of that frame alone, so the bits do not depend on the block length.
 */
import { headFrames, SEAM_FRAMES, tailFrames } from "../../../engine/src/protocol/seam";
import { audible } from "./gain";
import { FRAME_BYTES, mixRow } from "./mix";
import { Playhead } from "./playhead";
import { edgesOf, frameBytes, hasEdges } from "./window";

/** It has not come to the end of its slice yet. */
export const OPEN: u8 = 0;
/** The next slice begins before this one ends, or where it ends. */
export const STRAIGHT: u8 = 1;
/** The next slice begins later: its tail goes round, or it fades out. */
export const TAIL: u8 = 2;

/** Where a slice is read. Places are counted as if the round of the slice went on before its start and behind its end. */
@unmanaged
export class SliceReader {
	/** What a frame of the clock has to be moved by to be the place that it reads. */
	offset: i64;
	/** Where the next slice is cut, and where that begins to sound. */
	cut: i64;
	attack: i64;
	/** One past the last place of the loop of its tail. */
	tailEnd: i64;
	/** The round of the playhead that its slice belongs to. */
	round: f64;
	/** Frames of that loop; 0 = there is none. */
	period: i64;
	/** Frames over which the tail fades, into its next round or out. */
	fadeFrames: i64;
	/** The round whose level is known, with that and the next one's; -1 = none is. */
	rounds: i64;
	level: f32;
	nextLevel: f32;
	/** What each round of the tail keeps of the level. */
	decay: f32;
	isCorrelated: bool;
	/** OPEN, STRAIGHT or TAIL. */
	end: u8;
	unused: u16;
}

/** A factor for each frame of a span, and another one for what fades into it. */
const LEAVING = memory.data(64 * 4, 16);
const COMING = memory.data(64 * 4, 16);

/** The factors of the usual fade from one round of a tail into the next, without a span's bounds: as above, and of constant power. */
const MAX_TABLE_FRAMES: i32 = 6144;
const FALLING = memory.data(2 * 6144 * 4, 16);
const RISING = memory.data(2 * 6144 * 4, 16);
/** Where the factors of constant power are. */
const POWER: usize = 6144 * 4;
let tableFrames: i64 = 0;

/** The bytes of memory that come together, and how many frames are fetched: a usual block. */
const CACHE_LINE: u32 = 64;
const FETCHED_FRAMES: u32 = 128;
/** What was read for the cache, so that no compiler leaves the reading out. */
const FETCHED = memory.data(4, 4);

/** Places that lie in a row: where, and how many; no address is silence. */
let level: f32 = 1;
let rowAddress: usize = 0;
let rowFrames: u32 = 0;

/** Sets how long a round of a tail usually fades into the next. */
export function setRoundFade(frames: i64): void {
	tableFrames = min<i64>(frames, MAX_TABLE_FRAMES);
	fillFade(0, 0, tableFrames, <u32>tableFrames, FALLING, RISING);
	for (let index: u32 = 0; index < <u32>tableFrames; index++) {
		const at = index * sizeof<f32>();
		store<f32>(FALLING + POWER + at, sqrt<f32>(load<f32>(FALLING + at)));
		store<f32>(RISING + POWER + at, sqrt<f32>(load<f32>(RISING + at)));
	}
}

/** The place that it reads. */
export function readPlace(reader: SliceReader, frame: u64): i64 {
	return reader.offset + <i64>frame;
}

/** The place from which it matters when the next slice begins. */
export function tailBegin(reader: SliceReader): i64 {
	return (reader.period == 0 ? reader.cut : reader.tailEnd) - reader.fadeFrames;
}

/** Whether it adds places as they are from this frame on. */
export function isPlain(reader: SliceReader, frame: u64): bool {
	return readPlace(reader, frame) < (reader.end == TAIL ? tailBegin(reader) : reader.cut);
}

/** How many of the next frames are of one kind. */
export function framesAlike(reader: SliceReader, frame: u64): i64 {
	const place = readPlace(reader, frame);
	const begin = tailBegin(reader);
	if (reader.end != TAIL) {
		if (place < reader.cut) return reader.cut - place;
		return place < reader.attack ? reader.attack - place : i64.MAX_VALUE;
	}
	if (place < begin) return begin - place;
	if (reader.period == 0) return place < reader.cut ? reader.cut - place : i64.MAX_VALUE;
	if (place < reader.tailEnd) return reader.tailEnd - place;
	const inside = (place - reader.tailEnd) % reader.period;
	const body = reader.period - reader.fadeFrames;
	return inside < body ? body - inside : reader.period - inside;
}

/**
 * Adds the next frames, all of one kind, to a bus.
 *
 * @param shape - address of a further f32 factor for each frame, or 0; with one, or where it is not even, for SPAN_FRAMES at most
 */
export function mixReader(
	playhead: Playhead,
	reader: SliceReader,
	bus: usize,
	frame: u64,
	frames: u32,
	gain: f32,
	shape: usize,
): void {
	const place = readPlace(reader, frame);
	if (isPlain(reader, frame)) {
		mixPlaces(playhead, reader.round, place, bus, frames, gain, shape);
	} else if (isInTail(reader)) {
		mixTail(playhead, reader, place, bus, frames, gain, shape);
	} else {
		// Silence follows, so that no attack is heard twice.
		const from = reader.end == TAIL ? tailBegin(reader) : reader.cut;
		const to = reader.end == TAIL ? reader.cut : reader.attack;
		if (place >= to) return;
		fillFactors(shape, place - from, to - from, frames);
		mixPlaces(playhead, reader.round, place, bus, frames, gain, LEAVING);
	}
}

/** Whether the next frames of one kind need no factors of their own, or such as lie in tables. */
export function isEven(reader: SliceReader, frame: u64): bool {
	return isPlain(reader, frame) || (isInTail(reader) && reader.fadeFrames == tableFrames);
}

/**
 * Finds the next frames, all of one kind, in a row.
 *
 * @returns the address of the first; 0 when they do not lie in a row, are silent, or need more than `rowLevel`
 */
export function wholeRow(playhead: Playhead, reader: SliceReader, frame: u64, frames: u32): usize {
	let place = readPlace(reader, frame);
	level = 1;
	if (!isPlain(reader, frame)) {
		if (!isInTail(reader) || place < reader.tailEnd) return 0;
		findLevels(reader, roundsAt(reader, place));
		level = reader.level;
		place = placeInTail(reader, place);
		if (place >= tailBegin(reader)) return 0;
	}
	findRow(playhead, reader.round, place, frames);
	return rowFrames < frames ? 0 : rowAddress;
}

/** The level of the row that was found last. */
export function rowLevel(): f32 {
	return level;
}

/** Whether the end of its slice goes round. */
function isInTail(reader: SliceReader): bool {
	return reader.end == TAIL && reader.period != 0;
}

/** The frame of the sample that is heard. */
export function heardPlace(playhead: Playhead, reader: SliceReader, frame: u64): f64 {
	const place = readPlace(reader, frame);
	const isLooping = isInTail(reader) && place >= reader.tailEnd;
	return placeInRegion(playhead, isLooping ? placeInTail(reader, place) : place);
}

/** Frames of the sample by which places of one round differ from those of the next. */
export function wholeLength(playhead: Playhead): i64 {
	return <i64>floor(playhead.length + 0.5);
}

/** Adds the loop of the tail: each round fades into the next, which is quieter. */
function mixTail(
	playhead: Playhead,
	reader: SliceReader,
	place: i64,
	bus: usize,
	frames: u32,
	gain: f32,
	shape: usize,
): void {
	const rounds = roundsAt(reader, place);
	findLevels(reader, rounds);
	const current = audible(gain * reader.level);
	if (current == 0) return;
	const inside = rounds == 0 ? place : placeInTail(reader, place);
	const fading = inside - tailBegin(reader);
	if (fading < 0) return mixPlaces(playhead, reader.round, inside, bus, frames, current, shape);
	let leaving: usize = LEAVING;
	let coming: usize = COMING;
	if (reader.fadeFrames == tableFrames && (shape == 0 || reader.isCorrelated)) {
		const at = <usize>fading * sizeof<f32>() + (reader.isCorrelated ? 0 : POWER);
		leaving = FALLING + at;
		coming = RISING + at;
		if (shape != 0) {
			multiply(LEAVING, leaving, shape, frames);
			multiply(COMING, coming, shape, frames);
			leaving = LEAVING;
			coming = COMING;
		}
	} else {
		fillFactors(shape, fading, reader.fadeFrames, frames);
		if (!reader.isCorrelated) takeRoots(shape, frames);
	}
	mixPlaces(playhead, reader.round, inside, bus, frames, current, leaving);
	const next = audible(gain * reader.nextLevel);
	if (next != 0) mixPlaces(playhead, reader.round, inside - reader.period, bus, frames, next, coming);
}

/** How often the tail has gone round. */
function roundsAt(reader: SliceReader, place: i64): i64 {
	return place < reader.tailEnd ? 0 : 1 + (place - reader.tailEnd) / reader.period;
}

function placeInTail(reader: SliceReader, place: i64): i64 {
	return reader.tailEnd - reader.period + ((place - reader.tailEnd) % reader.period);
}

/** Finds the levels of a round and of the next one, unless they are known. */
function findLevels(reader: SliceReader, rounds: i64): void {
	if (reader.rounds == rounds) return;
	reader.rounds = rounds;
	reader.level = <f32>Math.pow(<f64>reader.decay, <f64>rounds);
	reader.nextLevel = <f32>Math.pow(<f64>reader.decay, <f64>(rounds + 1));
}

/** Factors that fall from 1 and that rise from 0, times those of the shape. */
function fillFactors(shape: usize, passed: i64, length: i64, frames: u32): void {
	fillFade(shape, passed, length, frames, LEAVING, COMING);
}

/**
 * Fills one list with factors that fall from 1, and another with those that make them 1, times those of a shape. All have room for a
 * multiple of four.
 */
export function fillFade(shape: usize, passed: i64, length: i64, frames: u32, falling: usize, rising: usize): void {
	const one = f32x4.splat(1);
	const lengths = f32x4.splat(<f32>length);
	let frame = f32x4.add(f32x4.splat(<f32>passed), f32x4(0, 1, 2, 3));
	for (let at: usize = 0; at < frames * sizeof<f32>(); at += 16) {
		const share = f32x4.div(frame, lengths);
		const factors = shape == 0 ? one : v128.load(shape + at);
		v128.store(falling + at, f32x4.mul(factors, f32x4.sub(one, share)));
		v128.store(rising + at, f32x4.mul(factors, share));
		frame = f32x4.add(frame, f32x4.splat(4));
	}
}

/** Turns the factors into those of constant power. */
function takeRoots(shape: usize, frames: u32): void {
	for (let at: usize = 0; at < frames * sizeof<f32>(); at += 16) {
		const factors = shape == 0 ? f32x4.splat(1) : v128.load(shape + at);
		v128.store(LEAVING + at, f32x4.sqrt(f32x4.mul(v128.load(LEAVING + at), factors)));
		v128.store(COMING + at, f32x4.sqrt(f32x4.mul(v128.load(COMING + at), factors)));
	}
}

/** Multiplies lists of factors; all have room for a multiple of four. */
function multiply(target: usize, one: usize, other: usize, frames: u32): void {
	for (let at: usize = 0; at < frames * sizeof<f32>(); at += 16)
		v128.store(target + at, f32x4.mul(v128.load(one + at), v128.load(other + at)));
}

/** Reads the first lines of memory of a place, so that they are in the cache when it is mixed. */
export function fetchPlace(playhead: Playhead, round: f64, place: i64): void {
	findRow(playhead, round, place, FETCHED_FRAMES);
	if (rowAddress == 0) return;
	const end = rowAddress + rowFrames * frameBytes(playhead);
	for (let at = rowAddress; at < end; at += CACHE_LINE) store<u32>(FETCHED, load<u32>(at));
}

/** Adds places of a round to a bus. */
function mixPlaces(playhead: Playhead, round: f64, first: i64, bus: usize, frames: u32, gain: f32, shape: usize): void {
	for (let done: u32 = 0; done < frames; done += rowFrames) {
		findRow(playhead, round, first + done, frames - done);
		if (rowAddress == 0) continue;
		const factors: usize = shape == 0 ? 0 : shape + done * sizeof<f32>();
		mixRow(playhead.channels, bus + done * FRAME_BYTES, rowAddress, rowFrames, gain, factors);
	}
}

/**
 * Finds places that lie in a row, as far as they are wanted. What lies before the region is the end of the round before, and before the
 * first round there is silence; what lies behind it is the start of the next.
 */
function findRow(playhead: Playhead, round: f64, place: i64, frames: u32): void {
	const end = playhead.start + playhead.length;
	rowAddress = 0;
	let rounds = round;
	let limit = end;
	if (<f64>place < playhead.start) {
		rounds--;
		limit = playhead.start;
	} else if (<f64>place >= end) {
		rounds++;
		limit = f64.MAX_SAFE_INTEGER;
	}
	rowFrames = <u32>min<f64>(frames, ceil(limit - <f64>place));
	if (rounds < 0 && <f64>place < playhead.start) return;
	const index = <i32>placeInRegion(playhead, place);
	rowFrames = min<u32>(rowFrames, playhead.frames - index);
	rowAddress = playhead.address + index * frameBytes(playhead);
	if (hasEdges(playhead)) findInEdges(playhead, index, rounds > 0);
}

/** The frame of the sample that a place is. */
function placeInRegion(playhead: Playhead, place: i64): f64 {
	let inside = <f64>place;
	if (inside < playhead.start) inside += <f64>wholeLength(playhead);
	else if (inside >= playhead.start + playhead.length) inside -= <f64>wholeLength(playhead);
	return min(max(inside, 0), <f64>playhead.frames - 1);
}

/** Reads the ends of a sample that goes round from its edges, as a loop that is not sliced does. */
function findInEdges(playhead: Playhead, index: i32, isBegun: bool): void {
	const bytes = frameBytes(playhead);
	const head = headFrames(playhead.frames, playhead.edgeFrames);
	const tail = <i32>playhead.frames - tailFrames(playhead.frames, playhead.edgeFrames);
	const edges = edgesOf(playhead) + SEAM_FRAMES * bytes;
	if (index >= tail) {
		rowAddress = edges + (head + index - tail) * bytes;
	} else if (index < head && isBegun) {
		rowAddress = edges + index * bytes;
		rowFrames = min<u32>(rowFrames, head - index);
	} else {
		rowFrames = min<u32>(rowFrames, tail - index);
	}
}
