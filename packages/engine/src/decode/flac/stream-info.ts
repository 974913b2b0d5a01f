import type { ByteSource } from "../../source/byte-source.ts";
import { charactersAt } from "../characters.ts";
import { skipLeadingTags } from "../mp3/tags.ts";

/** The STREAMINFO block; 0 means "unknown" in each count. */
export interface StreamInfo {
	readonly sampleRate: number;
	readonly channels: number;
	readonly bits: number;
	readonly totalFrames: number;
	/** Frames of every block but the last, or 0 if block sizes vary. */
	readonly blockFrames: number;
}

/** The metadata that decoding needs. */
export interface FlacMetadata {
	/** The file begins with `fLaC`. */
	readonly hasMarker: boolean;
	/** Null if the file has no such block; the frames carry the same fields. */
	readonly streamInfo: StreamInfo | null;
	/** End of the certain metadata; audio may begin there if later blocks are damaged. */
	readonly surelyMetadata: number;
	/** Offset of the first byte after the metadata. */
	readonly audioStart: number;
}

const BLOCK_HEADER_BYTES = 4;
const LAST_BLOCK_FLAG = 0x80;
const STREAM_INFO_TYPE = 0;
const STREAM_INFO_BYTES = 34;
const STREAM_INFO_BLOCK_BYTES = BLOCK_HEADER_BYTES + STREAM_INFO_BYTES;
const LAST_KNOWN_TYPE = 6;
const INVALID_TYPE = 127;

/** True if the bytes at an offset spell an ASCII text. */
function startsWith(source: ByteSource, offset: number, text: string): boolean {
	return charactersAt(source.read(offset, text.length), 0, text.length) === text;
}

function readStreamInfo(bytes: Uint8Array): StreamInfo {
	const view = new DataView(bytes.buffer, bytes.byteOffset, STREAM_INFO_BYTES);
	const minBlockFrames = view.getUint16(0);
	const maxBlockFrames = view.getUint16(2);
	const packed = view.getUint32(10);
	return {
		sampleRate: packed >>> 12,
		channels: ((packed >>> 9) & 7) + 1,
		bits: ((packed >>> 4) & 31) + 1,
		totalFrames: (packed & 15) * 2 ** 32 + view.getUint32(14),
		blockFrames: minBlockFrames === maxBlockFrames ? maxBlockFrames : 0,
	};
}

/**
 * Reads the metadata blocks before the audio.
 *
 * If the chain of blocks is broken, everything after STREAMINFO may be audio: frames are recognised by their
 * checksums.
 * Source: RFC 9639, section 8.
 */
export function readMetadata(source: ByteSource): FlacMetadata {
	let offset = skipLeadingTags(source);
	if (!startsWith(source, offset, "fLaC"))
		return { hasMarker: false, streamInfo: null, surelyMetadata: offset, audioStart: offset };
	offset += 4;
	let streamInfo: StreamInfo | null = null;
	let surelyMetadata = offset;
	for (let isLast = false; !isLast; ) {
		const block = source.read(offset, STREAM_INFO_BLOCK_BYTES);
		const flags = block[0] ?? INVALID_TYPE;
		const type = flags & ~LAST_BLOCK_FLAG;
		isLast = (flags & LAST_BLOCK_FLAG) !== 0;
		const bodyBytes = (block[1]! << 16) | (block[2]! << 8) | block[3]!;
		const end = offset + BLOCK_HEADER_BYTES + bodyBytes;
		const isRepeated = type === STREAM_INFO_TYPE && streamInfo !== null;
		if (type > LAST_KNOWN_TYPE || end > source.byteLength || isRepeated)
			return { hasMarker: true, streamInfo, surelyMetadata, audioStart: surelyMetadata };
		if (type === STREAM_INFO_TYPE && bodyBytes >= STREAM_INFO_BYTES && block.length === STREAM_INFO_BLOCK_BYTES) {
			streamInfo = readStreamInfo(block.subarray(BLOCK_HEADER_BYTES));
			surelyMetadata = end;
		}
		offset = end;
	}
	return { hasMarker: true, streamInfo, surelyMetadata, audioStart: offset };
}
