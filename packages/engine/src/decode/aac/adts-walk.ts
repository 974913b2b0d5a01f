import type { ByteSource } from "../../source/byte-source.ts";
import type { PacketPlace } from "../platform/packet-stream.ts";
import {
	AAC_BLOCK_FRAMES,
	ADTS_HEAD_BYTES,
	ADTS_HEADER_BYTES,
	type AdtsHeader,
	blocksOfFrame,
	isSameStream,
	readAdtsHeader,
} from "./adts.ts";

/** Longest stretch without a frame that is searched for the next one. */
const SEARCH_BYTES = 2 ** 24;
const WINDOW_BYTES = 65_536;

/** A frame's header and its offset. */
export interface FoundFrame {
	readonly byteOffset: number;
	readonly header: AdtsHeader;
}

/**
 * The first frame at or after an offset: a header whose length leads to another header or to the end of the file.
 *
 * @param like - a frame of the stream to match; null accepts any
 */
export function findAdtsFrame(source: ByteSource, start: number, like: AdtsHeader | null): FoundFrame | null {
	const searchEnd = Math.min(start + SEARCH_BYTES, source.byteLength);
	for (let windowStart = start; windowStart < searchEnd; windowStart += WINDOW_BYTES - ADTS_HEADER_BYTES + 1) {
		// A copy: the search for the next header reads elsewhere.
		const window = source.read(windowStart, WINDOW_BYTES).slice();
		for (const index of syncOffsets(window)) {
			const header = readAdtsHeader(window, index);
			const byteOffset = windowStart + index;
			if (header === null || (like !== null && !isSameStream(header, like))) continue;
			if (leadsOn(source, byteOffset, header)) return { byteOffset, header };
		}
	}
	return null;
}

function* syncOffsets(window: Uint8Array): Generator<number> {
	for (let index = window.indexOf(0xff); index >= 0; index = window.indexOf(0xff, index + 1)) yield index;
}

function leadsOn(source: ByteSource, byteOffset: number, header: AdtsHeader): boolean {
	const next = byteOffset + header.frameBytes;
	if (next === source.byteLength) return true;
	const following = readAdtsHeader(source.read(next, ADTS_HEADER_BYTES), 0);
	return following !== null && isSameStream(following, header);
}

/** The packets of a stream from its first frame on; bytes between frames are skipped. */
export function* adtsPackets(source: ByteSource, first: FoundFrame): Generator<PacketPlace, void, undefined> {
	let byteOffset = first.byteOffset;
	let isAfterGap = false;
	while (byteOffset < source.byteLength) {
		const head = source.read(byteOffset, ADTS_HEAD_BYTES);
		const header = readAdtsHeader(head, 0);
		if (header !== null && isSameStream(header, first.header)) {
			yield* packetsOfFrame(head, { byteOffset, header }, isAfterGap);
			byteOffset += header.frameBytes;
			isAfterGap = false;
		} else {
			const next = findAdtsFrame(source, byteOffset + 1, first.header);
			if (next === null) return;
			byteOffset = next.byteOffset;
			isAfterGap = true;
		}
	}
}

/**
 * A single packet is the whole frame; several are bare blocks. A frame without block positions is one packet; one with
 * impossible positions is an empty packet.
 */
function* packetsOfFrame(
	head: Uint8Array,
	{ byteOffset, header }: FoundFrame,
	isAfterGap: boolean,
): Generator<PacketPlace, void, undefined> {
	const { frames, frameBytes } = header;
	if (frames === AAC_BLOCK_FRAMES) {
		yield { byteOffset, byteLength: frameBytes, frames, isAfterGap };
		return;
	}
	const blocks = blocksOfFrame(head, header);
	if (blocks === null) yield { byteOffset, byteLength: frameBytes, frames, isAfterGap };
	if (blocks?.length === 0) yield { byteOffset, byteLength: 0, frames, isAfterGap };
	for (const [index, { start, end }] of (blocks ?? []).entries()) {
		const place = { byteOffset: byteOffset + start, byteLength: end - start };
		yield { ...place, frames: AAC_BLOCK_FRAMES, isAfterGap: isAfterGap && index === 0 };
	}
}
