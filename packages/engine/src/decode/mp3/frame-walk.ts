import { type FrameHeader, HEADER_BYTES, isSameStream, readFrameHeader } from "./frame-header.ts";

/** A frame in the file. */
export interface Frame {
	readonly header: FrameHeader;
	readonly offset: number;
	/** Bytes of it that are there: fewer than its header says where the next frame begins early or the file ends. */
	readonly bytes: number;
	/** Bytes before it that belong to no frame. */
	readonly skippedBytes: number;
}

/** Headers in a row that make a found frame credible: three at the start of a file, two in the middle of a stream. */
const START_RUN = 3;
const RESYNC_RUN = 2;

/**
 * How many headers of one stream follow each other at the distance each of them says.
 *
 * @param wanted - where to stop counting
 */
export function headerRun(bytes: Uint8Array, offset: number, wanted: number): number {
	const first = readFrameHeader(bytes, offset);
	let count = 0;
	for (let header = first; header !== null && count < wanted; header = readFrameHeader(bytes, offset)) {
		if (!isSameStream(header, first!)) break;
		count++;
		offset += header.frameBytes;
	}
	return count;
}

/**
 * Where the first layer III frame of a file stands: at once, or after bytes that belong to no frame if the run of
 * headers is then long enough to be no chance.
 *
 * @param from - where the tags end
 * @param end - where to give up, in bytes from the start of the file
 * @returns -1 where there is none
 */
export function findFirstFrame(bytes: Uint8Array, from: number, end: number = bytes.length): number {
	const first = readFrameHeader(bytes, from);
	const isWholeFile = first !== null && from + first.frameBytes === bytes.length;
	if (first?.layer === 3 && (isWholeFile || headerRun(bytes, from, 2) === 2)) return from;
	for (let offset = bytes.indexOf(0xff, from); offset >= 0 && offset < end; offset = bytes.indexOf(0xff, offset + 1)) {
		if (readFrameHeader(bytes, offset)?.layer === 3 && headerRun(bytes, offset, START_RUN) === START_RUN) return offset;
	}
	return -1;
}

/**
 * The frames of a stream from its first one on. Bytes without a header are passed over; a frame that the file's end
 * cuts is the last.
 *
 * @param bytes - the file up to where the audio ends
 * @param start - where the first frame stands
 */
export function* walkFrames(bytes: Uint8Array, start: number): Generator<Frame, void, undefined> {
	const stream = readFrameHeader(bytes, start);
	let offset = start;
	let skippedBytes = 0;
	if (stream === null) return;
	while (offset + HEADER_BYTES <= bytes.length) {
		const header = readFrameHeader(bytes, offset);
		if (header === null || !isSameStream(header, stream)) {
			const found = findStream(bytes, offset, { stream, end: bytes.length });
			skippedBytes += found - offset;
			offset = found;
			continue;
		}
		const end = frameEnd(bytes, offset, header);
		yield { header, offset, bytes: end - offset, skippedBytes };
		skippedBytes = 0;
		offset = end;
	}
}

/** Whether the end of the file cuts a frame. */
export function isCut(frame: Frame, bytes: Uint8Array): boolean {
	return frame.bytes < frame.header.frameBytes && frame.offset + frame.bytes === bytes.length;
}

/** A frame ends where its header says, unless bytes are missing and a run of other frames begins inside it. */
function frameEnd(bytes: Uint8Array, offset: number, header: FrameHeader): number {
	const end = offset + header.frameBytes;
	if (end >= bytes.length) return bytes.length;
	const next = readFrameHeader(bytes, end);
	if (next !== null && isSameStream(next, header)) return end;
	return findStream(bytes, offset + HEADER_BYTES, { stream: header, end });
}

/** The first offset below `end` at which the stream is found again, else `end`. */
function findStream(bytes: Uint8Array, from: number, options: { stream: FrameHeader; end: number }): number {
	const { stream, end } = options;
	for (let offset = bytes.indexOf(0xff, from); offset >= 0 && offset < end; offset = bytes.indexOf(0xff, offset + 1)) {
		const header = readFrameHeader(bytes, offset);
		if (header === null || !isSameStream(header, stream)) continue;
		const isLast = offset + header.frameBytes === bytes.length;
		if (isLast || headerRun(bytes, offset, RESYNC_RUN) === RESYNC_RUN) return offset;
	}
	return end;
}
