/** Meters: the highest sample, falling, and the root mean square. They change nothing that is heard. */
import {
	HEADER,
	HEADER_METERING,
	HEADER_SAMPLE_RATE,
	MAX_SLOTS,
	METER_FALL_DECIBELS,
	METER_SECONDS,
} from "../../../engine/src/protocol/shared-memory";
import { FRAME_BYTES } from "./mix";
import { slotLimit } from "./samples";
import { nextShownPad } from "./shown-pads";

/** What a meter shows. */
@unmanaged
export class Level {
	peak: f32;
	meanSquare: f32;
}

const BLOCK_BYTES: u32 = 32;
/** Below it a level is 0. */
const SMALLEST_LEVEL: f32 = 1e-10;
/** A meter shows no higher square: infinity would never fall. */
const HIGHEST_SQUARE: f32 = 1e36;

const output = changetype<Level>(memory.data(8, 8));
const PADS = memory.data(MAX_SLOTS * 8, 8);
/** Of this block: the highest squares and the sums of squares, two vectors per pad and two of the output. */
const BLOCKS = memory.data(MAX_SLOTS * 32, 16);
const OUTPUT_BLOCK = memory.data(32, 16);
const SOURCE_BLOCK = memory.data(32, 16);
let isOn: bool = false;
let sampleRate: f64 = 1;
/** Block length that the factors are for. */
let factorFrames: u32 = 0;
let fall: f32 = 0;
let memoryFactor: f32 = 0;

/** Starts at silence. */
export function resetMeters(): void {
	sampleRate = <f64>max<u32>(load<u32>(HEADER, HEADER_SAMPLE_RATE), 1);
	factorFrames = 0;
	isOn = false;
	output.peak = 0;
	output.meanSquare = 0;
	clearPads();
}

/** Called once per block: the pads' meters begin at silence whenever somebody begins to read them. */
export function startMetering(): void {
	const wasOn = isOn;
	isOn = atomic.load<u32>(HEADER, HEADER_METERING) != 0;
	if (wasOn && !isOn) clearPads();
}

/** Whether the pads' meters are kept. */
export function isMetering(): bool {
	return isOn;
}

/** The pad's level. */
export function padLevel(slot: u32): Level {
	return changetype<Level>(PADS + slot * offsetof<Level>());
}

/** Notes what a pad adds to the block. */
export function measurePad(slot: u32, bus: usize, frames: u32): void {
	measure(BLOCKS + slot * BLOCK_BYTES, bus, frames);
}

/** Notes `frames` stereo frames times `gain` as what a pad adds to the block. */
export function measureSource(slot: u32, source: usize, frames: u32, gain: f32): void {
	const block = BLOCKS + slot * BLOCK_BYTES;
	v128.store(SOURCE_BLOCK, f32x4.splat(0));
	v128.store(SOURCE_BLOCK, f32x4.splat(0), 16);
	measure(SOURCE_BLOCK, source, frames);
	const power = f32x4.splat(gain * gain);
	v128.store(block, f32x4.pmax(v128.load(block), f32x4.mul(v128.load(SOURCE_BLOCK), power)));
	v128.store(block, f32x4.add(v128.load(block, 16), f32x4.mul(v128.load(SOURCE_BLOCK, 16), power)), 16);
}

/** Moves the pads' meters on by the block. */
export function movePadMeters(frames: u32): void {
	if (!isOn || frames == 0) return;
	for (let slot = nextShownPad(0); slot < slotLimit(); slot = nextShownPad(slot + 1)) {
		const level = padLevel(slot);
		const block = BLOCKS + slot * BLOCK_BYTES;
		if (level.peak != 0 || level.meanSquare != 0 || v128.any_true(v128.load(block))) moveLevel(level, block, frames);
	}
}

/** Measures the finished block. */
export function measureOutput(mix: usize, frames: u32): void {
	if (frames == 0) return;
	measure(OUTPUT_BLOCK, mix, frames);
	moveLevel(output, OUTPUT_BLOCK, frames);
}

/** The output's level. */
export function outputLevel(): Level {
	return output;
}

/** Moves a meter on by a block, whose sums begin again. */
function moveLevel(level: Level, block: usize, frames: u32): void {
	if (frames != factorFrames) setFactors(frames);
	const peak = sqrt<f32>(limited(highestOf(v128.load(block))));
	const meanSquare = limited(sumOf(v128.load(block, 16)) / (<f32>frames * 2));
	level.peak = audibleLevel(max(peak, level.peak * fall));
	level.meanSquare = audibleLevel(meanSquare + (level.meanSquare - meanSquare) * memoryFactor);
	v128.store(block, f32x4.splat(0));
	v128.store(block, f32x4.splat(0), 16);
}

function setFactors(frames: u32): void {
	const seconds = <f64>frames / sampleRate;
	factorFrames = frames;
	fall = <f32>Math.pow(10, (-METER_FALL_DECIBELS * seconds) / 20);
	memoryFactor = <f32>Math.exp(-seconds / METER_SECONDS);
}

/** The highest square also for NaN, which is what infinities of both signs add up to. */
function limited(square: f32): f32 {
	return square < HIGHEST_SQUARE ? square : HIGHEST_SQUARE;
}

function audibleLevel(level: f32): f32 {
	return level < SMALLEST_LEVEL ? 0 : level;
}

function clearPads(): void {
	memory.fill(PADS, 0, MAX_SLOTS * 8);
	memory.fill(BLOCKS, 0, MAX_SLOTS * BLOCK_BYTES);
}

/** Adds frames of a bus to a block's sums: the highest squares, then the sums of squares, two vectors. */
function measure(block: usize, bus: usize, frames: u32): void {
	const end = bus + frames * FRAME_BYTES;
	let highest = v128.load(block);
	let sums = v128.load(block, 16);
	let highestToo = highest;
	let sumsToo = f32x4.splat(0);
	for (; bus + 64 <= end; bus += 64) {
		const first = squaresAt(bus);
		const second = squaresAt(bus + 16);
		const third = squaresAt(bus + 32);
		const fourth = squaresAt(bus + 48);
		// pmax keeps its first operand when the second is NaN.
		highest = f32x4.pmax(highest, f32x4.pmax(first, second));
		highestToo = f32x4.pmax(highestToo, f32x4.pmax(third, fourth));
		sums = f32x4.add(sums, f32x4.add(first, second));
		sumsToo = f32x4.add(sumsToo, f32x4.add(third, fourth));
	}
	for (; bus < end; bus += FRAME_BYTES) {
		const frame = v128.load64_zero(bus);
		const squares = f32x4.mul(frame, frame);
		highest = f32x4.pmax(highest, squares);
		sums = f32x4.add(sums, squares);
	}
	v128.store(block, f32x4.pmax(highest, highestToo));
	v128.store(block, f32x4.add(sums, sumsToo), 16);
}

function squaresAt(address: usize): v128 {
	const samples = v128.load(address);
	return f32x4.mul(samples, samples);
}

function highestOf(values: v128): f32 {
	const pairs = f32x4.pmax(values, v128.shuffle<f32>(values, values, 2, 3, 0, 1));
	return f32x4.extract_lane(f32x4.pmax(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2)), 0);
}

function sumOf(values: v128): f32 {
	const pairs = f32x4.add(values, v128.shuffle<f32>(values, values, 2, 3, 0, 1));
	return f32x4.extract_lane(f32x4.add(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2)), 0);
}
