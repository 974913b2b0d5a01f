import { MalformedAudioError } from "../../errors.ts";

/** What the STREAMINFO block says; 0 stands for "unknown" in each count. */
export interface StreamInfo {
	readonly sampleRate: number;
	readonly channels: number;
	readonly bits: number;
	readonly totalFrames: number;
	/** Frames of every block but the last, or 0 when blocks differ in size. */
	readonly blockFrames: number;
}

/** A file's metadata, as far as decoding needs it. */
export interface FlacMetadata {
	/** Null when the file has no such block: the frames say the same. */
	readonly streamInfo: StreamInfo | null;
	/** Offset of the first byte behind the metadata. */
	readonly audioStart: number;
}

const ID3_HEADER_BYTES = 10;
const ID3_FOOTER_FLAG = 0x10;
const BLOCK_HEADER_BYTES = 4;
const LAST_BLOCK_FLAG = 0x80;
const STREAM_INFO_TYPE = 0;
const STREAM_INFO_BYTES = 34;
const LAST_KNOWN_TYPE = 6;
const INVALID_TYPE = 127;

/** True when the bytes at an offset spell a text in ASCII. */
export function startsWith(bytes: Uint8Array, offset: number, text: string): boolean {
	return String.fromCharCode(...bytes.subarray(offset, offset + text.length)) === text;
}

/** Length of the ID3v2 tag at an offset, or 0. */
function id3Bytes(bytes: Uint8Array, offset: number): number {
	if (!startsWith(bytes, offset, "ID3") || offset + ID3_HEADER_BYTES > bytes.length) return 0;
	const body = bytes
		.subarray(offset + 6, offset + ID3_HEADER_BYTES)
		.reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0);
	const footer = (bytes[offset + 5]! & ID3_FOOTER_FLAG) === 0 ? 0 : ID3_HEADER_BYTES;
	const length = ID3_HEADER_BYTES + body + footer;
	if (offset + length > bytes.length) {
		throw new MalformedAudioError(
			offset,
			`ID3 tag is ${length} bytes but the file ends after ${bytes.length - offset}`,
		);
	}
	return length;
}

function readStreamInfo(bytes: Uint8Array, offset: number): StreamInfo {
	const view = new DataView(bytes.buffer, bytes.byteOffset + offset, STREAM_INFO_BYTES);
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
 * Reads the metadata blocks in front of the audio.
 *
 * Where they cannot be followed to their end, everything behind STREAMINFO may be audio: frames are known by their
 * checksums.
 * Source: RFC 9639, section 8.
 *
 * @throws MalformedAudioError when an ID3 tag reaches beyond the file.
 */
export function readMetadata(bytes: Uint8Array): FlacMetadata {
	let offset = 0;
	for (let tagBytes = id3Bytes(bytes, 0); tagBytes > 0; tagBytes = id3Bytes(bytes, offset)) offset += tagBytes;
	if (!startsWith(bytes, offset, "fLaC")) return { streamInfo: null, audioStart: offset };
	offset += 4;
	let streamInfo: StreamInfo | null = null;
	let surelyMetadata = offset;
	for (let isLast = false; !isLast; ) {
		const flags = bytes[offset] ?? INVALID_TYPE;
		const type = flags & ~LAST_BLOCK_FLAG;
		isLast = (flags & LAST_BLOCK_FLAG) !== 0;
		const start = offset + BLOCK_HEADER_BYTES;
		const end = start + ((bytes[offset + 1]! << 16) | (bytes[offset + 2]! << 8) | bytes[offset + 3]!);
		const isRepeated = type === STREAM_INFO_TYPE && streamInfo !== null;
		if (type > LAST_KNOWN_TYPE || end > bytes.length || isRepeated) return { streamInfo, audioStart: surelyMetadata };
		if (type === STREAM_INFO_TYPE && end - start >= STREAM_INFO_BYTES) {
			streamInfo = readStreamInfo(bytes, start);
			surelyMetadata = end;
		}
		offset = end;
	}
	return { streamInfo, audioStart: offset };
}
