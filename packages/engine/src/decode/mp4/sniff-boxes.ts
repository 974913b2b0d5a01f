import type { ByteSource } from "../../source/byte-source.ts";
import { fourCharacters, readUint64, readView } from "../pcm/chunk-reader.ts";

const HEADER_BYTES = 8;
const LONG_HEADER_BYTES = 16;

/** Possible first boxes without `ftyp`. QuickTime wrote none before 2001, and many cameras and editors still don't. */
const FIRST_TYPES: readonly string[] = ["moov", "mdat", "wide", "free", "skip", "pnot", "moof", "styp", "sidx", "uuid"];
/** An interrupted recording may leave any length on its sound, and nothing after it. */
const OPEN_TYPE = "mdat";

/**
 * Whether a file without a known signature consists of MP4 or QuickTime boxes: it begins with a box of a known type,
 * followed by another box or the end of the file.
 *
 * Source: Apple, "QuickTime File Format" (2001), chapter 1; ISO/IEC 14496-12:2022, section 4.2.
 */
export function isBoxFile(source: ByteSource): boolean {
	const first = readHeader(source, 0);
	if (first === null || !FIRST_TYPES.includes(first.type)) return false;
	if (first.end === source.byteLength) return true;
	if (first.end > source.byteLength) return first.type === OPEN_TYPE;
	return readHeader(source, first.end) !== null || source.byteLength - first.end < HEADER_BYTES;
}

/** A box's type and end; null if there can be none. */
function readHeader(source: ByteSource, byteOffset: number): { type: string; end: number } | null {
	const header = readView(source, byteOffset, LONG_HEADER_BYTES);
	if (header.byteLength < HEADER_BYTES) return null;
	const type = fourCharacters(header, 4);
	const shortBytes = header.getUint32(0);
	if (!/^[\x20-\x7e\xa9]{4}$/.test(type)) return null;
	if (shortBytes === 0) return { type, end: source.byteLength };
	if (shortBytes !== 1) return shortBytes < HEADER_BYTES ? null : { type, end: byteOffset + shortBytes };
	const longBytes = header.byteLength < LONG_HEADER_BYTES ? 0 : readUint64(header, 8, false);
	return longBytes < LONG_HEADER_BYTES ? null : { type, end: byteOffset + longBytes };
}
