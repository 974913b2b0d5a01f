import { MalformedAudioError } from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import type { OpenDecoder } from "../decoder.ts";
import { endWithoutTags } from "../file-tail.ts";
import { metadataWithEnd } from "../metadata/metadata-chunks.ts";
import { type Chunk, endOfChunk, fourCharacters, readChunks, readView } from "../pcm/chunk-reader.ts";
import { openPcm } from "../pcm/pcm-decoder.ts";
import { isOpenEnded } from "../pcm/placeholder-size.ts";
import { type AiffFormat, readAiffFormat } from "./aiff-format.ts";
import { AiffMetadata } from "./aiff-metadata.ts";
import { frameBytesOf, reconcile, type SoundData } from "./recorded-length.ts";

const HEADER_BYTES = 12;
/** `SSND` starts with the offset of its samples and a block size that nothing uses. */
const SOUND_HEADER_BYTES = 8;
/** Offset of the frame count in the common chunk. */
const FRAMES_OFFSET = 2;

/**
 * Opens an AIFF or AIFF-C file of PCM, float, A-law or µ-law.
 *
 * Thread: loader.
 * Source: Apple, "Audio Interchange File Format AIFF-C", draft (1991).
 *
 * @throws MalformedAudioError if nothing can be decoded.
 * @throws LooperError `unsupported-format` naming the codec, `unsupported-channels` naming the count.
 */
export const openAiff: OpenDecoder = async (source, context) => {
	const isCompressed = readFormType(source) === "AIFC";
	const { format, sound, metadata, restOffset } = findChunks(source, isCompressed);
	const data = locateSamples(source, sound, format);
	const { dataBytes, declaredFrames, contradictingFrames } = reconcile(format, data);
	const { coding, channels, sampleRate } = format;
	const name = isCompressed ? "AIFF-C" : "AIFF";
	const contradictions = [];
	if (contradictingFrames !== null) {
		const warning = `The AIFF file declares ${contradictingFrames} frames, but its sound chunk holds ${declaredFrames}. The sound chunk was played.`;
		contradictions.push({ byteOffset: format.byteOffset + FRAMES_OFFSET, warning });
	}
	const { dataOffset } = data;
	const rest = data.isLeftToEnd ? null : { startOffset: restOffset, isLittleEndian: false };
	const readMetadata = metadataWithEnd(metadata, source, rest);
	return openPcm(
		source,
		{ name, coding, channels, sampleRate, dataOffset, dataBytes, declaredFrames, contradictions, readMetadata },
		context,
	);
};

function readFormType(source: ByteSource): string {
	const header = readView(source, 0, HEADER_BYTES);
	if (header.byteLength < HEADER_BYTES) {
		throw new MalformedAudioError(
			header.byteLength,
			`The AIFF file ends inside its header, after ${header.byteLength} bytes. Export it again.`,
		);
	}
	return fourCharacters(header, 8);
}

/** The two chunks that a recording needs, in any order. */
interface AiffChunks {
	readonly format: AiffFormat;
	readonly sound: Chunk;
	/** What the chunks up to the second of the two say. */
	readonly metadata: AiffMetadata;
	/** Offset of the chunks behind it. */
	readonly restOffset: number;
}

function findChunks(source: ByteSource, isCompressed: boolean): AiffChunks {
	const metadata = new AiffMetadata();
	let format: AiffFormat | undefined;
	let sound: Chunk | undefined;
	for (const chunk of readChunks(source, { startOffset: HEADER_BYTES, isLittleEndian: false })) {
		if (chunk.id === "COMM") format ??= readAiffFormat(source, chunk, isCompressed);
		if (chunk.id === "SSND") sound ??= chunk;
		metadata.take(source, chunk);
		if (format === undefined || sound === undefined) continue;
		return { format, sound, metadata, restOffset: endOfChunk(chunk) };
	}
	const missing = format === undefined ? "common" : "sound";
	throw new MalformedAudioError(source.byteLength, `The AIFF file has no ${missing} chunk. Export it again.`);
}

/** Writers to a pipe leave 0 or a very large number as the size: the samples then extend to the end of the file. */
function locateSamples(source: ByteSource, sound: Chunk, format: AiffFormat): SoundData {
	const isOpen =
		sound.declaredBytes === 0 || isOpenEnded(source, { ...sound, frameBytes: frameBytesOf(format) }, false);
	const isLeftToEnd = isOpen || sound.declaredBytes > sound.bodyBytes;
	const endOffset = isLeftToEnd ? endWithoutTags(source) : sound.bodyOffset + sound.bodyBytes;
	const header = readView(source, sound.bodyOffset, SOUND_HEADER_BYTES);
	const isWhole = header.byteLength === SOUND_HEADER_BYTES;
	const headBytes = SOUND_HEADER_BYTES + (isWhole ? header.getUint32(0) : 0);
	const dataOffset = sound.bodyOffset + headBytes;
	if (dataOffset > endOffset) {
		throw new MalformedAudioError(
			sound.bodyOffset,
			`The AIFF sound chunk has ${endOffset - sound.bodyOffset} bytes, but its samples start ${dataOffset - sound.bodyOffset} bytes into it. Export the file again.`,
		);
	}
	return {
		dataOffset,
		dataBytes: endOffset - dataOffset,
		isLeftToEnd,
		declaredBytes: isOpen ? null : sound.declaredBytes - headBytes,
		blockBytes: isWhole ? header.getUint32(4) : 0,
	};
}
