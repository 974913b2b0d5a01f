/** An MPEG-4 decoder configuration. */
interface DecoderConfig {
	/** Object type indication: 0x40 for MPEG-4 audio; 0 if absent. */
	readonly objectType: number;
	readonly config: Uint8Array<ArrayBuffer> | null;
}

const STREAM_TAG = 3;
const DECODER_TAG = 4;
const SPECIFIC_TAG = 5;
/** Fields of a decoder descriptor before its child descriptors. */
const DECODER_FIELD_BYTES = 13;

/**
 * Reads the descriptors of an `esds` box.
 *
 * Source: ISO/IEC 14496-1:2010, section 7.2.6.
 */
export function readDecoderConfig(bytes: Uint8Array): DecoderConfig {
	const stream = findDescriptor(bytes, STREAM_TAG);
	const decoder = findDescriptor(stream.subarray(streamFieldBytes(stream)), DECODER_TAG);
	const config = findDescriptor(decoder.subarray(DECODER_FIELD_BYTES), SPECIFIC_TAG);
	return { objectType: decoder[0] ?? 0, config: config.length === 0 ? null : config.slice() };
}

function streamFieldBytes(stream: Uint8Array): number {
	const flags = stream[2] ?? 0;
	let bytes = 3;
	if ((flags & 0x80) !== 0) bytes += 2;
	if ((flags & 0x40) !== 0) bytes += 1 + (stream[bytes] ?? 0);
	if ((flags & 0x20) !== 0) bytes += 2;
	return bytes;
}

/** The body of the first descriptor with a tag, empty if there is none. */
function findDescriptor(bytes: Uint8Array, tag: number): Uint8Array {
	let offset = 0;
	while (offset + 2 <= bytes.length) {
		const isFound = bytes[offset++] === tag;
		let length = 0;
		for (let count = 0; count < 4; count++) {
			const byte = bytes[offset++] ?? 0;
			length = length * 128 + (byte & 0x7f);
			if (byte < 0x80) break;
		}
		if (isFound) return bytes.subarray(offset, offset + length);
		offset += length;
	}
	return new Uint8Array(0);
}
