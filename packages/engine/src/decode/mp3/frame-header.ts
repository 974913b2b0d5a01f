/** The four-byte header of an MPEG audio frame. */
export interface FrameHeader {
	readonly layer: 1 | 2 | 3;
	/** 1 for MPEG-1 (32 to 48 kHz), 2 for its halved rates (MPEG-2), 4 for quartered ones (MPEG-2.5). */
	readonly rateDivisor: 1 | 2 | 4;
	readonly sampleRate: number;
	readonly channels: 1 | 2;
	/** A 16-bit check word follows the header. */
	readonly hasChecksum: boolean;
	/** Bytes of the frame, header included. */
	readonly frameBytes: number;
	/** Audio frames it decodes to. */
	readonly frames: number;
	/** Bytes of an unpadded frame in a free-format stream, whose bitrate the header omits; else 0. */
	readonly freeBytes: number;
}

/** Bytes of a header. */
export const HEADER_BYTES = 4;

/** Kilobits per second by bitrate index 1..14, first for MPEG-1 by layer, then for the lower rates. */
const bitrates = {
	full: {
		1: [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
		2: [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
		3: [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
	},
	low: {
		1: [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
		2: [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
		3: [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
	},
} as const;

/** Index of the highest bitrate. */
const HIGHEST_BITRATE = 14;
const fullRates = [44_100, 48_000, 32_000];
const divisorsByVersion = [4, null, 2, 1] as const;
const layersByCode = [null, 3, 2, 1] as const;
/** Bytes of an unpadded frame; a table because every candidate byte is looked up. */
const lengths = makeLengthTable();

/**
 * Reads the header of an MPEG audio frame.
 *
 * Source: ISO/IEC 11172-3 (1993) and 13818-3 (1998), section 2.4.2.3.
 *
 * @param freeBytes - bytes of an unpadded free-format frame in this stream; 0 rejects free-format frames
 * @returns null if there is no header
 */
export function readFrameHeader(bytes: Uint8Array, offset: number, freeBytes = 0): FrameHeader | null {
	if (offset + HEADER_BYTES > bytes.length || bytes[offset] !== 0xff) return null;
	const second = bytes[offset + 1]!;
	if (second < 0xe0) return null;
	const third = bytes[offset + 2]!;
	const rateDivisor = divisorsByVersion[(second >> 3) & 3]!;
	const layer = layersByCode[(second >> 1) & 3]!;
	const fullRate = fullRates[(third >> 2) & 3];
	if (rateDivisor === null || layer === null || fullRate === undefined) return null;
	const isPadded = ((third >> 1) & 1) === 1;
	const paddingBytes = isPadded ? slotBytes(layer) : 0;
	const bitrateIndex = third >> 4;
	const plainBytes = bitrateIndex === 0 ? freeBytes : lengths[lengthIndex(second, third)]!;
	if (plainBytes === 0) return null;
	return {
		layer,
		rateDivisor,
		sampleRate: fullRate / rateDivisor,
		channels: bytes[offset + 3]! >> 6 === 3 ? 1 : 2,
		hasChecksum: (second & 1) === 0,
		frameBytes: plainBytes + paddingBytes,
		frames: framesOf(layer, rateDivisor),
		freeBytes: bitrateIndex === 0 ? freeBytes : 0,
	};
}

type FrameKind = Pick<FrameHeader, "layer" | "rateDivisor" | "sampleRate">;

function framesOf(layer: FrameHeader["layer"], rateDivisor: FrameHeader["rateDivisor"]): number {
	if (layer === 1) return 384;
	return layer === 3 && rateDivisor > 1 ? 576 : 1152;
}

function slotBytes(layer: FrameHeader["layer"]): number {
	return layer === 1 ? 4 : 1;
}

/** Bytes of an unpadded frame; 0 for an unassigned bitrate index. */
function plainFrameBytes(kind: FrameKind, bitrateIndex: number): number {
	const { layer, rateDivisor, sampleRate } = kind;
	const kilobits = bitrates[rateDivisor === 1 ? "full" : "low"][layer][bitrateIndex - 1] ?? 0;
	const slot = slotBytes(layer);
	return slot * Math.floor((kilobits * 125 * framesOf(layer, rateDivisor)) / (slot * sampleRate));
}

/** The 10 header bits that determine the length of a frame. */
function lengthIndex(second: number, third: number): number {
	return (((second >> 1) & 15) << 6) | (third >> 2);
}

function makeLengthTable(): Uint16Array {
	const table = new Uint16Array(1_024);
	for (let second = 0; second < 32; second += 2) {
		for (let third = 0; third < 256; third += 4) {
			const rateDivisor = divisorsByVersion[second >> 3]!;
			const layer = layersByCode[(second >> 1) & 3]!;
			const fullRate = fullRates[(third >> 2) & 3];
			if (rateDivisor === null || layer === null || fullRate === undefined || third < 16) continue;
			const kind = { layer, rateDivisor, sampleRate: fullRate / rateDivisor };
			table[lengthIndex(second, third)] = plainFrameBytes(kind, third >> 4);
		}
	}
	return table;
}

/** Bytes of a padded frame of the highest bitrate, the longest outside free format. */
export function longestFrameBytes(kind: FrameKind): number {
	return plainFrameBytes(kind, HIGHEST_BITRATE) + slotBytes(kind.layer);
}

/** Turns a frame header into that of the longest frame, without a checksum. */
export function writeLongestHeader(header: Uint8Array): void {
	header[1]! |= 1;
	header[2] = (header[2]! & 0x0d) | (HIGHEST_BITRATE << 4) | 2;
}

/** Whether two headers can belong to one stream: layer, sample rate and free format are constant within it. */
export function isSameStream(one: FrameHeader, other: FrameHeader): boolean {
	return one.layer === other.layer && one.sampleRate === other.sampleRate && one.freeBytes === other.freeBytes;
}
