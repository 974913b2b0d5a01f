import type { ByteSource } from "../source/byte-source.ts";
import { byteWindow } from "../source/byte-window.ts";
import { charactersAt } from "./characters.ts";
import { findFlacFrame } from "./flac/find-frame.ts";
import type { SniffedFormat } from "./formats.ts";
import { readFrameHeader } from "./mp3/frame-header.ts";
import { findFirstFrame } from "./mp3/frame-walk.ts";
import { findFreeBytes, headerRun } from "./mp3/header-run.ts";
import { isBoxFile } from "./mp4/sniff-boxes.ts";
import { sniffOgg } from "./ogg/sniff-ogg.ts";

/** Bytes allowed before the first MP3 frame, tags not counted. */
const MP3_SEARCH_BYTES = 65_536;
const TEXT_BYTES = 512;
/** Two ADTS frames, the first of maximum length, or a run of MPEG headers. */
const AUDIO_BYTES = 16_384;
const ADTS_HEADER_BYTES = 7;

/**
 * Recognises a file that no signature identifies by what is in it: the streams of Ogg, the frames of MPEG audio and FLAC, text.
 *
 * @param tagsEnd - end of the tags at its head
 */
export function sniffContent(file: ByteSource, tagsEnd: number): SniffedFormat {
	const source = byteWindow(file, tagsEnd);
	if (charactersAt(source.read(0, 4), 0, 4) === "OggS") return sniffOgg(source);
	if (isBoxFile(source)) return "quicktime";
	const framed = sniffFrames(source);
	if (framed !== null) return framed;
	// A file of such tags without any frame is a damaged MP3.
	return tagsEnd > 0 ? "mp3" : sniffText(source.read(0, TEXT_BYTES));
}

function sniffFrames(source: ByteSource): SniffedFormat | null {
	const audio = source.read(0, AUDIO_BYTES);
	if (isAdts(audio)) return "adts-aac";
	const freeBytes = findFreeBytes(audio, 0);
	const layer = readFrameHeader(audio, 0, freeBytes)?.layer ?? 3;
	if (layer !== 3 && headerRun(audio, 0, 3, freeBytes) === 3) return `mpeg-layer-${layer}`;
	if (findFirstFrame(source, 0, MP3_SEARCH_BYTES) >= 0) return "mp3";
	return findFlacFrame(source, 0) === null ? null : "flac";
}

/** Two AAC frame headers, the second where the first one leads. */
function isAdts(bytes: Uint8Array): boolean {
	const isHeader = (at: number) => bytes[at] === 0xff && (bytes[at + 1]! & 0xf6) === 0xf0;
	if (bytes.length < ADTS_HEADER_BYTES || !isHeader(0)) return false;
	const frameBytes = ((bytes[3]! & 3) << 11) | (bytes[4]! << 3) | (bytes[5]! >> 5);
	return frameBytes >= ADTS_HEADER_BYTES && (frameBytes === bytes.length || isHeader(frameBytes));
}

/** Text has no control characters but tab, line feed, form feed and carriage return. */
function sniffText(head: Uint8Array): "text" | "unknown" {
	const isText = head.every((byte) => (byte >= 0x20 && byte !== 0x7f) || [0x09, 0x0a, 0x0c, 0x0d].includes(byte));
	return isText && isMostlyAscii(head) ? "text" : "unknown";
}

function isMostlyAscii(head: Uint8Array): boolean {
	return head.filter((byte) => byte < 0x80).length * 2 > head.length;
}
