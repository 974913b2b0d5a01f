import { LooperError } from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { fourCharacters, readUint64, readView } from "../pcm/chunk-reader.ts";

/** One box of an MP4 or QuickTime file, clipped to its parent. */
export interface Box {
	readonly type: string;
	/** Offset of its header in the file. */
	readonly byteOffset: number;
	readonly bodyOffset: number;
	readonly end: number;
}

const HEADER_BYTES = 8;
const LONG_HEADER_BYTES = 16;
/** More boxes than this in one parent are not a recording; the walk stops. */
const MAX_BOXES = 262_144;
/** A longer table describes more audio than fits in the engine's memory. */
const MAX_TABLE_BYTES = 2 ** 22;

/**
 * The boxes of a range of the file.
 *
 * Source: ISO/IEC 14496-12:2022, section 4.2.
 */
export function* readBoxes(source: ByteSource, start: number, end: number): Generator<Box, void, undefined> {
	let byteOffset = start;
	for (let count = 0; count < MAX_BOXES && byteOffset + HEADER_BYTES <= end; count++) {
		const header = readView(source, byteOffset, LONG_HEADER_BYTES);
		if (header.byteLength < HEADER_BYTES) return;
		const type = fourCharacters(header, 4);
		const shortBytes = header.getUint32(0);
		const isLong = shortBytes === 1 && header.byteLength === LONG_HEADER_BYTES;
		const headerBytes = isLong ? LONG_HEADER_BYTES : HEADER_BYTES;
		const declaredBytes = isLong ? readUint64(header, 8, false) : shortBytes;
		const boxBytes = shortBytes === 0 ? end - byteOffset : declaredBytes;
		if (boxBytes < headerBytes) return;
		const boxEnd = Math.min(byteOffset + boxBytes, end);
		yield { type, byteOffset, bodyOffset: byteOffset + headerBytes, end: boxEnd };
		byteOffset += boxBytes;
	}
}

/** The first box of a type in a range of the file. */
export function findBox(source: ByteSource, within: { start: number; end: number }, type: string): Box | null {
	for (const box of readBoxes(source, within.start, within.end)) if (box.type === type) return box;
	return null;
}

/** The box at a path of types, taking the first of each. */
export function findPath(source: ByteSource, from: Box, path: readonly string[]): Box | null {
	let box: Box | null = from;
	for (const type of path) {
		if (box === null) return null;
		box = findBox(source, { start: box.bodyOffset, end: box.end }, type);
	}
	return box;
}

/**
 * A copy of a box's body.
 *
 * @throws LooperError `out-of-memory` for tables of more audio than fits in memory.
 */
export function readBody(source: ByteSource, { type, bodyOffset, end }: Box): DataView<ArrayBuffer> {
	const byteLength = Math.max(0, Math.min(end, source.byteLength) - bodyOffset);
	if (byteLength > MAX_TABLE_BYTES) {
		const message = `The file's ${type} table has ${byteLength} bytes, more than fits in memory. Split the file into parts.`;
		throw new LooperError("out-of-memory", message);
	}
	const body = new Uint8Array(byteLength);
	for (let offset = 0; offset < byteLength; ) {
		const piece = source.read(bodyOffset + offset, Math.min(byteLength - offset, 2 ** 20));
		if (piece.length === 0) break;
		body.set(piece, offset);
		offset += piece.length;
	}
	return new DataView(body.buffer);
}
