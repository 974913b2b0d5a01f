import { type FrameHeader, HEADER_BYTES } from "./frame-header.ts";

/** The side info of a layer III frame. */
export interface SideInfo {
	/** How far before the frame its main data begins, in bytes of earlier main data. */
	readonly reservoirBytes: number;
	/** Bytes of main data that the frame carries. */
	readonly mainBytes: number;
	/** Bytes of main data that it decodes, wherever they are. */
	readonly usedBytes: number;
	/** Its fields are possible and consistent with the data that they refer to. */
	readonly isValid: boolean;
}

const CHECKSUM_BYTES = 2;
const GRANULE_LINES = 576;

function sideInfoOffset(header: FrameHeader): number {
	return HEADER_BYTES + (header.hasChecksum ? CHECKSUM_BYTES : 0);
}

/** Bytes of a frame's side info. */
export function sideInfoBytes(header: FrameHeader): number {
	if (header.rateDivisor === 1) return header.channels === 1 ? 17 : 32;
	return header.channels === 1 ? 9 : 17;
}

/** Offset of the main data from the frame's header. */
export function sideInfoEnd(header: FrameHeader): number {
	return sideInfoOffset(header) + sideInfoBytes(header);
}

/**
 * Reads the side info of a frame.
 *
 * Source: ISO/IEC 11172-3 (1993), section 2.4.1.7, and 13818-3 (1998), section 2.4.1.7.
 *
 * @param bytes - the bytes of the frame that are present
 */
export function readSideInfo(bytes: Uint8Array, header: FrameHeader): SideInfo {
	const isFullRate = header.rateDivisor === 1;
	const { channels } = header;
	const bits = new BitReader(bytes, sideInfoOffset(header));
	const reservoirBytes = bits.read(isFullRate ? 9 : 8);
	// Private bits and, at full rates, shared scale factors.
	if (isFullRate) bits.skip(channels === 1 ? 5 + 4 : 3 + 8);
	else bits.skip(channels);
	const mainBytes = header.frameBytes - sideInfoEnd(header);
	const granules = (isFullRate ? 2 : 1) * channels;
	let isValid = mainBytes >= 0;
	let mainBits = 0;
	for (let granule = 0; granule < granules; granule++) {
		mainBits += bits.read(12);
		const pairs = bits.read(9);
		bits.skip(isFullRate ? 8 + 4 : 8 + 9);
		const isSwitched = bits.read(1) === 1;
		const blockType = bits.read(2);
		// Tables and gains, the pre-emphasis flag at full rates, scale and count flags.
		bits.skip(isFullRate ? 20 + 3 : 20 + 2);
		if (2 * pairs > GRANULE_LINES || (isSwitched && blockType === 0)) isValid = false;
	}
	isValid &&= mainBits <= 8 * (reservoirBytes + mainBytes);
	return { reservoirBytes, mainBytes, usedBytes: Math.ceil(mainBits / 8), isValid };
}

class BitReader {
	readonly #bytes: Uint8Array;
	#bit: number;

	constructor(bytes: Uint8Array, offset: number) {
		this.#bytes = bytes;
		this.#bit = 8 * offset;
	}

	read(count: number): number {
		let value = 0;
		for (const end = this.#bit + count; this.#bit < end; this.#bit++) {
			value = (value << 1) | (((this.#bytes[this.#bit >> 3] ?? 0) >> (7 - (this.#bit & 7))) & 1);
		}
		return value;
	}

	skip(count: number): void {
		this.#bit += count;
	}
}
