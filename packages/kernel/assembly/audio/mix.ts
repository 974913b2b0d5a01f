/**
 * The inner loops: 128-bit SIMD over interleaved stereo, with single frames where a run does not divide.
 *
 * Every output frame is the same chain of f32 multiplications and additions whichever loop reaches it, so the bits do
 * not depend on how a stream is cut into blocks.
 */
import { MAX_BLOCK_FRAMES, OUTPUT_CHANNEL_BYTES } from "../../../engine/src/protocol/shared-memory";
import { AUDIBLE_GAIN, audible } from "./gain";

/** Interleaved accumulator of the block being mixed. */
export const MIX = memory.data(MAX_BLOCK_FRAMES * 8, 16);

/** Bytes of an interleaved stereo frame. */
export const FRAME_BYTES: u32 = 8;

/** Adds `frames` stereo frames times `gain` to the interleaved target. */
export function mixStereo(target: usize, source: usize, frames: u32, gain: f32): void {
	const end = target + frames * FRAME_BYTES;
	const gains = f32x4.splat(gain);
	// Eight vectors a turn, because with four the block takes an eighth longer (benchmarks/tasks/kernel-mix.mjs).
	for (; target + 128 <= end; target += 128, source += 128) {
		addScaled(target, source, gains);
		addScaled(target + 16, source + 16, gains);
		addScaled(target + 32, source + 32, gains);
		addScaled(target + 48, source + 48, gains);
		addScaled(target + 64, source + 64, gains);
		addScaled(target + 80, source + 80, gains);
		addScaled(target + 96, source + 96, gains);
		addScaled(target + 112, source + 112, gains);
	}
	for (; target < end; target += FRAME_BYTES, source += FRAME_BYTES) {
		addFrame(target, load<f32>(source) * gain, load<f32>(source, 4) * gain);
	}
}

/** Adds `frames` stereo frames of four sources, one after the other. @param sources - four addresses; @param gains - four f32 */
export function mixFourStereo(target: usize, sources: usize, gains: usize, frames: u32): void {
	const end = target + frames * FRAME_BYTES;
	const whole = target + ((frames * FRAME_BYTES) & ~31);
	// Each source as its distance from the target, which is the only address that moves.
	const a = load<usize>(sources) - target;
	const b = load<usize>(sources, 4) - target;
	const c = load<usize>(sources, 8) - target;
	const d = load<usize>(sources, 12) - target;
	const gainA = v128.load32_splat(gains);
	const gainB = v128.load32_splat(gains, 4);
	const gainC = v128.load32_splat(gains, 8);
	const gainD = v128.load32_splat(gains, 12);
	for (; target < whole; target += 32) {
		let first = f32x4.add(v128.load(target), f32x4.mul(v128.load(target + a), gainA));
		let second = f32x4.add(v128.load(target, 16), f32x4.mul(v128.load(target + a, 16), gainA));
		first = f32x4.add(first, f32x4.mul(v128.load(target + b), gainB));
		second = f32x4.add(second, f32x4.mul(v128.load(target + b, 16), gainB));
		first = f32x4.add(first, f32x4.mul(v128.load(target + c), gainC));
		second = f32x4.add(second, f32x4.mul(v128.load(target + c, 16), gainC));
		first = f32x4.add(first, f32x4.mul(v128.load(target + d), gainD));
		second = f32x4.add(second, f32x4.mul(v128.load(target + d, 16), gainD));
		v128.store(target, first);
		v128.store(target, second, 16);
	}
	for (; target < end; target += FRAME_BYTES) {
		let frame = v128.load64_zero(target);
		frame = f32x4.add(frame, f32x4.mul(v128.load64_zero(target + a), gainA));
		frame = f32x4.add(frame, f32x4.mul(v128.load64_zero(target + b), gainB));
		frame = f32x4.add(frame, f32x4.mul(v128.load64_zero(target + c), gainC));
		frame = f32x4.add(frame, f32x4.mul(v128.load64_zero(target + d), gainD));
		v128.store_lane<u64>(target, frame, 0);
	}
}

