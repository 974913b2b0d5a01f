import type { ByteSource } from "../../source/byte-source.ts";
import { ALL_ONES, fourCharacters, readView } from "./chunk-reader.ts";

/** Sizes in bytes that writers leave where they cannot go back to write the true one. */
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

/** A number of frames that they leave. */
const PLACEHOLDER_FRAMES = 1_000_000_000;

/** Longer headers widen the neighbourhood no further. */
const MOST_HEADER_BYTES = 4_096;
const CHUNK_HEADER_BYTES = 8;

/** The chunk whose size is judged. */
export interface SizedChunk {
	/** Where its body stands, in bytes from the start of the file. */
	readonly bodyOffset: number;
	/** Bytes of body that its header declares. */
	readonly declaredBytes: number;
	/** Bytes of one frame of audio, 1 where frames have no fixed length. */
	readonly frameBytes: number;
}

/**
 * Whether a size is one that writers to a pipe leave: they do not know the true one yet.
 *
 * Writers add the header to these sizes or take it off, and round them to whole frames: what lies that near counts, too.
 */
export function isPlaceholder({ bodyOffset, declaredBytes, frameBytes }: SizedChunk): boolean {
	if (!Number.isSafeInteger(declaredBytes)) return true;
	const reach = Math.min(bodyOffset, MOST_HEADER_BYTES) + frameBytes;
	const isNear = (bytes: number) => Math.abs(declaredBytes - bytes) <= reach;
	return PLACEHOLDER_BYTES.some(isNear) || isNear(PLACEHOLDER_FRAMES * frameBytes);
}

/**
 * Whether the audio goes to the end of the file although a size is declared: the size is a placeholder, and the file
 * either ends before it or goes on there with something that is no chunk.
 */
export function isOpenEnded(source: ByteSource, chunk: SizedChunk, isLittleEndian: boolean): boolean {
	if (!isPlaceholder(chunk)) return false;
	const end = chunk.bodyOffset + chunk.declaredBytes;
	const isFollowed = [end, end + 1].some((offset) => isChunkAt(source, offset, isLittleEndian));
	return !isFollowed;
}

/** Whether a header stands there whose four characters are printable and whose body ends within the file. */
function isChunkAt(source: ByteSource, offset: number, isLittleEndian: boolean): boolean {
	if (offset + CHUNK_HEADER_BYTES > source.byteLength) return false;
	const header = readView(source, offset, CHUNK_HEADER_BYTES);
	if (header.byteLength < CHUNK_HEADER_BYTES || !/^[ -~]{4}$/.test(fourCharacters(header, 0))) return false;
	return offset + CHUNK_HEADER_BYTES + header.getUint32(4, isLittleEndian) <= source.byteLength;
}
