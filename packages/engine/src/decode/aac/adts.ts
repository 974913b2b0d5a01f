/** Rates by their index. Source: ISO/IEC 14496-3:2019, table 1.18. */
const SAMPLE_RATES: readonly number[] = [
	96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
];

/** Frames of one raw data block. */
export const AAC_BLOCK_FRAMES = 1_024;
/** Bytes of an ADTS header without checksum. */
export const ADTS_HEADER_BYTES = 7;
/** The length field has 13 bits. */
const MAX_FRAME_BYTES = 0x1fff;

/** The header of an ADTS frame. */
export interface AdtsHeader {
	/** Audio object type: 1 Main, 2 Low Complexity, 3 Scalable Sample Rate, 4 Long Term Prediction. */
	readonly objectType: number;
	readonly sampleRate: number;
	/** 1..6 channels, 7 for eight, 0 if defined in the stream. */
	readonly channelConfiguration: number;
	/** Bytes of the frame, header included. */
	readonly frameBytes: number;
	/** Frames of audio in it. */
	readonly frames: number;
}

/**
 * Reads the header of an ADTS frame.
 *
 * Source: ISO/IEC 13818-7:2006, section 6.2.
 *
 * @returns null if there is no header.
 */
export function readAdtsHeader(bytes: Uint8Array, byteOffset: number): AdtsHeader | null {
	if (byteOffset + ADTS_HEADER_BYTES > bytes.length) return null;
	if (bytes[byteOffset] !== 0xff || (bytes[byteOffset + 1]! & 0xf6) !== 0xf0) return null;
	const hasChecksum = (bytes[byteOffset + 1]! & 1) === 0;
	const third = bytes[byteOffset + 2]!;
	const fourth = bytes[byteOffset + 3]!;
	const sampleRate = SAMPLE_RATES[(third >> 2) & 15];
	const frameBytes = ((fourth & 3) << 11) | (bytes[byteOffset + 4]! << 3) | (bytes[byteOffset + 5]! >> 5);
	if (sampleRate === undefined || frameBytes < ADTS_HEADER_BYTES + (hasChecksum ? 2 : 0)) return null;
	return {
		objectType: (third >> 6) + 1,
		sampleRate,
		channelConfiguration: ((third & 1) << 2) | (fourth >> 6),
		frameBytes,
		frames: ((bytes[byteOffset + 6]! & 3) + 1) * AAC_BLOCK_FRAMES,
	};
}

/** The header fields that are constant within a stream. */
export type AdtsStream = Pick<AdtsHeader, "objectType" | "sampleRate" | "channelConfiguration">;

/** A range of bytes, relative to the frame. */
export interface ByteRange {
	readonly start: number;
	readonly end: number;
}

/** Bytes of a checksum, and of a block position. */
const CHECK_BYTES = 2;
/** Bytes that locate the blocks of a frame: header, three positions and a checksum. */
export const ADTS_HEAD_BYTES: number = ADTS_HEADER_BYTES + 4 * CHECK_BYTES;

/**
 * The raw data blocks of a frame. Only frames with checksums locate more than one block.
 *
 * Source: ISO/IEC 14496-3:2019, section 1.A.2.2.
 *
 * @param head - the first `ADTS_HEAD_BYTES` of the frame, or all of a shorter one
 * @returns null if the frame has no positions, an empty list if they are impossible.
 */
export function blocksOfFrame(head: Uint8Array, { frames, frameBytes }: AdtsHeader): readonly ByteRange[] | null {
	const hasChecksum = (head[1]! & 1) === 0;
	const blockCount = frames / AAC_BLOCK_FRAMES;
	if (blockCount === 1) return [{ start: ADTS_HEADER_BYTES + (hasChecksum ? CHECK_BYTES : 0), end: frameBytes }];
	if (!hasChecksum) return null;
	const first = ADTS_HEADER_BYTES + blockCount * CHECK_BYTES;
	const starts = [first];
	for (let at = ADTS_HEADER_BYTES; starts.length < blockCount; at += CHECK_BYTES)
		starts.push(first + (((head[at] ?? 0) << 8) | (head[at + 1] ?? 0)));
	const blocks = starts.map((start, index) => ({ start, end: (starts[index + 1] ?? frameBytes) - CHECK_BYTES }));
	return blocks.every(({ start, end }) => start < end && end < frameBytes) ? blocks : [];
}

/** Whether two headers can belong to one stream. */
export function isSameStream(one: AdtsStream, other: AdtsStream): boolean {
	return (
		one.objectType === other.objectType &&
		one.sampleRate === other.sampleRate &&
		one.channelConfiguration === other.channelConfiguration
	);
}

/**
 * Wraps a packet in a plain ADTS frame, the form every decoder accepts: MPEG-4, one block, no checksum.
 *
 * @param stream - its sample rate must have an index
 * @param packet - raw data blocks, or a frame whose header is replaced
 * @returns a frame without payload if the packet exceeds the longest ADTS frame, as no valid packet does.
 */
export function adtsFrame(stream: AdtsStream, packet: Uint8Array): Uint8Array {
	const block = packet.subarray(headerBytesOf(packet));
	const payload = block.length + ADTS_HEADER_BYTES > MAX_FRAME_BYTES ? block.subarray(0, 0) : block;
	const frameBytes = payload.length + ADTS_HEADER_BYTES;
	const rateIndex = SAMPLE_RATES.indexOf(stream.sampleRate);
	const channels = stream.channelConfiguration;
	const frame = new Uint8Array(frameBytes);
	frame[0] = 0xff;
	frame[1] = 0xf1;
	frame[2] = ((stream.objectType - 1) << 6) | (rateIndex << 2) | (channels >> 2);
	frame[3] = ((channels & 3) << 6) | (frameBytes >> 11);
	frame[4] = frameBytes >> 3;
	frame[5] = (frameBytes << 5) | 0x1f;
	frame[6] = 0xfc;
	frame.set(payload, ADTS_HEADER_BYTES);
	return frame;
}

/** Bytes before the raw data block of a packet; no block starts like a header. */
function headerBytesOf(packet: Uint8Array): number {
	const header = readAdtsHeader(packet, 0);
	if (header?.frameBytes !== packet.length) return 0;
	const blocks = blocksOfFrame(packet, header);
	return blocks === null ? ADTS_HEADER_BYTES : (blocks[0]?.start ?? 0);
}

/** The rate of an index; undefined for unassigned indices. */
export function sampleRateOfIndex(index: number): number | undefined {
	return SAMPLE_RATES[index];
}

/** Whether an ADTS header can express the rate. */
export function hasRateIndex(sampleRate: number): boolean {
	return SAMPLE_RATES.includes(sampleRate);
}
