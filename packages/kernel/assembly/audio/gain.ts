import { MAX_BLOCK_FRAMES } from "../../../engine/src/protocol/shared-memory";

/** At or below this the master gain is exactly 0. */
const SILENCE_DECIBELS: f32 = -200;
/** Every gain below it counts as 0: a published sample times any other gain then keeps clear of the subnormals. */
export const AUDIBLE_GAIN: f32 = 1.0 / 1_099_511_627_776.0; // 2^-40

/** Master gain of each frame of the block while it moves. */
const GAIN_RAMP = memory.data(MAX_BLOCK_FRAMES * 4, 16);

let target: f32 = 1;
let targetDecibels: f32 = 0;
let rampStart: f64 = 1;
let rampFrames: u32 = 0;
/** Frames of the ramp already rendered; rampFrames when the gain stands still. */
let rampPosition: u32 = 0;

/** Sets 0 dB, and how long a later change takes. */
export function resetMasterGain(fadeFrames: u32): void {
	target = 1;
	targetDecibels = 0;
	rampStart = 1;
	rampFrames = fadeFrames;
	rampPosition = fadeFrames;
}

/**
 * Sets the master gain: while voices sound it moves there linearly, else it is there at once.
 *
 * @param isSounding - whether a voice has sounded and goes on
 * @returns false when the gain is not a finite number
 */
export function setMasterGain(decibels: f32, isSounding: bool): bool {
	const gain = gainFromDecibels(decibels);
	if (!isFinite(gain)) return false;
	rampStart = gainAtRampPosition();
	target = gain;
	targetDecibels = decibels;
	rampPosition = isSounding ? 0 : rampFrames;
	return true;
}

/** What the master gain was set to last. */
export function gainTargetDecibels(): f32 {
	return targetDecibels;
}

/** Whether the master gain stands still. */
export function gainIsSteady(): bool {
	return rampPosition == rampFrames;
}

/** The master gain of the next frame. */
export function masterGain(): f32 {
	return <f32>gainAtRampPosition();
}

/**
 * Steps over frames.
 *
 * @returns the address of the gain of each frame, or 0 when the gain stands still
 */
export function advanceMasterGain(frames: u32): usize {
	if (gainIsSteady()) return 0;
	for (let frame: u32 = 0; frame < frames; frame++) {
		store<f32>(GAIN_RAMP + frame * sizeof<f32>(), masterGain());
		if (rampPosition < rampFrames) rampPosition++;
	}
	return GAIN_RAMP;
}

/** The gain itself, or 0 if it is too small to count. */
export function audible(gain: f32): f32 {
	return gain < AUDIBLE_GAIN ? 0 : gain;
}

function gainFromDecibels(decibels: f32): f32 {
	return decibels <= SILENCE_DECIBELS ? 0 : <f32>Math.pow(10, <f64>decibels / 20);
}

function gainAtRampPosition(): f64 {
	if (rampPosition == rampFrames) return target;
	return rampStart + (<f64>target - rampStart) * (<f64>rampPosition / <f64>rampFrames);
}
