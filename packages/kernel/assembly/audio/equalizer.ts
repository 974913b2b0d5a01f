/**
 * Equalizers: three bands of each pad's strip. While all are at 0 dB it is bypassed; engaging and bypassing cross-fade, with the
 * filters running.
 */
import { MAX_BLOCK_FRAMES, MAX_SLOTS } from "../../../engine/src/protocol/shared-memory";
import { CHUNK_FRAMES, filterPair, STATES_BYTES } from "./crossover";
import { AUDIBLE_GAIN } from "./gain";
import { FRAME_BYTES } from "./mix";
import { finishRamp, framesToMove, isSilent, isSteady, jumpTo, moveTo, Ramp, takeGain } from "./ramp";

/** A pad's bands. */
export const LOW_BAND: u32 = 0;
export const MIDDLE_BAND: u32 = 1;
export const HIGH_BAND: u32 = 2;
/** The part of the filtered signal in the cross-fade. */
const BLEND: u32 = 3;
const RAMPS: u32 = 4;

/** Of each pad, and of the silent signal that fills up a pair. */
const STATES = memory.data((MAX_SLOTS + 1) * 128, 16);
const GAINS = memory.data(MAX_SLOTS * 4 * 40, 8);
const SILENT_SLOT: u32 = MAX_SLOTS;
const SILENT_BUS = memory.data(MAX_BLOCK_FRAMES * 8, 16);
/** Of each frame of a chunk, or of all when none moves: four vectors, as the filters take them. */
const FRAME_GAINS = memory.data(16 * 64, 16);
const FRAME_GAINS_BYTES: usize = 64;

/** Bypasses every equalizer. */
export function resetEqualizers(): void {
	memory.fill(STATES, 0, (MAX_SLOTS + 1) * STATES_BYTES);
	for (let slot: u32 = 0; slot < <u32>MAX_SLOTS; slot++) {
		for (let band: u32 = 0; band < BLEND; band++) jumpTo(gainOf(slot, band), 1, 1);
		jumpTo(gainOf(slot, BLEND), 0, 0);
	}
}

/** Sets the gain of a pad's band. @param isMoving - whether it moves there */
export function setBand(slot: u32, band: u32, gain: f32, isMoving: bool): void {
	setGain(gainOf(slot, band), gain, isMoving);
	const isNeutral =
		gainOf(slot, LOW_BAND).left == 1 && gainOf(slot, MIDDLE_BAND).left == 1 && gainOf(slot, HIGH_BAND).left == 1;
	const blend: f32 = isNeutral ? 0 : 1;
	if (gainOf(slot, BLEND).left != blend) setGain(gainOf(slot, BLEND), blend, isMoving);
}

/** Whether the pad's sound goes through the filters. */
export function isEngaged(slot: u32): bool {
	return !isSilent(gainOf(slot, BLEND));
}

/** Ends every move, and forgets what has sounded. */
export function settleEqualizer(slot: u32): void {
	memory.fill(statesOf(slot), 0, STATES_BYTES);
	for (let ramp: u32 = 0; ramp < RAMPS; ramp++) finishRamp(gainOf(slot, ramp));
}

/**
 * Filters the buses of one or two pads whose equalizers are engaged. One that is bypassed on the way leaves the rest of its bus.
 *
 * @param other - MAX_SLOTS when there is only one
 * @param phase - as `filterPair` has it
 * @param frames - of the first pad, and `otherFrames` of the other
 */
export function equalize(
	slot: u32,
	bus: usize,
	frames: u32,
	other: u32,
	otherBus: usize,
	otherFrames: u32,
	phase: u32,
): void {
	while (true) {
		if (frames == 0) slot = SILENT_SLOT;
		if (otherFrames == 0) other = SILENT_SLOT;
		if (slot == SILENT_SLOT && other == SILENT_SLOT) return;
		const isMoving = !areSteady(slot) || !areSteady(other);
		let stretch = isMoving ? CHUNK_FRAMES : u32.MAX_VALUE;
		if (slot != SILENT_SLOT) stretch = min(stretch, min(frames, framesToBypass(slot)));
		if (other != SILENT_SLOT) stretch = min(stretch, min(otherFrames, framesToBypass(other)));
		fillGains(slot, 0, isMoving ? stretch : 1);
		fillGains(other, 8, isMoving ? stretch : 1);
		const oneBus = slot == SILENT_SLOT ? SILENT_BUS : bus;
		const twoBus = other == SILENT_SLOT ? SILENT_BUS : otherBus;
		const gainBytes = isMoving ? FRAME_GAINS_BYTES : 0;
		filterPair(oneBus, twoBus, statesOf(slot), statesOf(other), FRAME_GAINS, gainBytes, stretch, phase);
		phase += stretch;
		bus += stretch * FRAME_BYTES;
		otherBus += stretch * FRAME_BYTES;
		frames = finishStretch(slot, frames, stretch);
		otherFrames = finishStretch(other, otherFrames, stretch);
	}
}

/** @returns how many of the frames are still to be filtered */
function finishStretch(slot: u32, frames: u32, stretch: u32): u32 {
	if (slot == SILENT_SLOT) return 0;
	if (isEngaged(slot)) return frames - stretch;
	settleEqualizer(slot);
	return 0;
}

/** Frames until a cross-fade to the bypass ends; the most there are when there is none. */
function framesToBypass(slot: u32): u32 {
	const blend = gainOf(slot, BLEND);
	return blend.left == 0 ? framesToMove(blend) : u32.MAX_VALUE;
}

/** Whether no gain moves. */
function areSteady(slot: u32): bool {
	if (slot == SILENT_SLOT) return true;
	for (let ramp: u32 = 0; ramp < RAMPS; ramp++) {
		if (!isSteady(gainOf(slot, ramp))) return false;
	}
	return true;
}

/** Writes the gains of the next frames of a pad, and moves them on. @param lane - byte of its lanes */
function fillGains(slot: u32, lane: usize, frames: u32): void {
	const end = FRAME_GAINS + lane + <usize>frames * FRAME_GAINS_BYTES;
	for (let at = FRAME_GAINS + lane; at < end; at += FRAME_GAINS_BYTES) {
		if (slot == SILENT_SLOT) {
			for (let gain: usize = 0; gain < FRAME_GAINS_BYTES; gain += 16) store<u64>(at + gain, 0);
			continue;
		}
		const low = takeGain(gainOf(slot, LOW_BAND));
		const middle = takeGain(gainOf(slot, MIDDLE_BAND));
		const high = takeGain(gainOf(slot, HIGH_BAND));
		const blend = takeGain(gainOf(slot, BLEND));
		storeGain(at, 1 - blend);
		storeGain(at + 16, ((low - middle) * blend) / 4);
		storeGain(at + 32, middle * blend);
		storeGain(at + 48, high * blend);
	}
}

function storeGain(at: usize, gain: f64): void {
	const rounded = <f32>gain;
	const audible: f32 = abs(rounded) < AUDIBLE_GAIN ? 0 : rounded;
	store<f32>(at, audible);
	store<f32>(at, audible, 4);
}

function setGain(ramp: Ramp, gain: f32, isMoving: bool): void {
	if (isMoving) moveTo(ramp, gain, gain);
	else jumpTo(ramp, gain, gain);
}

function statesOf(slot: u32): usize {
	return STATES + slot * STATES_BYTES;
}

function gainOf(slot: u32, ramp: u32): Ramp {
	return changetype<Ramp>(GAINS + (slot * RAMPS + ramp) * offsetof<Ramp>());
}
