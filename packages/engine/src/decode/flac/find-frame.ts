import { type ByteSource, MAX_READ_BYTES } from "../../source/byte-source.ts";
import { withoutTrailingTags } from "../mp3/tags.ts";

/** A frame found in otherwise unknown bytes. */
export interface FoundFrame {
	readonly byteOffset: number;
	/** Frames per second; 0 if defined in STREAMINFO. */
	readonly sampleRate: number;
	/** Bits per sample; 0 if defined in STREAMINFO. */
	readonly bits: number;
}

interface Header extends FoundFrame {
	/** Number of the frame or of its first sample. */
	readonly number: number;
	readonly blockFrames: number;
	readonly channels: number;
	readonly headerBytes: number;
}

/** Range in which a frame may begin: the longest frames of the streamable subset take 96 KiB, so some begin there. */
const SEARCH_BYTES = 262_144;
/** Bytes checksummed without success before giving up: bounds the time for a hostile file. */
const MAX_SUMMED_BYTES = 2 ** 23;
/** Maximum overhead of a frame over its plain samples. */
const SPARE_BYTES = 1_024;
const UNKNOWN_BITS = 32;

const listedRates = [88_200, 176_400, 192_000, 8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000];
const depths = [0, 8, 12, null, 16, 20, 24, 32] as const;
const MAX_CHANNEL_CODE = 10;

const crc8Table = makeTable(8, 0x07);
const crc16Table = makeTable(16, 0x8005);

/**
 * Finds the first FLAC frame in bytes without a FLAC header: its header matches its CRC-8, the frame its CRC-16, and the
 * next frame or the end of the file follows it. The first 256 KiB are searched.
 *
 * Source: RFC 9639, section 9.
 */
export function findFlacFrame(source: ByteSource, from: number): FoundFrame | null {
	const audioEnd = withoutTrailingTags(source, from).byteLength - from;
	const bytes = source.read(from, MAX_READ_BYTES);
	let allowance = MAX_SUMMED_BYTES;
	const searchEnd = Math.min(SEARCH_BYTES, bytes.length);
	for (let at = bytes.indexOf(0xff); at >= 0 && at < searchEnd && allowance > 0; at = bytes.indexOf(0xff, at + 1)) {
		const header = readHeader(bytes, at);
		if (header === null) continue;
		const end = Math.min(at + mostBytes(header), audioEnd, bytes.length);
		if (isWhole(bytes, header, { end, audioEnd })) return { ...header, byteOffset: from + at };
		allowance -= end - at;
	}
	return null;
}

function mostBytes({ blockFrames, channels, bits }: Header): number {
	// A side channel has one bit more.
	return Math.ceil((blockFrames * channels * ((bits || UNKNOWN_BITS) + 1)) / 8) + SPARE_BYTES;
}

function isWhole(bytes: Uint8Array, header: Header, { end, audioEnd }: { end: number; audioEnd: number }): boolean {
	let word = 0;
	for (let at = header.byteOffset; at < end; ) {
		word = ((word << 8) & 0xffff) ^ crc16Table[(word >> 8) ^ bytes[at]!]!;
		at++;
		// The CRC over a frame including its own CRC is zero.
		if (word !== 0 || at < header.byteOffset + header.headerBytes) continue;
		if (at === audioEnd) return true;
		const next = readHeader(bytes, at);
		if (next !== null && [1, header.blockFrames].includes(next.number - header.number)) return true;
	}
	return false;
}

/** The header at an offset, null if there is none with a valid CRC-8. */
function readHeader(bytes: Uint8Array, at: number): Header | null {
	const [sync = 0, flags = 0, sizes = 0, layout = 0] = bytes.subarray(at, at + 4);
	const sizeCode = sizes >> 4;
	const rateCode = sizes & 15;
	const channelCode = layout >> 4;
	const bits = depths[(layout >> 1) & 7] ?? null;
	if (sync !== 0xff || (flags & 0xfe) !== 0xf8 || sizeCode === 0 || rateCode === 15) return null;
	if (channelCode > MAX_CHANNEL_CODE || bits === null || (layout & 1) !== 0) return null;
	const coded = readNumber(bytes, at + 4);
	if (coded === null) return null;
	const sizeAt = at + 4 + coded.length;
	const rateAt = sizeAt + (sizeCode === 6 ? 1 : sizeCode === 7 ? 2 : 0);
	const end = rateAt + (rateCode < 12 ? 0 : rateCode === 12 ? 1 : 2);
	if (end >= bytes.length || crc8(bytes, at, end) !== bytes[end]) return null;
	const word = (offset: number) => bytes[offset]! * 256 + bytes[offset + 1]!;
	const blockFrames = sizeCode === 6 ? bytes[sizeAt]! + 1 : sizeCode === 7 ? word(sizeAt) + 1 : listedSize(sizeCode);
	const rates = [bytes[rateAt]! * 1_000, word(rateAt), word(rateAt) * 10];
	return {
		byteOffset: at,
		number: coded.value,
		blockFrames,
		sampleRate: rateCode === 0 ? 0 : (listedRates[rateCode - 1] ?? rates[rateCode - 12]!),
		channels: channelCode < 8 ? channelCode + 1 : 2,
		bits,
		headerBytes: end + 1 - at,
	};
}

function listedSize(code: number): number {
	if (code === 1) return 192;
	return code < 6 ? 576 << (code - 2) : 256 << (code - 8);
}

/** A number of up to 36 bits in the extended form of UTF-8. */
function readNumber(bytes: Uint8Array, at: number): { value: number; length: number } | null {
	const first = bytes[at] ?? 0xff;
	const ones = Math.clz32(~(first << 24));
	if (ones === 1 || ones > 7) return null;
	const length = Math.max(1, ones);
	let value = first & (0x7f >> ones);
	for (let index = 1; index < length; index++) {
		const byte = bytes[at + index] ?? 0;
		if (byte >> 6 !== 2) return null;
		value = value * 64 + (byte & 0x3f);
	}
	return { value, length };
}

function crc8(bytes: Uint8Array, start: number, end: number): number {
	let word = 0;
	for (let at = start; at < end; at++) word = crc8Table[word ^ bytes[at]!]!;
	return word;
}

function makeTable(width: 8 | 16, polynomial: number): Uint16Array {
	const top = 1 << (width - 1);
	const mask = 2 * top - 1;
	return Uint16Array.from({ length: 256 }, (_value, byte) => {
		let word = byte << (width - 8);
		for (let bit = 0; bit < 8; bit++) word = ((word << 1) ^ ((word & top) === 0 ? 0 : polynomial)) & mask;
		return word;
	});
}
