import type { ByteSource } from "../../source/byte-source.ts";
import { charactersAt } from "../characters.ts";

const ID3_HEADER_BYTES = 10;
const ID3V1_BYTES = 128;
const APE_HEADER_BYTES = 32;
const ENHANCED_ID3V1_BYTES = 227;
const LYRICS_END_BYTES = 15;
const OLD_LYRICS_END_BYTES = 9;
/** Lyrics of version 1 have at most 5,100 bytes. */
const MAX_OLD_LYRICS_BYTES = 5_120;
/** There are four kinds; a file with many more is a denial of service. */
const MAX_TRAILING_TAGS = 16;
/** Limit at the head: concatenated streams may leave dozens. */
const MAX_LEADING_TAGS = 1_024;

/**
 * End of the tags at the head of a file: ID3v2 (any number) and APEv2.
 *
 * Source: M. Nilsson, "ID3 tag version 2.4.0 - Main Structure" (2000), section 3.1.
 */
export function skipLeadingTags(source: ByteSource): number {
	let offset = 0;
	for (const { end } of leadingTags(source)) offset = end;
	return offset;
}

/** The tags at the head of a file, at most 1,024. */
export function* leadingTags(source: ByteSource): Generator<{ readonly start: number; readonly end: number }> {
	let start = 0;
	for (let count = 0; count < MAX_LEADING_TAGS; count++) {
		const end = tagEnd(source, start);
		if (end === start) return;
		yield { start, end };
		start = end;
	}
}

function tagEnd(source: ByteSource, offset: number): number {
	const head = source.read(offset, APE_HEADER_BYTES);
	let end = offset;
	if (charactersAt(head, 0, 3) === "ID3" && head.length >= ID3_HEADER_BYTES) {
		const footerBytes = (head[5]! & 0x10) === 0 ? 0 : ID3_HEADER_BYTES;
		end = offset + ID3_HEADER_BYTES + syncSafe(head, 6) + footerBytes;
	} else if (isApe(head, 0)) {
		end = offset + APE_HEADER_BYTES + littleEndian(head, 12);
	}
	// A tag longer than the file is damaged: the bytes after its header may still be audio.
	return end <= source.byteLength ? end : Math.min(offset + ID3_HEADER_BYTES, source.byteLength);
}

/**
 * The file without the tags at its tail: ID3v1 (also enhanced), APEv2, Lyrics3 and an appended ID3v2.
 *
 * @param start - end of the tags at its head
 */
export function withoutTrailingTags(source: ByteSource, start: number): ByteSource {
	let end = source.byteLength;
	for (let count = 0; count < MAX_TRAILING_TAGS; count++) {
		const next = tagStart(source, end);
		if (!(next < end && next >= start)) break;
		end = next;
	}
	return {
		byteLength: end,
		read: (byteOffset, byteLength) => source.read(byteOffset, Math.max(0, Math.min(byteLength, end - byteOffset))),
	};
}

function tagStart(source: ByteSource, end: number): number {
	const tailBytes = Math.min(ID3V1_BYTES, end);
	const tail = source.read(end - tailBytes, tailBytes);
	if (tail.length === ID3V1_BYTES && charactersAt(tail, 0, 3) === "TAG") {
		const enhanced = end - ID3V1_BYTES - ENHANCED_ID3V1_BYTES;
		return hasCharacters(source, enhanced, "TAG+") ? enhanced : end - ID3V1_BYTES;
	}
	const footer = tail.length - APE_HEADER_BYTES;
	if (footer >= 0 && isApe(tail, footer)) {
		const hasHeader = (tail[footer + 23]! & 0x80) !== 0;
		return end - littleEndian(tail, footer + 12) - (hasHeader ? APE_HEADER_BYTES : 0);
	}
	const lyricsEnd = tail.length - LYRICS_END_BYTES;
	if (lyricsEnd >= 0 && charactersAt(tail, lyricsEnd + 6, 9) === "LYRICS200") {
		const lyricsBytes = Number.parseInt(charactersAt(tail, lyricsEnd, 6), 10);
		return Number.isNaN(lyricsBytes) ? end : end - LYRICS_END_BYTES - lyricsBytes;
	}
	if (charactersAt(tail, tail.length - OLD_LYRICS_END_BYTES, OLD_LYRICS_END_BYTES) === "LYRICSEND") {
		return oldLyricsStart(source, end);
	}
	const id3Footer = tail.length - ID3_HEADER_BYTES;
	if (id3Footer >= 0 && charactersAt(tail, id3Footer, 3) === "3DI") {
		const start = end - 2 * ID3_HEADER_BYTES - syncSafe(tail, id3Footer + 6);
		return hasCharacters(source, start, "ID3") ? start : end;
	}
	return end;
}

/** Lyrics of version 1 do not store their length. */
function oldLyricsStart(source: ByteSource, end: number): number {
	const from = Math.max(0, end - MAX_OLD_LYRICS_BYTES);
	const bytes = source.read(from, end - from);
	const start = charactersAt(bytes, 0, bytes.length).lastIndexOf("LYRICSBEGIN");
	return start < 0 ? end : from + start;
}

function hasCharacters(source: ByteSource, offset: number, characters: string): boolean {
	return offset >= 0 && charactersAt(source.read(offset, characters.length), 0, characters.length) === characters;
}

function isApe(bytes: Uint8Array, offset: number): boolean {
	return charactersAt(bytes, offset, 8) === "APETAGEX";
}

/** A 28-bit number, seven bits per byte. */
export function syncSafe(bytes: Uint8Array, offset: number): number {
	return [0, 1, 2, 3].reduce((size, index) => size * 128 + (bytes[offset + index]! & 0x7f), 0);
}

function littleEndian(bytes: Uint8Array, offset: number): number {
	return [3, 2, 1, 0].reduce((size, index) => size * 256 + bytes[offset + index]!, 0);
}
