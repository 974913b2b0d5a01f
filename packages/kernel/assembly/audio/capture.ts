/**
 * Captures: copies what a source renders into a ring that the recording thread reads.
 *
 * Single producer, single consumer, as the journal. The first frame that finds no room ends what a capture holds: everything
 * before it is whole, and everything after it is only counted, because the audio thread never waits. A capture begins and ends
 * on a frame of its own, wherever blocks and runs begin.
 */
import {
	CAPTURE_CAPACITY,
	CAPTURE_CURRENT,
	CAPTURE_ENDED,
	CAPTURE_FRAME_BYTES,
	CAPTURE_HEADER_BYTES,
	CAPTURE_LOST,
	CAPTURE_READ,
	CAPTURE_START_HIGH,
	CAPTURE_START_LOW,
	CAPTURE_WRITE,
	CAPTURES,
	SOURCE_INPUT,
	SOURCE_PAD,
} from "../../../engine/src/protocol/capture-ring";
import {
	CAPTURE_DELAY,
	CAPTURE_FRAME,
	CAPTURE_NAME,
	CAPTURE_NUMBER,
	CAPTURE_SOURCE,
	COMMAND_SLOT,
} from "../../../engine/src/protocol/commands";
import {
	HEADER,
	HEADER_CAPTURE_RINGS,
	INPUT,
	MAX_BLOCK_FRAMES,
	OUTPUT_CHANNEL_BYTES,
} from "../../../engine/src/protocol/shared-memory";
import { now } from "./clock";
import { slotLimit } from "./samples";

/** One ring's capture. */
@unmanaged
class Capture {
	startFrame: u64;
	endFrame: u64;
	/** The first frame that has not been captured. */
	nextFrame: u64;
	/** Address; 0 while nothing is captured. */
	ring: usize;
	source: u32;
	pad: u32;
	name: u32;
	lost: u32;
	delay: u32;
}

const BYTES: u32 = 56;
const ALL = memory.data(112, 8);
/** The run's input, interleaved. */
const INPUT_BUS = memory.data(MAX_BLOCK_FRAMES * 8, 16);
const MAX_DELAY: u32 = 1 << 20;
/** Captures of pads that go on. */
let padCaptures: u32 = 0;

/** Ends every capture. */
export function resetCaptures(): void {
	memory.fill(ALL, 0, CAPTURES * BYTES);
	padCaptures = 0;
}

/** Begins a capture; it replaces the ring's last one. @returns false, with nothing changed, when an argument is out of range */
export function startCapture(command: usize): bool {
	const number = load<u32>(command, CAPTURE_NUMBER);
	const source = load<u32>(command, CAPTURE_SOURCE);
	const pad = load<u32>(command, COMMAND_SLOT);
	const frame = load<f64>(command, CAPTURE_FRAME);
	const delay = load<u32>(command, CAPTURE_DELAY);
	if (number >= <u32>CAPTURES || source > <u32>SOURCE_INPUT || pad >= slotLimit()) return false;
	if (!isFrame(frame) || delay > MAX_DELAY) return false;
	const ring: usize = load<u32>(HEADER + HEADER_CAPTURE_RINGS + number * 4);
	if (ring == 0) return false;
	const capture = captureAt(number);
	endCapture(capture);
	capture.ring = ring;
	capture.source = source;
	capture.pad = pad;
	capture.name = load<u32>(command, CAPTURE_NAME);
	const start = max(<u64>frame, now());
	capture.startFrame = start + delay;
	capture.delay = delay;
	capture.endFrame = u64.MAX_VALUE;
	capture.nextFrame = now();
	capture.lost = 0;
	if (source == SOURCE_PAD) padCaptures++;
	// What nobody has read of the last one is dropped.
	store<u32>(ring, atomic.load<u32>(ring, CAPTURE_READ), CAPTURE_WRITE);
	store<u32>(ring, <u32>start, CAPTURE_START_LOW);
	store<u32>(ring, <u32>(start >> 32), CAPTURE_START_HIGH);
	store<u32>(ring, 0, CAPTURE_LOST);
	store<u32>(ring, 0, CAPTURE_ENDED);
	atomic.store<u32>(ring, capture.name, CAPTURE_CURRENT);
	return true;
}