/** Adds `frames` mono frames times `gain` to both channels of the interleaved target. */
export function mixMono(target: usize, source: usize, frames: u32, gain: f32): void {
	const end = target + frames * FRAME_BYTES;
	const gains = f32x4.splat(gain);
	for (; target + 32 <= end; target += 32, source += 16) {
		const samples = f32x4.mul(v128.load(source), gains);
		addTo(target, spreadLow(samples));
		addTo(target + 16, spreadHigh(samples));
	}
	for (; target < end; target += FRAME_BYTES, source += 4) {
		const sample = load<f32>(source) * gain;
		addFrame(target, sample, sample);
	}
}

/** Adds `frames` stereo frames to the target, each times `gain` and its own f32 factor in `shape`. */
export function mixStereoShaped(target: usize, source: usize, frames: u32, gain: f32, shape: usize): void {
	const end = target + frames * FRAME_BYTES;
	for (; target + 32 <= end; target += 32, source += 32, shape += 16) {
		const gains = shapedGains(gain, shape);
		addTo(target, f32x4.mul(v128.load(source), spreadLow(gains)));
		addTo(target + 16, f32x4.mul(v128.load(source, 16), spreadHigh(gains)));
	}
	for (; target < end; target += FRAME_BYTES, source += FRAME_BYTES, shape += 4) {
		const frameGain = audible(gain * load<f32>(shape));
		addFrame(target, load<f32>(source) * frameGain, load<f32>(source, 4) * frameGain);
	}
}

/** Adds `frames` mono frames to both channels, each times `gain` and its own f32 factor in `shape`. */
export function mixMonoShaped(target: usize, source: usize, frames: u32, gain: f32, shape: usize): void {
	const end = target + frames * FRAME_BYTES;
	for (; target + 32 <= end; target += 32, source += 16, shape += 16) {
		const samples = f32x4.mul(v128.load(source), shapedGains(gain, shape));
		addTo(target, spreadLow(samples));
		addTo(target + 16, spreadHigh(samples));
	}
	for (; target < end; target += FRAME_BYTES, source += 4, shape += 4) {
		const sample = load<f32>(source) * audible(gain * load<f32>(shape));
		addFrame(target, sample, sample);
	}
}

/** Adds frames that lie in a row, of either number of channels. @param shape - as in `mixStereoShaped`, or 0 */
export function mixRow(channels: u32, target: usize, source: usize, frames: u32, gain: f32, shape: usize): void {
	if (channels == 2) {
		if (shape != 0) mixStereoShaped(target, source, frames, gain, shape);
		else mixStereo(target, source, frames, gain);
	} else {
		if (shape != 0) mixMonoShaped(target, source, frames, gain, shape);
		else mixMono(target, source, frames, gain);
	}
}

/** Completes a block of odd length with a silent frame, so that the loops over the whole block need no remainder. */
export function finishMix(frames: u32): void {
	if (frames & 1) store<u64>(MIX + frames * FRAME_BYTES, 0);
}

/** Writes a bus to a planar output. */
export function deinterleave(bus: usize, output: usize, frames: u32): void {
	const end = bus + frames * FRAME_BYTES;
	for (let source = bus, left = output; source < end; source += 16, left += 8) {
		const pair = v128.load(source);
		const planar = v128.shuffle<f32>(pair, pair, 0, 2, 1, 3);
		v128.store_lane<u64>(left, planar, 0);
		v128.store_lane<u64>(left, planar, 1, OUTPUT_CHANNEL_BYTES);
	}
}

function addScaled(target: usize, source: usize, gains: v128): void {
	addTo(target, f32x4.mul(v128.load(source), gains));
}

function addTo(target: usize, samples: v128): void {
	v128.store(target, f32x4.add(v128.load(target), samples));
}

function addFrame(target: usize, left: f32, right: f32): void {
	store<f32>(target, load<f32>(target) + left);
	store<f32>(target, load<f32>(target, 4) + right, 4);
}

/** The audible gains of four frames. */
function shapedGains(gain: f32, shape: usize): v128 {
	const gains = f32x4.mul(f32x4.splat(gain), v128.load(shape));
	return v128.and(gains, f32x4.ge(gains, f32x4.splat(AUDIBLE_GAIN)));
}

/** Doubles the first two lanes: one value a frame becomes one value a sample. */
function spreadLow(values: v128): v128 {
	return v128.shuffle<f32>(values, values, 0, 0, 1, 1);
}

/** Doubles the last two lanes. */
function spreadHigh(values: v128): v128 {
	return v128.shuffle<f32>(values, values, 2, 2, 3, 3);
}
