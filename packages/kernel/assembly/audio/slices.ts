/**
 * Slices: where a pad's sample is cut, and which piece of each tail can go round, as `SET_SLICES` says.
 *
 * They are kept as the commands' arguments, in frames of the source file, so that they can be restated to the bit.
 */
import {
	COMMAND_ARGUMENTS,
	DECAY_STEPS,
	MAX_SLICE_EDGE,
	MAX_SLICES,
	SLICES_DECAYS,
	SLICES_FIRST,
	SLICES_LEADS,
	SLICES_ONSETS,
	SLICES_PER_COMMAND,
	SLICES_PERIODS,
	SLICES_TAILS,
	TAIL_CORRELATED,
} from "../../../engine/src/protocol/commands";
import { MAX_LOOP_FRAME } from "../../../engine/src/protocol/parameters";
import { COMMAND_BYTES, MAX_SLOTS } from "../../../engine/src/protocol/shared-memory";

/** Bytes of a command's arguments. */
export const SLICE_BYTES: u32 = COMMAND_BYTES - COMMAND_ARGUMENTS;
const PAD_BYTES: u32 = <u32>(MAX_SLICES / SLICES_PER_COMMAND) * SLICE_BYTES;
/** The onset of the second slice among the arguments. */
const SECOND_ONSET: usize = SLICES_ONSETS - COMMAND_ARGUMENTS + 8;
const TOTAL_SHIFT: u32 = 8;
const FIRST_MASK: u32 = 255;

const SLICES = memory.data(MAX_SLOTS * 64 * 48, 8);
const COUNTS = memory.data(MAX_SLOTS * 4, 4);
/** Counts the changes of each pad's slices. */
const GENERATIONS = memory.data(MAX_SLOTS * 4, 4);
/** Those of which commands are still to come: of one pad, because they are sent one behind the other. */
const STAGED = memory.data(64 * 48, 8);
let stagedSlot: u32 = 0;
let stagedTotal: u32 = 0;
let staged: u32 = 0;

/** Takes all slices away. */
export function resetSlices(): void {
	memory.fill(COUNTS, 0, MAX_SLOTS * sizeof<u32>());
	stagedTotal = 0;
}

/** How many slices the pad's sample has. */
export function sliceCount(slot: u32): u32 {
	return load<u32>(COUNTS + slot * sizeof<u32>());
}

/** A number that changes with the pad's slices. */
export function sliceGeneration(slot: u32): u32 {
	return load<u32>(GENERATIONS + slot * sizeof<u32>());
}

/** Whether commands of some pad's slices are still to come. */
export function areSlicesStaged(): bool {
	return stagedTotal > 0;
}

/** The arguments of the command with the pad's slices from a number on, which is even. */
export function sliceArguments(slot: u32, first: u32): usize {
	return SLICES + slot * PAD_BYTES + (first / SLICES_PER_COMMAND) * SLICE_BYTES;
}

/** Takes the pad's slices away. */
export function clearSlices(slot: u32): void {
	if (stagedSlot == slot) stagedTotal = 0;
	if (sliceCount(slot) > 0) setCount(slot, 0);
}

/** Takes a command's slices. @returns false, with nothing changed, when an argument is out of range or one before it is missing */
export function takeSlices(command: usize, slot: u32): bool {
	const header = load<u32>(command, SLICES_FIRST);
	const first = header & FIRST_MASK;
	const total = header >> TOTAL_SHIFT;
	if (total == 0 && first == 0) {
		clearSlices(slot);
		return true;
	}
	const isNext = stagedTotal == total && stagedSlot == slot && staged == first;
	if (total > <u32>MAX_SLICES || first >= total || !(first == 0 || isNext)) return false;
	const count = min<u32>(total - first, SLICES_PER_COMMAND);
	const last = first == 0 ? -1 : load<f64>(STAGED + (first / SLICES_PER_COMMAND - 1) * SLICE_BYTES, SECOND_ONSET);
	if (!areValid(command, count, last)) return false;
	memory.copy(STAGED + (first / SLICES_PER_COMMAND) * SLICE_BYTES, command + COMMAND_ARGUMENTS, SLICE_BYTES);
	stagedSlot = slot;
	stagedTotal = total;
	staged = first + count;
	if (staged == total) publishStaged();
	return true;
}

