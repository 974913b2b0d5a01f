import type { ByteSource } from "../source/byte-source.ts";
import { byteWindow } from "../source/byte-window.ts";
import { charactersAt } from "./characters.ts";
import type { CompressedFormat } from "./decoder.ts";
import { findFlacFrame } from "./flac/find-frame.ts";
import { readFrameHeader } from "./mp3/frame-header.ts";
import { findFirstFrame } from "./mp3/frame-walk.ts";
import { findFreeBytes, headerRun } from "./mp3/header-run.ts";
import { skipLeadingTags } from "./mp3/tags.ts";
import { isBoxFile } from "./mp4/sniff-boxes.ts";
import { sniffOgg } from "./ogg/sniff-ogg.ts";
import { type SignedFormat, signatures } from "./signatures.ts";

/** A format that can be loaded. */
export type SupportedFormat = "wav" | "rf64" | "rifx" | "aiff" | "caf" | "flac" | "ogg-flac" | CompressedFormat;

/** What a file can be recognised as. */
export type SniffedFormat =
	| SupportedFormat
	| SignedFormat
	| "ogg-speex"
	| "ogg-other"
	| "mpeg-layer-1"
	| "mpeg-layer-2"
	| "html"
	| "text"
	| "unknown";

/** Bytes allowed before the first MP3 frame, tags not counted. */
const MP3_SEARCH_BYTES = 65_536;
const TEXT_BYTES = 512;
const EBML_HEAD_BYTES = 64;
/** Two ADTS frames, the first of maximum length, or a run of MPEG headers. */
const AUDIO_BYTES = 16_384;
const ADTS_HEADER_BYTES = 7;

/** Recognises the format of a file by its content after the leading tags. */
export function sniff(file: ByteSource): SniffedFormat {
	const tagsEnd = skipLeadingTags(file);
	const source = byteWindow(file, tagsEnd);
	const head = source.read(0, TEXT_BYTES);
	const matches = (offset: number, pattern: string) => charactersAt(head, offset, pattern.length) === pattern;
	const signed = signatures.find(({ parts }) => parts.every(([offset, pattern]) => matches(offset, pattern)));
	if (signed?.format === "ogg") return sniffOgg(source);
	if (signed?.format === "matroska") return isWebm(head) ? "webm" : "matroska";
	if (signed !== undefined) return signed.format;
	if (isBoxFile(source)) return "quicktime";
	const unsigned = sniffFrames(source);
	if (unsigned !== null) return unsigned;
	// A file of such tags without any frame is a damaged MP3.
	return tagsEnd > 0 ? "mp3" : sniffText(source.read(0, TEXT_BYTES));
}

/** Recognises formats without a signature by their frames. */
function sniffFrames(source: ByteSource): SniffedFormat | null {
	const audio = source.read(0, AUDIO_BYTES);
	if (isAdts(audio)) return "adts-aac";
	const freeBytes = findFreeBytes(audio, 0);
	const layer = readFrameHeader(audio, 0, freeBytes)?.layer ?? 3;
	if (layer !== 3 && headerRun(audio, 0, 3, freeBytes) === 3) return `mpeg-layer-${layer}`;
	if (findFirstFrame(source, 0, MP3_SEARCH_BYTES) >= 0) return "mp3";
	return findFlacFrame(source, 0) === null ? null : "flac";
}

/** The document type is one of the first elements of a Matroska file. */
function isWebm(head: Uint8Array): boolean {
	return charactersAt(head, 0, EBML_HEAD_BYTES).includes("webm");
}

/** Two AAC frame headers, the second where the first one leads. */
function isAdts(bytes: Uint8Array): boolean {
	const isHeader = (at: number) => bytes[at] === 0xff && (bytes[at + 1]! & 0xf6) === 0xf0;
	if (bytes.length < ADTS_HEADER_BYTES || !isHeader(0)) return false;
	const frameBytes = ((bytes[3]! & 3) << 11) | (bytes[4]! << 3) | (bytes[5]! >> 5);
	return frameBytes >= ADTS_HEADER_BYTES && (frameBytes === bytes.length || isHeader(frameBytes));
}

/** Text has no control characters but tab, line feed, form feed and carriage return. */
function sniffText(head: Uint8Array): "html" | "text" | "unknown" {
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
