import { type ByteSource, MAX_READ_BYTES } from "../../source/byte-source.ts";
import { continueOggCrc } from "./ogg-crc.ts";

/** One page of an Ogg file. */
export interface OggPage {
	readonly offset: number;
	/** Expected offset of the next page. */
	readonly end: number;
	/** The stream it belongs to. */
	readonly serial: number;
	/** Its number within the stream, modulo 2^32. */
	readonly sequence: number;
	/** Where its last complete packet ends in the stream, in frames; -1 if none ends in it. */
	readonly granule: number;
	/** It begins inside a packet. */
	readonly isContinued: boolean;
	readonly isFirst: boolean;
	readonly isLast: boolean;
	/** All its bytes, as a view that is valid until the source is read again. */
	readonly bytes: Uint8Array;
	/** Offset of the body within the bytes. */
	readonly bodyStart: number;
	/** The lengths of the body's segments, a view like `bytes`. */
	readonly segments: Uint8Array;
}

const HEADER_BYTES = 27;
const MAX_PAGE_BYTES = HEADER_BYTES + 255 + 255 * 255;
const CRC_OFFSET = 22;
const CRC_BYTES = 4;
const ZEROS = new Uint8Array(CRC_BYTES);
const FLAG_CONTINUED = 1;
const FLAG_FIRST = 2;
const FLAG_LAST = 4;
const capturePattern = [0x4f, 0x67, 0x67, 0x53] as const;
const SEARCH_BYTES = 65_536;

/**
 * Reads the page at an offset.
 *
 * Source: RFC 3533, section 6.
 *
 * @returns null if there is no whole page; the CRC is not verified
 */
export function readOggPage(source: ByteSource, offset: number): OggPage | null {
	return parsePage(source.read(offset, MAX_PAGE_BYTES), offset);
}

/** @param bytes - of the file from `offset` on, to the end of the page or beyond */
function parsePage(bytes: Uint8Array, offset: number): OggPage | null {
	if (bytes.length < HEADER_BYTES || bytes[4] !== 0 || !isCapture(bytes, 0)) return null;
	const bodyStart = HEADER_BYTES + bytes[26]!;
	const segments = bytes.subarray(HEADER_BYTES, bodyStart);
	const length = segments.reduce((sum, segment) => sum + segment, bodyStart);
	if (length > bytes.length) return null;
	const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
	const flags = bytes[5]!;
	return {
		offset,
		end: offset + length,
		serial: view.getUint32(14, true),
		sequence: view.getUint32(18, true),
		granule: view.getInt32(10, true) * 2 ** 32 + view.getUint32(6, true),
		isContinued: (flags & FLAG_CONTINUED) !== 0,
		isFirst: (flags & FLAG_FIRST) !== 0,
		isLast: (flags & FLAG_LAST) !== 0,
		bytes: bytes.subarray(0, length),
		bodyStart,
		segments,
	};
}

/** Whether a page's CRC is correct. */
function isValidPage({ bytes }: OggPage): boolean {
	let crc = continueOggCrc(0, bytes, 0, CRC_OFFSET);
	crc = continueOggCrc(crc, ZEROS, 0, CRC_BYTES);
	crc = continueOggCrc(crc, bytes, CRC_OFFSET + CRC_BYTES, bytes.length);
	return new DataView(bytes.buffer, bytes.byteOffset + CRC_OFFSET, CRC_BYTES).getUint32(0, true) === crc;
}

/**
 * The valid pages of a file in order; damaged ones and bytes between pages are skipped. Ends with the
 * source.
 */
export function* validPages(source: ByteSource, from = 0): Generator<OggPage, void, undefined> {
	for (let offset: number | null = from; offset !== null; ) {
		const page = readOggPage(source, offset);
		if (page !== null && isValidPage(page)) {
			yield page;
			offset = page.end;
		} else offset = nextCapture(source, offset + 1);
	}
}

/** The last valid page of a stream, searched from the end of the file. */
export function findLastPage(source: ByteSource, serial: number): OggPage | null {
	// Each step covers the whole pages that begin in it, so that only the overlap is read twice.
	const step = MAX_READ_BYTES - MAX_PAGE_BYTES;
	for (let end = source.byteLength; end > 0; end -= step) {
		const from = Math.max(0, end - step);
		const bytes = source.read(from, MAX_READ_BYTES);
		for (let index = previousCapture(bytes, end - from); index >= 0; index = previousCapture(bytes, index)) {
			const page = parsePage(bytes.subarray(index, index + MAX_PAGE_BYTES), from + index);
			if (page !== null && page.serial === serial && page.granule >= 0 && isValidPage(page)) return page;
		}
	}
	return null;
}

/** The last offset below `end` at which a page may begin, else -1. */
function previousCapture(bytes: Uint8Array, end: number): number {
	for (let index = end; index > 0; ) {
		index = bytes.lastIndexOf(capturePattern[0], index - 1);
		if (index < 0 || isCapture(bytes, index)) return index;
	}
	return -1;
}

function nextCapture(source: ByteSource, from: number): number | null {
	for (let offset = from; ; ) {
		const bytes = source.read(offset, SEARCH_BYTES);
		for (
			let index = bytes.indexOf(capturePattern[0]);
			index >= 0;
			index = bytes.indexOf(capturePattern[0], index + 1)
		) {
			if (isCapture(bytes, index)) return offset + index;
		}
		if (bytes.length < capturePattern.length) return null;
		offset += bytes.length - capturePattern.length + 1;
	}
}

function isCapture(bytes: Uint8Array, index: number): boolean {
	return capturePattern.every((byte, place) => bytes[index + place] === byte);
}
