import { readFrameHeader } from "./mp3/frame-header.ts";
import { findFirstFrame, headerRun } from "./mp3/frame-walk.ts";
import { skipLeadingTags } from "./mp3/tags.ts";
import { sniffOgg } from "./ogg/sniff-ogg.ts";
import { type SignedFormat, signatures } from "./signatures.ts";

/** A format that can be loaded. */
export type SupportedFormat = "wav" | "flac" | "mp3" | "ogg-vorbis";

/** What the bytes of a file can be recognised as. */
export type SniffedFormat =
	| SupportedFormat
	| SignedFormat
	| "webm"
	| "ogg-flac"
	| "ogg-opus"
	| "ogg-speex"
	| "ogg-other"
	| "mpeg-layer-1"
	| "mpeg-layer-2"
	| "adts-aac"
	| "html"
	| "text"
	| "unknown";

/** Bytes before the first MP3 frame that are forgiven, tags not counted. */
const MP3_SEARCH_BYTES = 65_536;
const TEXT_BYTES = 512;
const EBML_HEAD_BYTES = 64;
const ADTS_HEADER_BYTES = 7;

/** Recognises the format of a file by its content. */
export function sniff(bytes: Uint8Array): SniffedFormat {
	const signed = signatures.find(({ parts }) => parts.every(([offset, pattern]) => matches(bytes, offset, pattern)));
	if (signed?.format === "ogg") return sniffOgg(bytes);
	if (signed?.format === "matroska") return isWebm(bytes) ? "webm" : "matroska";
	if (signed !== undefined) return signed.format;
	const audioOffset = skipLeadingTags(bytes);
	if (matches(bytes, audioOffset, "fLaC")) return "flac";
	if (isAdts(bytes, audioOffset)) return "adts-aac";
	const layer = readFrameHeader(bytes, audioOffset)?.layer ?? 3;
	if (layer !== 3 && headerRun(bytes, audioOffset, 3) === 3) return `mpeg-layer-${layer}`;
	const hasTag = audioOffset > 0;
	if (hasTag || findFirstFrame(bytes, 0, MP3_SEARCH_BYTES) >= 0) return "mp3";
	return sniffText(bytes);
}

function matches(bytes: Uint8Array, offset: number, pattern: string): boolean {
	for (let index = 0; index < pattern.length; index++) {
		if (bytes[offset + index] !== pattern.charCodeAt(index)) return false;
	}
	return true;
}

/** The document type is one of the first elements of a Matroska file. */
function isWebm(bytes: Uint8Array): boolean {
	return String.fromCharCode(...bytes.subarray(0, EBML_HEAD_BYTES)).includes("webm");
}

/** Two headers of AAC frames, the second where the first one says. */
function isAdts(bytes: Uint8Array, offset: number): boolean {
	const isHeader = (at: number) => bytes[at] === 0xff && (bytes[at + 1]! & 0xf6) === 0xf0;
	if (offset + ADTS_HEADER_BYTES > bytes.length || !isHeader(offset)) return false;
	const frameBytes = ((bytes[offset + 3]! & 3) << 11) | (bytes[offset + 4]! << 3) | (bytes[offset + 5]! >> 5);
	const next = offset + frameBytes;
	return frameBytes >= ADTS_HEADER_BYTES && (next === bytes.length || isHeader(next));
}

/** Text has no control characters but tab, line feed, form feed and carriage return. */
function sniffText(bytes: Uint8Array): "html" | "text" | "unknown" {
	const head = bytes.subarray(0, TEXT_BYTES);
	const isText = head.every((byte) => (byte >= 0x20 && byte !== 0x7f) || [0x09, 0x0a, 0x0c, 0x0d].includes(byte));
	if (!isText || !isMostlyAscii(head)) return "unknown";
	const start = String.fromCharCode(...head)
		.trimStart()
		.toLowerCase();
	return /^(<!doctype html|<html|<head|<body)/.test(start) ? "html" : "text";
}

function isMostlyAscii(head: Uint8Array): boolean {
	return head.filter((byte) => byte < 0x80).length * 2 > head.length;
}
