import {
	HEADER_BLOCK_FRAMES,
	HEADER_STEREO,
	STEREO_LEFT_SIDE,
	STEREO_MID_SIDE,
	STEREO_SIDE_RIGHT,
} from "../../../../engine/src/decode/flac/frame-layout";
import { BASE, CHANNEL_0, CHANNEL_1, WIDE_CHANNEL } from "./memory";

/** Converts a 33-bit side channel and its partner to left and right. */
export function separateWide(stereo: i32, blockFrames: u32): void {
	const partner = stereo == STEREO_SIDE_RIGHT ? CHANNEL_1 : CHANNEL_0;
	for (let frame: usize = 0; frame < blockFrames; frame++) {
		const side = load<i64>(WIDE_CHANNEL + (frame << 3));
		const other = <i64>load<i32>(partner + (frame << 2));
		let left = other;
		let right = other;
		if (stereo == STEREO_LEFT_SIDE) right = left - side;
		else if (stereo == STEREO_SIDE_RIGHT) left = right + side;
		else {
			const sum = (other << 1) | (side & 1);
			left = (sum + side) >> 1;
			right = (sum - side) >> 1;
		}
		store<i32>(CHANNEL_0 + (frame << 2), <i32>left);
		store<i32>(CHANNEL_1 + (frame << 2), <i32>right);
	}
}

/** Left samples of four frames, from the two coded channels. */
function left4(stereo: i32, first: v128, second: v128): v128 {
	if (stereo == STEREO_SIDE_RIGHT) return i32x4.add(first, second);
	if (stereo != STEREO_MID_SIDE) return first;
	const sum = v128.or(i32x4.shl(first, 1), v128.and(second, i32x4.splat(1)));
	return i32x4.shr_s(i32x4.add(sum, second), 1);
}

/** Right samples of four frames. */
function right4(stereo: i32, first: v128, second: v128): v128 {
	if (stereo == STEREO_LEFT_SIDE) return i32x4.sub(first, second);
	if (stereo != STEREO_MID_SIDE) return second;
	const sum = v128.or(i32x4.shl(first, 1), v128.and(second, i32x4.splat(1)));
	return i32x4.shr_s(i32x4.sub(sum, second), 1);
}

/** Samples of a depth as floats, shifted up to 32 bits so that out-of-range samples wrap and stay within -1..1. */
function floats(samples: v128, unusedBits: u32): v128 {
	return f32x4.mul(f32x4.convert_i32x4_s(i32x4.shl(samples, unusedBits)), f32x4.splat(1.0 / 2147483648.0));
}

/**
 * Writes the decoded block as floats; up to three frames past its end are overwritten too.
 *
 * Does not allocate.
 *
 * @param output - address of the first frame, 4-byte aligned
 * @param bits - depth of the block, 4..32
 * @param channels - channels of the output, 1 or 2; equal to those of the block
 */
export function flacWriteBlock(output: usize, bits: u32, channels: u32): void {
	const blockFrames = load<u32>(BASE + HEADER_BLOCK_FRAMES);
	const stereo = bits == 32 ? 0 : load<i32>(BASE + HEADER_STEREO);
	const unusedBits = 32 - bits;
	let at = output;
	for (let offset: usize = 0, end = blockFrames << 2; offset < end; offset += 16) {
		const first = v128.load(CHANNEL_0 + offset);
		if (channels == 1) {
			v128.store(at, floats(first, unusedBits));
			at += 16;
			continue;
		}
		const second = v128.load(CHANNEL_1 + offset);
		const left = floats(left4(stereo, first, second), unusedBits);
		const right = floats(right4(stereo, first, second), unusedBits);
		v128.store(at, v128.shuffle<f32>(left, right, 0, 4, 1, 5));
		v128.store(at, v128.shuffle<f32>(left, right, 2, 6, 3, 7), 16);
		at += 32;
	}
}
