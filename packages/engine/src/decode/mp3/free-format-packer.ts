import { type FrameHeader, HEADER_BYTES, longestFrameBytes, writeLongestHeader } from "./frame-header.ts";
import { type SideInfo, sideInfoBytes, sideInfoEnd } from "./side-info.ts";

/** How far before a frame its main data may begin: nine bits say it, at lower rates eight. */
function mostBackBytes({ rateDivisor }: FrameHeader): number {
	return rateDivisor === 1 ? 511 : 255;
}

/**
 * The room for main data in a stream of the longest frames that are not of free format. As each frame has room for what
 * it had in its own format, all of them fit, up to the highest bitrate; beyond it, those do that are not full.
 */
export class PackedRoom {
	readonly #regionBytes: number;
	readonly #mostBackBytes: number;
	#backBytes = 0;

	constructor(header: FrameHeader) {
		this.#regionBytes = longestFrameBytes(header) - HEADER_BYTES - sideInfoBytes(header);
		this.#mostBackBytes = mostBackBytes(header);
	}

	/** How far before the next frame its main data may begin. */
	get backBytes(): number {
		return this.#backBytes;
	}

	/** Takes the room for a frame's main data. @returns whether there is enough. */
	take(usedBytes: number): boolean {
		const left = this.#backBytes + this.#regionBytes - usedBytes;
		if (left < 0) return false;
		this.#backBytes = Math.min(this.#mostBackBytes, left);
		return true;
	}
}

/**
 * Puts frames of free format, which the decoder does not know, into the longest frames that it knows. Main data is moved
 * as it is, so that they decode to the same samples. A frame is complete when the next one has been packed, whose main
 * data may begin in it.
 *
 * Source: ISO/IEC 11172-3 (1993), sections 2.4.1.7 and 2.4.2.7 (main_data_begin).
 */
export class FreeFormatPacker {
	/** Of any frame of the stream. */
	readonly header: FrameHeader;
	readonly #room: PackedRoom;
	readonly #frameBytes: number;
	/** Main data of the frames before, the newest last, and room for one more frame's. */
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
	 * @param bytes - the frame, as far as it is there
	 * @param side - null for one that is to be silent
	 * @returns the frame before it, valid until the next call; null before the first
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

	/** @returns the last frame, which no other follows; null when there is none */
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
