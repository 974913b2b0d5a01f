import {
	HEADER_BLOCK_FRAMES,
	HEADER_CHANNELS,
	HEADER_LENGTH,
	HEADER_STEREO,
	STEREO_INDEPENDENT,
	STEREO_SIDE_RIGHT,
} from "../../../../engine/src/decode/flac/frame-layout";
import { bitPosition, openBits, ranOut } from "./bit-reader";
import { crc16 } from "./crc";
import { BASE, CHANNEL_0, CHANNEL_1 } from "./memory";
import { separateWide } from "./stereo";
import { readSubframe, WIDE_BITS } from "./subframe";

const CRC_BYTES: usize = 2;
const INVALID: i32 = 0;
const RAN_OUT: i32 = -1;

function readSubframes(blockFrames: u32, bits: u32): bool {
	const stereo = load<i32>(BASE + HEADER_STEREO);
	if (stereo == STEREO_INDEPENDENT) {
		if (!readSubframe(CHANNEL_0, blockFrames, bits)) return false;
		return load<i32>(BASE + HEADER_CHANNELS) == 1 || readSubframe(CHANNEL_1, blockFrames, bits);
	}
	const isSideFirst = stereo == STEREO_SIDE_RIGHT;
	if (!readSubframe(CHANNEL_0, blockFrames, isSideFirst ? bits + 1 : bits)) return false;
	if (!readSubframe(CHANNEL_1, blockFrames, isSideFirst ? bits : bits + 1)) return false;
	if (bits + 1 == WIDE_BITS) separateWide(stereo, blockFrames);
	return true;
}

/**
 * Decodes the frame of the last header found into the channel buffers and checks its CRC-16.
 *
 * Does not allocate.
 *
 * @param start - address of the header
 * @param end - address after the last byte
 * @param bits - depth, 4..32
 * @returns the frame's length in bytes, 0 if it is invalid, -1 if it does not end before `end`
 */
export function flacDecodeFrame(start: usize, end: usize, bits: u32): i32 {
	if (load<i32>(BASE + HEADER_CHANNELS) > 2) return INVALID;
	openBits(start + load<u32>(BASE + HEADER_LENGTH), end);
	if (!readSubframes(load<u32>(BASE + HEADER_BLOCK_FRAMES), bits)) return ranOut() ? RAN_OUT : INVALID;
	const crcAddress = (bitPosition + 7) >> 3;
	if (crcAddress + CRC_BYTES > end) return RAN_OUT;
	if (crc16(start, crcAddress) != <u32>bswap<u16>(load<u16>(crcAddress))) return INVALID;
	return <i32>(crcAddress + CRC_BYTES - start);
}
