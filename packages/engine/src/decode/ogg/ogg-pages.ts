import { continueOggCrc } from "./ogg-crc.ts";

/** One page of an Ogg file. */
export interface OggPage {
	readonly offset: number;
	/** Where the next page is due. */
	readonly end: number;
	/** Which of the streams in the file it belongs to. */
	readonly serial: number;
	/** Its number within the stream, modulo 2^32. */
	readonly sequence: number;
	/** Where in the stream its last complete packet ends, in frames; -1 when none ends in it. */
	readonly granule: number;
	/** It begins inside a packet. */
	readonly isContinued: boolean;
	readonly isFirst: boolean;
	readonly isLast: boolean;
	/** Where its body begins, and the lengths of the body's segments. */
	readonly bodyOffset: number;
	readonly segments: Uint8Array;
}

const HEADER_BYTES = 27;
const CRC_OFFSET = 22;
const CRC_BYTES = 4;
const ZEROS = new Uint8Array(CRC_BYTES);
const FLAG_CONTINUED = 1;
const FLAG_FIRST = 2;
const FLAG_LAST = 4;
const capturePattern = [0x4f, 0x67, 0x67, 0x53] as const;

/**
 * Reads the page at an offset.
 *
 * Source: RFC 3533, section 6.
 *
 * @returns null where no whole page stands; its check word is another question
 */
export function readOggPage(bytes: Uint8Array, offset: number): OggPage | null {
	if (offset + HEADER_BYTES > bytes.length || bytes[offset + 4] !== 0) return null;
	if (!capturePattern.every((byte, index) => bytes[offset + index] === byte)) return null;
	const bodyOffset = offset + HEADER_BYTES + bytes[offset + 26]!;
	const segments = bytes.subarray(offset + HEADER_BYTES, bodyOffset);
	const end = segments.reduce((sum, length) => sum + length, bodyOffset);
	if (end > bytes.length) return null;
	const view = new DataView(bytes.buffer, bytes.byteOffset + offset, HEADER_BYTES);
	const flags = bytes[offset + 5]!;
	return {
		offset,
		end,
		serial: view.getUint32(14, true),
		sequence: view.getUint32(18, true),
		granule: view.getInt32(10, true) * 2 ** 32 + view.getUint32(6, true),
		isContinued: (flags & FLAG_CONTINUED) !== 0,
		isFirst: (flags & FLAG_FIRST) !== 0,
		isLast: (flags & FLAG_LAST) !== 0,
		bodyOffset,
		segments,
	};
}

/** Whether a page's check word is that of its bytes. */
function isSoundPage(bytes: Uint8Array, page: OggPage): boolean {
	const crcOffset = page.offset + CRC_OFFSET;
	let crc = continueOggCrc(0, bytes, page.offset, crcOffset);
	crc = continueOggCrc(crc, ZEROS, 0, CRC_BYTES);
	crc = continueOggCrc(crc, bytes, crcOffset + CRC_BYTES, page.end);
	return new DataView(bytes.buffer, bytes.byteOffset + crcOffset, CRC_BYTES).getUint32(0, true) === crc;
}

/** The sound pages of a file in order; damaged ones and bytes between pages are passed over. */
export function* soundPages(bytes: Uint8Array, from = 0): Generator<OggPage, void, undefined> {
	let offset = from;
	while (offset < bytes.length) {
		const page = readOggPage(bytes, offset);
		if (page !== null && isSoundPage(bytes, page)) {
			yield page;
			offset = page.end;
		} else offset = nextCapture(bytes, offset + 1);
	}
}

/** The last sound page of a stream, searched from the end of the file. */
export function findLastPage(bytes: Uint8Array, serial: number): OggPage | null {
	for (let offset = bytes.lastIndexOf(capturePattern[0]); offset >= 0; offset = previous(bytes, offset)) {
		const page = readOggPage(bytes, offset);
		if (page !== null && page.serial === serial && page.granule >= 0 && isSoundPage(bytes, page)) return page;
	}
	return null;
}

function previous(bytes: Uint8Array, offset: number): number {
	return offset === 0 ? -1 : bytes.lastIndexOf(capturePattern[0], offset - 1);
}

function nextCapture(bytes: Uint8Array, from: number): number {
	for (
		let offset = bytes.indexOf(capturePattern[0], from);
		offset >= 0;
		offset = bytes.indexOf(capturePattern[0], offset + 1)
	) {
		if (capturePattern.every((byte, index) => bytes[offset + index] === byte)) return offset;
	}
	return bytes.length;
}
