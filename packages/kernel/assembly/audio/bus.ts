/** Buses: interleaved stereo accumulators that strips and the master work on. */
import { flooredSample, SMALLEST_SAMPLE } from "./gain";
import { FRAME_BYTES } from "./mix";
import { isFlat, isSteady, Ramp, scaleMoving } from "./ramp";

/** Silences frames of a bus. */
export function clearBus(bus: usize, frames: u32): void {
	// Not `memory.fill`, which costs a call of the host for each of some 60 buses per block.
	const end = bus + frames * FRAME_BYTES;
	for (; bus + 16 <= end; bus += 16) v128.store(bus, f32x4.splat(0));
	if (bus < end) store<u64>(bus, 0);
}

/** Adds the frames of one bus to another. */
export function addBus(target: usize, source: usize, frames: u32): void {
	const end = target + frames * FRAME_BYTES;
	for (; target + 16 <= end; target += 16, source += 16) {
		v128.store(target, f32x4.add(v128.load(target), v128.load(source)));
	}
	if (target == end) return;
	store<f32>(target, load<f32>(target) + load<f32>(source));
	store<f32>(target, load<f32>(target, 4) + load<f32>(source, 4), 4);
}

/**
 * Multiplies the frames of a bus by a gain and moves that on.
 *
 * A gain of exactly 1 that stands still leaves every bit; before any other, what is below 2^-63 becomes 0, so that no product is
 * subnormal.
 */
export function applyGain(bus: usize, frames: u32, ramp: Ramp): void {
	const moved = isSteady(ramp) ? 0 : scaleMoving(bus, frames, ramp);
	if (moved == frames || isFlat(ramp)) return;
	scaleBus(bus + moved * FRAME_BYTES, frames - moved, <f32>ramp.left, <f32>ramp.right);
}

function scaleBus(bus: usize, frames: u32, left: f32, right: f32): void {
	if (left == 0 && right == 0) return clearBus(bus, frames);
	const end = bus + frames * FRAME_BYTES;
	const gains = f32x4(left, right, left, right);
	for (; bus + 16 <= end; bus += 16) {
		v128.store(bus, f32x4.mul(floored(v128.load(bus)), gains));
	}
	if (bus == end) return;
	store<f32>(bus, flooredSample(load<f32>(bus)) * left);
	store<f32>(bus, flooredSample(load<f32>(bus, 4)) * right, 4);
}

function floored(samples: v128): v128 {
	return v128.and(samples, f32x4.ge(f32x4.abs(samples), f32x4.splat(SMALLEST_SAMPLE)));
}
