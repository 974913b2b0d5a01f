import type { ByteSource } from "../../source/byte-source.ts";
import { ALL_ONES, fourCharacters, readView } from "./chunk-reader.ts";

/** Placeholder sizes of writers that cannot seek back to write the true one. */
const PLACEHOLDER_BYTES: readonly number[] = [
	// ffmpeg, speech servers.
	ALL_ONES,
	// arecord; one less: lame, opusdec, oggdec, speech servers.
	0x8000_0000,
	// sox (WAV), espeak.
	0x7fff_f000,
	// GStreamer.
	0x7fff_0000,
	// sox (AIFF).
	0x7f00_0000,
	// Speech servers: 10⁹ frames of 16 bits.
	2_000_000_000,
];

/** A placeholder number of frames. */
const PLACEHOLDER_FRAMES = 1_000_000_000;

/** Longer headers do not widen the tolerance further. */
const MAX_HEADER_BYTES = 4_096;
const CHUNK_HEADER_BYTES = 8;

/** The chunk whose size is checked. */
export interface SizedChunk {
	/** Offset of its body in the file, in bytes. */
	readonly bodyOffset: number;
	/** Body bytes declared in its header. */
	readonly declaredBytes: number;
	/** Bytes per frame of audio, 1 if frames have no fixed length. */
	readonly frameBytes: number;
}

/**
 * Whether a size is a placeholder of a writer to a pipe, which does not know the true one.
 *
 * Writers add or subtract the header and round to whole frames, so nearby sizes count, too.
 */
export function isPlaceholder({ bodyOffset, declaredBytes, frameBytes }: SizedChunk): boolean {
	if (!Number.isSafeInteger(declaredBytes)) return true;
	const reach = Math.min(bodyOffset, MAX_HEADER_BYTES) + frameBytes;
	const isNear = (bytes: number) => Math.abs(declaredBytes - bytes) <= reach;
	return PLACEHOLDER_BYTES.some(isNear) || isNear(PLACEHOLDER_FRAMES * frameBytes);
}

/**
 * Whether the audio extends to the end of the file despite a declared size: the size is a placeholder, and either
 * exceeds the file or is followed by something that is not a chunk.
 */
export function isOpenEnded(source: ByteSource, chunk: SizedChunk, isLittleEndian: boolean): boolean {
	if (!isPlaceholder(chunk)) return false;
	const end = chunk.bodyOffset + chunk.declaredBytes;
	const isFollowed = [end, end + 1].some((offset) => isChunkAt(source, offset, isLittleEndian));
	return !isFollowed;
}

/** Whether a chunk header with four printable characters is there and its body ends within the file. */
function isChunkAt(source: ByteSource, offset: number, isLittleEndian: boolean): boolean {
	if (offset + CHUNK_HEADER_BYTES > source.byteLength) return false;
	const header = readView(source, offset, CHUNK_HEADER_BYTES);
	if (header.byteLength < CHUNK_HEADER_BYTES || !/^[ -~]{4}$/.test(fourCharacters(header, 0))) return false;
	return offset + CHUNK_HEADER_BYTES + header.getUint32(4, isLittleEndian) <= source.byteLength;
}
