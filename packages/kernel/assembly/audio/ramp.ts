/** Gains that move: linearly to their target, exact per frame, so that the bits do not depend on the block length. */
import { audible, flooredSample } from "./gain";
import { FRAME_BYTES } from "./mix";

/** A stereo gain on its way to its target. */
@unmanaged
export class Ramp {
	fromLeft: f64;
	fromRight: f64;
	left: f64;
	right: f64;
	/** Frames of it that have been rendered; as many as it has when the gain stands still. */
	position: u32;
	unused: u32;
}

let rampFrames: u32 = 1;

/** Sets how many frames every ramp takes. */
export function setRampTime(frames: u32): void {
	rampFrames = frames;
}

/** Whether the gain stands still. */
export function isSteady(ramp: Ramp): bool {
	return ramp.position == rampFrames;
}

/** Whether the gain stands still at exactly 1 on both sides. */
export function isFlat(ramp: Ramp): bool {
	return ramp.position == rampFrames && ramp.left == 1 && ramp.right == 1;
}

/** Sets the gain, at once. */
export function jumpTo(ramp: Ramp, left: f32, right: f32): void {
	ramp.left = left;
	ramp.right = right;
	ramp.position = rampFrames;
}

/** Begins to move from where the gain is. */
export function moveTo(ramp: Ramp, left: f32, right: f32): void {
	const progress = progressOf(ramp.position);
	ramp.fromLeft = between(ramp.fromLeft, ramp.left, progress);
	ramp.fromRight = between(ramp.fromRight, ramp.right, progress);
	ramp.left = left;
	ramp.right = right;
	ramp.position = 0;
}

/** Arrives at the target at once. */
export function finishRamp(ramp: Ramp): void {
	ramp.position = rampFrames;
}

/** Whether the gain stands still at 0. */
export function isSilent(ramp: Ramp): bool {
	return ramp.position == rampFrames && ramp.left == 0 && ramp.right == 0;
}

/** Frames until the gain stands still. */
export function framesToMove(ramp: Ramp): u32 {
	return rampFrames - ramp.position;
}

/** The left gain of the next frame, which the ramp moves on to. */
export function takeGain(ramp: Ramp): f64 {
	if (ramp.position == rampFrames) return ramp.left;
	return between(ramp.fromLeft, ramp.left, progressOf(ramp.position++));
}

/** Multiplies interleaved stereo frames by a gain that moves, and moves it on. @returns how many frames it still moved */
export function scaleMoving(bus: usize, frames: u32, ramp: Ramp): u32 {
	const moving = min(frames, rampFrames - ramp.position);
	for (let frame: u32 = 0; frame < moving; frame++, bus += FRAME_BYTES) {
		const progress = progressOf(ramp.position + frame);
		const left = audible(<f32>between(ramp.fromLeft, ramp.left, progress));
		const right = audible(<f32>between(ramp.fromRight, ramp.right, progress));
		store<f32>(bus, flooredSample(load<f32>(bus)) * left);
		store<f32>(bus, flooredSample(load<f32>(bus, 4)) * right, 4);
	}
	ramp.position += moving;
	return moving;
}

function progressOf(position: u32): f64 {
	return <f64>position / <f64>rampFrames;
}

/** Exactly `to` at the end: the start may be far away. */
function between(from: f64, to: f64, progress: f64): f64 {
	return progress == 1 ? to : from + (to - from) * progress;
}
