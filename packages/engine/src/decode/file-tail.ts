import type { ByteSource } from "../source/byte-source.ts";
import { charactersAt } from "./characters.ts";
import { withoutTrailingTags } from "./mp3/tags.ts";

const SEARCH_BYTES = 65_536;
const HEAD_BYTES = 32;
const ID3V1_BYTES = 128;
const ENHANCED_ID3V1_BYTES = 227;
const YEAR_OFFSET = 93;
const YEAR_BYTES = 4;
const APE_HEADER_BYTES = 32;
/** The length of lyrics has six digits. */
const MAX_LYRICS_BYTES = 2 ** 20;
const LYRICS_END_BYTES = 9;
const LETTER_L = 0x4c;
const LETTER_Y = 0x59;
/** More parts than this are a denial of service. */
const MAX_PARTS = 64;

/** Whether only tags and zeros follow an offset: neither recording nor damage. */
export function isOnlyTags(source: ByteSource, from: number): boolean {
	const end = withoutTrailingTags(source, from).byteLength;
	let offset = from;
	for (let count = 0; count < MAX_PARTS; count++) {
		offset = skipZeros(source, offset);
		if (offset >= end) return true;
		const next = offset + tagBytes(source, offset);
		if (next === offset) return false;
		offset = next;
	}
	return false;
}

function skipZeros(source: ByteSource, from: number): number {
	for (let offset = from; ; ) {
		const bytes = source.read(offset, SEARCH_BYTES);
		const index = bytes.findIndex((byte) => byte !== 0);
		if (index >= 0) return offset + index;
		if (bytes.length === 0) return offset;
		offset += bytes.length;
	}
}

/** Bytes of the tag at an offset, 0 if there is none. */
function tagBytes(source: ByteSource, offset: number): number {
	const head = source.read(offset, HEAD_BYTES);
	if (charactersAt(head, 0, 4) === "TAG+") return ENHANCED_ID3V1_BYTES;
	if (charactersAt(head, 0, 3) === "TAG") return ID3V1_BYTES;
	if (charactersAt(head, 0, 3) === "ID3" && head.length >= 10) {
		return 10 + head.subarray(6, 10).reduce((size, byte) => size * 128 + (byte & 0x7f), 0);
	}
	if (charactersAt(head, 0, 8) === "APETAGEX" && head.length === APE_HEADER_BYTES) {
		return APE_HEADER_BYTES + head.subarray(12, 16).reduceRight((size, byte) => size * 256 + byte, 0);
	}
	return charactersAt(head, 0, 11) === "LYRICSBEGIN" ? lyricsBytes(source, offset) : 0;
}

function lyricsBytes(source: ByteSource, offset: number): number {
	const bytes = source.read(offset, MAX_LYRICS_BYTES);
	for (let index = bytes.indexOf(LETTER_L, 1); index >= 0; index = bytes.indexOf(LETTER_L, index + 1)) {
		// Hostile lyrics repeat only this letter.
		if (bytes[index + 1] !== LETTER_Y) continue;
		if (["LYRICSEND", "LYRICS200"].includes(charactersAt(bytes, index, LYRICS_END_BYTES)))
			return index + LYRICS_END_BYTES;
	}
	return 0;
}

/**
 * End of audio that extends to the end of the file: the start of its trailing tags. The last bytes may be audio, so a
 * tag must be recognised beyond chance.
 */
export function endWithoutTags(source: ByteSource): number {
	const { byteLength } = source;
	const tail = source.read(byteLength - Math.min(ID3V1_BYTES, byteLength), ID3V1_BYTES);
	const isId3v1 = charactersAt(tail, 0, 3) === "TAG";
	const isSure = !isId3v1 || /^[\d \0]{4}$/.test(charactersAt(tail, YEAR_OFFSET, YEAR_BYTES));
	return isSure ? withoutTrailingTags(source, 0).byteLength : byteLength;
}
