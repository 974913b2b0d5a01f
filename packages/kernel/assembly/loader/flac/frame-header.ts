import {
	HEADER_BITS,
	HEADER_BLOCK_FRAMES,
	HEADER_CHANNELS,
	HEADER_IS_VARIABLE,
	HEADER_LENGTH,
	HEADER_NUMBER,
	HEADER_SAMPLE_RATE,
	HEADER_STEREO,
	MAX_HEADER_BYTES,
	STEREO_INDEPENDENT,
	STEREO_MID_SIDE,
} from "../../../../engine/src/decode/flac/frame-layout";
import { bitPosition, openBits, readUnsigned } from "./bit-reader";
import { crc8 } from "./crc";
import { BASE } from "./memory";

const NO_NUMBER: i64 = -1;

function blockFramesOf(code: u32): u32 {
	if (code == 0) return 0;
	if (code == 1) return 192;
	if (code < 6) return 144 << code;
	if (code == 6) return <u32>readUnsigned(8) + 1;
	if (code == 7) return <u32>readUnsigned(16) + 1;
	return 1 << code;
}

function sampleRateOf(code: u32): u32 {
	switch (code) {
		case 1:
			return 88_200;
		case 2:
			return 176_400;
		case 3:
			return 192_000;
		case 4:
			return 8_000;
		case 5:
			return 16_000;
		case 6:
			return 22_050;
		case 7:
			return 24_000;
		case 8:
			return 32_000;
		case 9:
			return 44_100;
		case 10:
			return 48_000;
		case 11:
			return 96_000;
		case 12:
			return <u32>readUnsigned(8) * 1_000;
		case 13:
			return <u32>readUnsigned(16);
		case 14:
			return <u32>readUnsigned(16) * 10;
		default:
			return 0;
	}
}

function bitsOf(code: u32): u32 {
	if (code == 0) return 0;
	if (code < 3) return 4 + 4 * code;
	return code == 7 ? 32 : 4 * code;
}

/** Reads a number of up to 36 bits in the extended form of UTF-8. */
function readCodedNumber(): i64 {
	const first = <u32>readUnsigned(8);
	if (first < 0x80) return first;
	const bytes = clz(~(first << 24));
	if (bytes < 2 || bytes > 7) return NO_NUMBER;
	let number: i64 = first & (0x7f >> bytes);
	for (let byte: u32 = 1; byte < bytes; byte++) {
		const next = <u32>readUnsigned(8);
		if (next >> 6 != 2) return NO_NUMBER;
		number = (number << 6) | (next & 0x3f);
	}
	return number;
}

/**
 * Reads the header at an address into the record, if there is one with a valid CRC-8.
 *
 * Source: M. van Beurden, A. Weaver, "Free Lossless Audio Codec (FLAC)", RFC 9639 (2024), section 9.1.
 */
function readHeader(start: usize, end: usize): bool {
	openBits(start, end);
	if (readUnsigned(15) != 0x7ffc) return false;
	const isVariable = <u32>readUnsigned(1);
	const blockCode = <u32>readUnsigned(4);
	const rateCode = <u32>readUnsigned(4);
	const channelCode = <u32>readUnsigned(4);
	const bitsCode = <u32>readUnsigned(3);
	const reserved = <u32>readUnsigned(1);
	if (blockCode == 0 || rateCode == 15 || channelCode > <u32>STEREO_MID_SIDE || bitsCode == 3 || reserved != 0) {
		return false;
	}
	const number = readCodedNumber();
	if (number == NO_NUMBER) return false;
	store<i32>(BASE + HEADER_BLOCK_FRAMES, blockFramesOf(blockCode));
	store<i32>(BASE + HEADER_SAMPLE_RATE, sampleRateOf(rateCode));
	const crcAddress = bitPosition >> 3;
	if (crcAddress >= end || crc8(start, crcAddress) != load<u8>(crcAddress)) return false;
	const isStereo = channelCode > 7;
	store<f64>(BASE + HEADER_NUMBER, <f64>number);
	store<i32>(BASE + HEADER_IS_VARIABLE, isVariable);
	store<i32>(BASE + HEADER_CHANNELS, isStereo ? 2 : channelCode + 1);
	store<i32>(BASE + HEADER_STEREO, isStereo ? channelCode : STEREO_INDEPENDENT);
	store<i32>(BASE + HEADER_BITS, bitsOf(bitsCode));
	store<i32>(BASE + HEADER_LENGTH, crcAddress + 1 - start);
	return true;
}

/**
 * Finds the next frame header with a valid CRC-8 and reads it into the record.
 *
 * Does not allocate.
 *
 * @param start - first address to check
 * @param end - address after the last byte
 * @param isLast - false if the file continues after `end`: a header that might cross it is left for later
 * @returns the header's address, or 0 if none starts before `end`, less `MAX_HEADER_BYTES` unless `isLast`
 */
export function flacFindHeader(start: usize, end: usize, isLast: bool): usize {
	const last = isLast ? end : end - MAX_HEADER_BYTES;
	for (let at = start; at < last; at++) {
		if (load<u8>(at) == 0xff && (load<u8>(at, 1) & 0xfe) == 0xf8 && readHeader(at, end)) return at;
	}
	return 0;
}
