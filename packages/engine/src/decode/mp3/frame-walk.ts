import type { ByteSource } from "../../source/byte-source.ts";
import { type FrameHeader, HEADER_BYTES, isSameStream, readFrameHeader } from "./frame-header.ts";
import { FREE_RUN_BYTES, findFreeBytes, headerRun } from "./header-run.ts";

/** A frame in the file. */
export interface Frame {
	readonly header: FrameHeader;
	readonly offset: number;
	/** Bytes present: fewer than declared if the next frame begins early or the file ends. */
	readonly bytes: number;
	/** The file ends inside it. */
	readonly isCut: boolean;
	/** Bytes before it that belong to no frame. */
	readonly skippedBytes: number;
}

/**
 * Bytes needed to recognise a frame: the frame and a run of headers. The longest frame has 1,729 bytes, in free
 * format 5,761.
 */
const LOOKAHEAD_BYTES = 16_384;
const SEARCH_BYTES = 65_536;

/** Consecutive headers that confirm a frame: three at the start of a file, two in mid-stream. */
const START_RUN = 3;
const RESYNC_RUN = 2;
/**
 * Free-format candidates tried in one search; each is tested against every frame length. In bytes that are no MP3, one
 * offset in 200,000 is a candidate.
 */
const MAX_FREE_TRIES = 512;

/**
 * Offset of the first layer III frame of a file: immediately, or after bytes that belong to no frame if a long enough
 * run of headers rules out chance.
 *
 * @param from - end of the tags
 * @param end - where to give up, in bytes from the start of the file
 * @returns -1 if there is none
 */
export function findFirstFrame(source: ByteSource, from: number, end: number = source.byteLength): number {
	const bytes = source.read(from, LOOKAHEAD_BYTES);
	const first = readFrameHeader(bytes, 0);
	const isWholeFile = first?.frameBytes === bytes.length;
	if (first?.layer === 3 && (isWholeFile || headerRun(bytes, 0, 2) === 2)) return from;
	const audio = from + source.read(from, SEARCH_BYTES).findIndex((byte) => byte !== 0);
	if (audio >= from && audio < end && isFreeLayer3(source, audio)) return audio;
	let freeTries = MAX_FREE_TRIES;
	const isStart = (stretch: Uint8Array, index: number) => {
		if (readFrameHeader(stretch, index)?.layer === 3) return headerRun(stretch, index, START_RUN) === START_RUN;
		if (!mayBeFreeLayer3(stretch, index) || freeTries === 0) return false;
		freeTries--;
		return isFreeStart(stretch, index);
	};
	return findInFile(source, from, { end, isFound: isStart });
}

function mayBeFreeLayer3(bytes: Uint8Array, index: number): boolean {
	const header = readFrameHeader(bytes, index, HEADER_BYTES);
	return header?.layer === 3 && header.freeBytes > 0;
}

function isFreeLayer3(source: ByteSource, offset: number): boolean {
	const freeBytes = freeBytesAt(source, offset);
	return freeBytes > 0 && readFrameHeader(source.read(offset, HEADER_BYTES), 0, freeBytes)?.layer === 3;
}

/** Requires free-format frames to differ: any periodic waveform may look like identical ones. */
function isFreeStart(bytes: Uint8Array, index: number): boolean {
	const freeBytes = findFreeBytes(bytes, index);
	const header = readFrameHeader(bytes, index, freeBytes);
	if (freeBytes === 0 || header?.layer !== 3) return false;
	const next = index + header.frameBytes;
	for (let offset = HEADER_BYTES; offset < freeBytes; offset++) {
		if (bytes[index + offset] !== bytes[next + offset]) return true;
	}
	return false;
}

/** Bytes of an unpadded frame if the stream at an offset is free-format, else 0. */
export function freeBytesAt(source: ByteSource, offset: number): number {
	return findFreeBytes(source.read(offset, FREE_RUN_BYTES), 0);
}

/**
 * The frames of a stream. Bytes without a header are skipped; a frame truncated by the end of the file
 * is the last. The source may be read elsewhere between two frames.
 *
 * @param source - the file up to the end of the audio
 * @param start - offset of the first frame
 * @param freeBytes - from `freeBytesAt`
 */
export function* walkFrames(source: ByteSource, start: number, freeBytes = 0): Generator<Frame, void, undefined> {
	const stream = readFrameHeader(source.read(start, HEADER_BYTES), 0, freeBytes);
	if (stream?.layer !== 3) return;
	for (let offset = start, skippedBytes = 0; ; ) {
		const bytes = source.read(offset, LOOKAHEAD_BYTES);
		if (bytes.length < HEADER_BYTES) return;
		const header = readFrameHeader(bytes, 0, freeBytes);
		if (header !== null && isSameStream(header, stream)) {
			const length = frameLength(bytes, header);
			const isCut = length < header.frameBytes && length === bytes.length;
			yield { header, offset, bytes: length, isCut, skippedBytes };
			skippedBytes = 0;
			offset += length;
		} else {
			const isFound = (stretch: Uint8Array, index: number) => isResumed(stretch, index, stream);
			const found = findInFile(source, offset, { end: source.byteLength, isFound });
			if (found < 0) return;
			skippedBytes += found - offset;
			offset = found;
		}
	}
}

/** The declared length of a frame, or less if bytes are missing and other frames begin inside it. */
function frameLength(bytes: Uint8Array, header: FrameHeader): number {
	const { frameBytes, freeBytes } = header;
	if (frameBytes >= bytes.length) return bytes.length;
	const next = readFrameHeader(bytes, frameBytes, freeBytes);
	if (next !== null && isSameStream(next, header)) return frameBytes;
	const early = findSync(bytes, HEADER_BYTES, frameBytes, (index) => isResumed(bytes, index, header));
	return early < 0 ? frameBytes : early;
}

/** Whether a stream resumes at an offset after damage. */
function isResumed(bytes: Uint8Array, index: number, stream: FrameHeader): boolean {
	const header = readFrameHeader(bytes, index, stream.freeBytes);
	if (header === null || !isSameStream(header, stream)) return false;
	const isLast = index + header.frameBytes === bytes.length;
	return isLast || headerRun(bytes, index, RESYNC_RUN, stream.freeBytes) === RESYNC_RUN;
}

/** The first offset in `from`..`end` at which a frame is recognised, else -1. */
function findInFile(
	source: ByteSource,
	from: number,
	search: { readonly end: number; readonly isFound: (bytes: Uint8Array, index: number) => boolean },
): number {
	for (let offset = from; offset < search.end; offset += SEARCH_BYTES) {
		// The view includes the bytes that decide on the last offset of the range.
		const bytes = source.read(offset, SEARCH_BYTES + LOOKAHEAD_BYTES);
		const end = Math.min(SEARCH_BYTES, search.end - offset);
		const index = findSync(bytes, 0, end, (place) => search.isFound(bytes, place));
		if (index >= 0) return offset + index;
		if (bytes.length <= SEARCH_BYTES) break;
	}
	return -1;
}

/** The first offset in `from`..`end` that looks like a header and is accepted, else -1. */
function findSync(bytes: Uint8Array, from: number, end: number, isFound: (index: number) => boolean): number {
	for (let index = bytes.indexOf(0xff, from); index >= 0 && index < end; index = bytes.indexOf(0xff, index + 1)) {
		if (isFound(index)) return index;
	}
	return -1;
}
