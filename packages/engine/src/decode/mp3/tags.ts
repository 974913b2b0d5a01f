import { fourCharacters } from "../wav/chunk-reader.ts";

const ID3_HEADER_BYTES = 10;
const ID3V1_BYTES = 128;
const APE_HEADER_BYTES = 32;
const LYRICS_END_BYTES = 15;

/**
 * Where the tags at the head of a file end: ID3v2 (also several) and APEv2.
 *
 * Source: M. Nilsson, "ID3 tag version 2.4.0 - Main Structure" (2000), section 3.1.
 */
export function skipLeadingTags(bytes: Uint8Array): number {
	let offset = 0;
	for (let next = tagEnd(bytes, 0); next > offset; next = tagEnd(bytes, offset)) offset = next;
	return offset;
}

function tagEnd(bytes: Uint8Array, offset: number): number {
	const id = fourCharacters(bytes, offset);
	let end = offset;
	if (id.startsWith("ID3") && offset + ID3_HEADER_BYTES <= bytes.length) {
		const footerBytes = (bytes[offset + 5]! & 0x10) === 0 ? 0 : ID3_HEADER_BYTES;
		end = offset + ID3_HEADER_BYTES + syncSafe(bytes, offset + 6) + footerBytes;
	} else if (isApe(bytes, offset)) {
		end = offset + APE_HEADER_BYTES + littleEndian(bytes, offset + 12);
	}
	// A tag longer than the file is damaged: what follows its header may still be audio.
	return end <= bytes.length ? end : Math.min(offset + ID3_HEADER_BYTES, bytes.length);
}

/** Where the tags at the tail of a file begin: ID3v1, APEv2, Lyrics3v2 and an appended ID3v2. */
export function findTrailingTags(bytes: Uint8Array, start: number): number {
	let end = bytes.length;
	for (let next = tagStart(bytes, end); next < end && next >= start; next = tagStart(bytes, end)) end = next;
	return end;
}

function tagStart(bytes: Uint8Array, end: number): number {
	if (end >= ID3V1_BYTES && fourCharacters(bytes, end - ID3V1_BYTES).startsWith("TAG")) return end - ID3V1_BYTES;
	if (end >= APE_HEADER_BYTES && isApe(bytes, end - APE_HEADER_BYTES)) {
		const footer = end - APE_HEADER_BYTES;
		const hasHeader = (bytes[footer + 23]! & 0x80) !== 0;
		return end - littleEndian(bytes, footer + 12) - (hasHeader ? APE_HEADER_BYTES : 0);
	}
	if (end >= LYRICS_END_BYTES && text(bytes, end - 9, 9) === "LYRICS200") {
		const lyricsBytes = Number.parseInt(text(bytes, end - LYRICS_END_BYTES, 6), 10);
		return Number.isNaN(lyricsBytes) ? end : end - LYRICS_END_BYTES - lyricsBytes;
	}
	if (end >= ID3_HEADER_BYTES && text(bytes, end - ID3_HEADER_BYTES, 3) === "3DI") {
		return end - 2 * ID3_HEADER_BYTES - syncSafe(bytes, end - 4);
	}
	return end;
}

function isApe(bytes: Uint8Array, offset: number): boolean {
	return text(bytes, offset, 8) === "APETAGEX";
}

function text(bytes: Uint8Array, offset: number, length: number): string {
	return String.fromCharCode(...bytes.subarray(offset, offset + length));
}

function syncSafe(bytes: Uint8Array, offset: number): number {
	return [0, 1, 2, 3].reduce((size, index) => size * 128 + (bytes[offset + index]! & 0x7f), 0);
}

function littleEndian(bytes: Uint8Array, offset: number): number {
	return [3, 2, 1, 0].reduce((size, index) => size * 256 + bytes[offset + index]!, 0);
}
