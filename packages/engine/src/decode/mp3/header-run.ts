import { type FrameHeader, HEADER_BYTES, isSameStream, readFrameHeader } from "./frame-header.ts";

/** Consecutive headers that confirm free format; fewer at the end of a file. */
const FREE_RUN = 3;
const SHORTEST_FREE_RUN = 2;
/** A frame of 640 kbit/s, the highest bitrate that encoders write, at the lowest rate. */
const LONGEST_FREE_BYTES = 5_760;
/** Header and side info of the smallest frame. */
const SHORTEST_FREE_BYTES = 13;
/** Bytes needed to recognise free format. */
export const FREE_RUN_BYTES: number = (FREE_RUN + 1) * LONGEST_FREE_BYTES;

/**
 * Counts consecutive headers of one stream, each at the distance that the previous one declares.
 *
 * @param bytes - up to the end of the file or of the wanted headers
 * @param wanted - count at which to stop
 * @param freeBytes - bytes of an unpadded free-format frame
 */
export function headerRun(bytes: Uint8Array, offset: number, wanted: number, freeBytes = 0): number {
	return runOf(bytes, offset, { wanted, freeBytes }).count;
}

function runOf(bytes: Uint8Array, offset: number, { wanted, freeBytes }: { wanted: number; freeBytes: number }) {
	const first = readFrameHeader(bytes, offset, freeBytes);
	let count = 0;
	for (let header = first; header !== null && count < wanted; header = readFrameHeader(bytes, offset, freeBytes)) {
		if (!isSameStream(header, first!)) break;
		count++;
		offset += header.frameBytes;
	}
	return { count, end: offset };
}

/**
 * The length of a free-format stream's frames, which no header declares: the distance to the next header with the same
 * fixed bits, if further ones follow at the same distance.
 *
 * Source: ISO/IEC 11172-3 (1993), section 2.4.2.3: the length is constant but for the padding.
 *
 * @param bytes - `FREE_RUN_BYTES` from the frame's first on, or fewer where the file ends
 * @returns bytes of an unpadded frame; 0 where no free-format stream begins
 */
export function findFreeBytes(bytes: Uint8Array, offset: number): number {
	const first = readFrameHeader(bytes, offset, SHORTEST_FREE_BYTES);
	if (first === null || first.freeBytes === 0) return 0;
	const paddingBytes = first.frameBytes - first.freeBytes;
	const end = Math.min(bytes.length - HEADER_BYTES, offset + LONGEST_FREE_BYTES + paddingBytes);
	for (let next = offset + SHORTEST_FREE_BYTES + paddingBytes; next <= end; next++) {
		if (!isNextFrame(bytes, next, { offset, first })) continue;
		const freeBytes = next - offset - paddingBytes;
		const run = runOf(bytes, offset, { wanted: FREE_RUN, freeBytes });
		if (run.count === FREE_RUN || (run.count >= SHORTEST_FREE_RUN && run.end === bytes.length)) return freeBytes;
	}
	return 0;
}

/** Whether a header has the bits that do not change within a stream: all but padding, private bit and joint stereo's mode. */
function isNextFrame(
	bytes: Uint8Array,
	at: number,
	{ offset, first }: { offset: number; first: FrameHeader },
): boolean {
	if (bytes[at] !== 0xff || bytes[at + 1] !== bytes[offset + 1]) return false;
	const isSameRate = ((bytes[at + 2]! ^ bytes[offset + 2]!) & 0xfc) === 0;
	return isSameRate && (bytes[at + 3]! >> 6 === 3) === (first.channels === 1);
}