/** Ends a capture at its frame. @returns false, with nothing changed, when an argument is out of range */
export function stopCapture(command: usize): bool {
	const number = load<u32>(command, CAPTURE_NUMBER);
	const frame = load<f64>(command, CAPTURE_FRAME);
	if (number >= <u32>CAPTURES || !isFrame(frame)) return false;
	const capture = captureAt(number);
	if (capture.ring == 0 || capture.name != load<u32>(command, CAPTURE_NAME)) return true;
	capture.endFrame = max(<u64>frame, now()) + capture.delay;
	if (capture.endFrame == now()) endCapture(capture);
	return true;
}

/** Whether anything captures the pad. */
export function isCaptured(slot: u32): bool {
	if (padCaptures == 0) return false;
	for (let number: u32 = 0; number < <u32>CAPTURES; number++) {
		if (isOf(captureAt(number), SOURCE_PAD, slot)) return true;
	}
	return false;
}

/** Captures what a source has rendered from the next frame on. @param bus - interleaved stereo */
export function captureBus(source: u32, pad: u32, bus: usize, frames: u32): void {
	for (let number: u32 = 0; number < <u32>CAPTURES; number++) {
		const capture = captureAt(number);
		if (isOf(capture, source, pad)) captureFrames(capture, bus, frames);
	}
}

/** Captures what the device has heard. @param first - the run's first frame, counted from the block's */
export function captureInput(first: u32, frames: u32): void {
	if (!isOf(captureAt(0), SOURCE_INPUT, 0) && !isOf(captureAt(1), SOURCE_INPUT, 0)) return;
	const left: usize = INPUT + first * 4;
	for (let frame: u32 = 0; frame < frames; frame++) {
		store<f32>(INPUT_BUS + frame * 8, load<f32>(left + frame * 4));
		store<f32>(INPUT_BUS + frame * 8, load<f32>(left + frame * 4, OUTPUT_CHANNEL_BYTES), 4);
	}
	captureBus(SOURCE_INPUT, 0, INPUT_BUS, frames);
}

/** Called at the end of each run, before the clock moves on: a source that has rendered nothing is silent. */
export function finishCaptures(frames: u32): void {
	const end = now() + frames;
	for (let number: u32 = 0; number < <u32>CAPTURES; number++) {
		const capture = captureAt(number);
		if (capture.ring == 0) continue;
		if (capture.nextFrame < end) captureFrames(capture, 0, frames);
		if (capture.endFrame <= end) endCapture(capture);
	}
}

/** @param bus - 0 for silence */
function captureFrames(capture: Capture, bus: usize, frames: u32): void {
	const from = max(capture.startFrame, now());
	const to = min(capture.endFrame, now() + frames);
	capture.nextFrame = now() + frames;
	if (from >= to) return;
	write(capture, bus == 0 ? 0 : bus + <u32>(from - now()) * CAPTURE_FRAME_BYTES, <u32>(to - from));
}

function write(capture: Capture, bus: usize, frames: u32): void {
	const ring = capture.ring;
	const capacity = load<u32>(ring, CAPTURE_CAPACITY);
	const position = load<u32>(ring, CAPTURE_WRITE);
	const room = capture.lost == 0 ? capacity - (position - atomic.load<u32>(ring, CAPTURE_READ)) : 0;
	const count = min(frames, room);
	const place = position & (capacity - 1);
	const first = min(count, capacity - place);
	const target = ring + CAPTURE_HEADER_BYTES;
	copyFrames(target + place * CAPTURE_FRAME_BYTES, bus, first);
	copyFrames(target, bus == 0 ? 0 : bus + first * CAPTURE_FRAME_BYTES, count - first);
	atomic.store<u32>(ring, position + count, CAPTURE_WRITE);
	if (count == frames) return;
	capture.lost += frames - count;
	atomic.store<u32>(ring, capture.lost, CAPTURE_LOST);
}

function copyFrames(target: usize, bus: usize, frames: u32): void {
	if (bus == 0) memory.fill(target, 0, frames * CAPTURE_FRAME_BYTES);
	else memory.copy(target, bus, frames * CAPTURE_FRAME_BYTES);
}

function endCapture(capture: Capture): void {
	if (capture.ring == 0) return;
	if (capture.source == SOURCE_PAD) padCaptures--;
	atomic.store<u32>(capture.ring, 1, CAPTURE_ENDED);
	capture.ring = 0;
}

function isOf(capture: Capture, source: u32, pad: u32): bool {
	return capture.ring != 0 && capture.source == source && (source != SOURCE_PAD || capture.pad == pad);
}

/** False for NaN. */
function isFrame(frame: f64): bool {
	return frame >= 0 && frame <= <f64>((<u64>1) << 53);
}

function captureAt(number: u32): Capture {
	return changetype<Capture>(ALL + number * BYTES);
}