/** Whether the pad has them all now. */
export function areSlicesComplete(slot: u32): bool {
	return !(areSlicesStaged() && stagedSlot == slot);
}

/** The frame of the sample on which a slice begins to sound. @param ratio - frames of the sample per frame of the source file */
export function onsetOf(slot: u32, index: u32, ratio: f64): i64 {
	return <i64>floor(onsetInSource(slot, index) * ratio + 0.5);
}

/** Frames of the sample from a slice's cut to there. */
export function leadOf(slot: u32, index: u32, ratio: f64): i64 {
	return <i64>floor(<f64>floatOf(slot, index, SLICES_LEADS) * ratio + 0.5);
}

/** The frame of the sample with which the loop of a slice's tail begins. */
export function tailOf(slot: u32, index: u32, ratio: f64): i64 {
	return <i64>floor((onsetInSource(slot, index) + <f64>floatOf(slot, index, SLICES_TAILS)) * ratio + 0.5);
}

/** Frames of the sample that the loop of a slice's tail has; 0 = there is none. */
export function periodOf(slot: u32, index: u32, ratio: f64): i64 {
	return <i64>floor(<f64>floatOf(slot, index, SLICES_PERIODS) * ratio + 0.5);
}

/** What each round of a tail keeps of the level. */
export function decayOf(slot: u32, index: u32): f32 {
	return <f32>(decayBits(slot, index) & DECAY_STEPS) / <f32>DECAY_STEPS;
}

/** Whether the rounds of a tail are alike. */
export function isTailCorrelated(slot: u32, index: u32): bool {
	return (decayBits(slot, index) & TAIL_CORRELATED) != 0;
}

function publishStaged(): void {
	const commands = (stagedTotal + SLICES_PER_COMMAND - 1) / SLICES_PER_COMMAND;
	memory.copy(sliceArguments(stagedSlot, 0), STAGED, commands * SLICE_BYTES);
	setCount(stagedSlot, stagedTotal);
	stagedTotal = 0;
}

function setCount(slot: u32, count: u32): void {
	store<u32>(COUNTS + slot * sizeof<u32>(), count);
	store<u32>(GENERATIONS + slot * sizeof<u32>(), sliceGeneration(slot) + 1);
}

/** @param before - the onset of the slice before; @returns false for NaN as well */
function areValid(command: usize, count: u32, before: f64): bool {
	let last = before;
	for (let index: u32 = 0; index < count; index++) {
		const onset = load<f64>(command + index * sizeof<f64>(), SLICES_ONSETS);
		const floats = command + index * sizeof<f32>();
		if (!(onset > last && onset >= 0 && onset <= MAX_LOOP_FRAME)) return false;
		if (!isWithin(load<f32>(floats, SLICES_LEADS), MAX_SLICE_EDGE)) return false;
		if (!isWithin(load<f32>(floats, SLICES_TAILS), MAX_LOOP_FRAME)) return false;
		if (!isWithin(load<f32>(floats, SLICES_PERIODS), MAX_SLICE_EDGE)) return false;
		last = onset;
	}
	return true;
}

function isWithin(value: f32, most: f64): bool {
	return value >= 0 && <f64>value <= most;
}

function onsetInSource(slot: u32, index: u32): f64 {
	const half = (index % SLICES_PER_COMMAND) * sizeof<f64>();
	return load<f64>(sliceArguments(slot, index) + half, SLICES_ONSETS - COMMAND_ARGUMENTS);
}

/** @param field - offset of the first slice's in a command */
function floatOf(slot: u32, index: u32, field: i32): f32 {
	const half = (index % SLICES_PER_COMMAND) * sizeof<f32>();
	return load<f32>(sliceArguments(slot, index) + half + field - COMMAND_ARGUMENTS);
}

function decayBits(slot: u32, index: u32): u32 {
	const half = (index % SLICES_PER_COMMAND) * sizeof<u16>();
	return <u32>load<u16>(sliceArguments(slot, index) + half, SLICES_DECAYS - COMMAND_ARGUMENTS);
}
