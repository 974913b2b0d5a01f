import { type FrameHeader, HEADER_BYTES, longestFrameBytes, writeLongestHeader } from "./frame-header.ts";
import { type SideInfo, sideInfoBytes, sideInfoEnd } from "./side-info.ts";

/** How far before a frame its main data may begin: a nine-bit field, eight-bit at lower rates. */
function mostBackBytes({ rateDivisor }: FrameHeader): number {
	return rateDivisor === 1 ? 511 : 255;
}

/**
 * The room for main data in a stream of the longest regular frames. Each regular frame has room for the data of its
 * original frame up to the highest bitrate; above it, only for frames that are not full.
 */
export class PackedRoom {
	readonly #regionBytes: number;
	readonly #mostBackBytes: number;
	#backBytes = 0;

	constructor(header: FrameHeader) {
		this.#regionBytes = longestFrameBytes(header) - HEADER_BYTES - sideInfoBytes(header);
		this.#mostBackBytes = mostBackBytes(header);
	}

	/** How far before the next frame its main data may begin, in bytes. */
	get backBytes(): number {
		return this.#backBytes;
	}

	/** Reserves room for a frame's main data. @returns whether there is enough. */
	take(usedBytes: number): boolean {
		const left = this.#backBytes + this.#regionBytes - usedBytes;
		if (left < 0) return false;
		this.#backBytes = Math.min(this.#mostBackBytes, left);
		return true;
	}
}

/**
 * Repacks free-format frames, which the decoder does not support, into the longest frames it supports. Main data is moved
 * unchanged, so the samples are identical. A frame is complete once the next one is packed, whose main
 * data may begin in it.
 *
 * Source: ISO/IEC 11172-3 (1993), sections 2.4.1.7 and 2.4.2.7 (main_data_begin).
 */
export class FreeFormatPacker {
	/** The header of every packed frame. */
	readonly header: FrameHeader;
	readonly #room: PackedRoom;
	readonly #frameBytes: number;
	/** Main data of earlier frames, the newest last, and room for one more frame's. */
	#mainData = new Uint8Array(0);
	#last: Uint8Array | null = null;
	#next: Uint8Array;
	#spare: Uint8Array;

	constructor(header: FrameHeader) {
		this.header = header;
		this.#room = new PackedRoom(header);
		this.#frameBytes = longestFrameBytes(header);
		this.#next = new Uint8Array(this.#frameBytes);
		this.#spare = new Uint8Array(this.#frameBytes);
	}

	/**
	 * Packs the next frame.
	 *
	 * @param bytes - the bytes of the frame that are present
	 * @param side - null for a frame to be silenced
	 * @returns the preceding frame, valid until the next call; null before the first
	 */
	pack(bytes: Uint8Array, header: FrameHeader, side: SideInfo | null): Uint8Array | null {
		const reservoirBytes = this.#mainData.length;
		this.#mainData = joined(this.#mainData, bytes.subarray(sideInfoEnd(header)));
		const packed = this.#next.fill(0);
		packed.set(bytes.subarray(0, HEADER_BYTES));
		writeLongestHeader(packed);
		const done = this.#last;
		const { backBytes } = this.#room;
		if (side !== null && this.#room.take(side.usedBytes)) {
			const start = reservoirBytes - side.reservoirBytes;
			const mainData = this.#mainData.subarray(start, start + side.usedBytes);
			const regionStart = HEADER_BYTES + sideInfoBytes(header);
			packed.set(bytes.subarray(sideInfoEnd(header) - sideInfoBytes(header), sideInfoEnd(header)), HEADER_BYTES);
			writeMainDataBegin(packed, header, backBytes);
			done?.set(mainData.subarray(0, backBytes), this.#frameBytes - backBytes);
			packed.set(mainData.subarray(backBytes), regionStart);
		} else this.#room.take(0);
		this.#mainData = this.#mainData.slice(-mostBackBytes(header));
		this.#last = packed;
		this.#next = this.#spare;
		this.#spare = done ?? new Uint8Array(this.#frameBytes);
		return done;
	}

	/** @returns the last frame, null if there is none */
	finish(): Uint8Array | null {
		return this.#last;
	}
}

function writeMainDataBegin(frame: Uint8Array, { rateDivisor }: FrameHeader, bytes: number): void {
	if (rateDivisor === 1) {
		frame[HEADER_BYTES] = bytes >> 1;
		frame[HEADER_BYTES + 1] = (frame[HEADER_BYTES + 1]! & 0x7f) | ((bytes & 1) << 7);
	} else frame[HEADER_BYTES] = bytes;
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
	const both = new Uint8Array(one.length + other.length);
	both.set(one);
	both.set(other, one.length);
	return both;
}
