import { MalformedAudioError } from "../../errors.ts";
import type { SampleMetadata } from "../../protocol/sample-metadata.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import type { DecodeContext, Decoder, OpenDecoder } from "../decoder.ts";
import { endWithoutTags } from "../file-tail.ts";
import { importCompressed } from "../import-compressed.ts";
import { metadataWithEnd } from "../metadata/metadata-chunks.ts";
import { type Chunk, type ChunkLayout, endOfChunk, fourCharacters, readChunks, readView } from "../pcm/chunk-reader.ts";
import { openPcm } from "../pcm/pcm-decoder.ts";
import { isOpenEnded } from "../pcm/placeholder-size.ts";
import type { PlainCodec } from "../pcm/plain-coding.ts";
import { readLongSizes } from "./long-sizes.ts";
import { WavMetadata } from "./wav-metadata.ts";
import { readWaveCoding } from "./wave-coding.ts";
import { readWaveFormat, type WaveFormat } from "./wave-format.ts";

/** The first header of a file of the RIFF family. */
interface RiffHeader {
	readonly name: "WAV" | "RF64" | "BW64";
	readonly isLittleEndian: boolean;
	readonly declaredBytes: number;
}

/** The chunks that a recording needs. */
interface WaveChunks {
	readonly format: WaveFormat;
	readonly data: Chunk;
	/** The declared size of the file. */
	readonly riffBytes: number;
	/** What the chunks up to the data say. */
	readonly metadata: WavMetadata;
	/** The chunks behind the data. */
	readonly rest: ChunkLayout;
}

const HEADER_BYTES = 12;

/**
 * Opens a WAVE file: RIFF, RIFX (big-endian), RF64 or BW64 (longer than 4 GiB), with PCM, float, A-law or µ-law samples,
 * or an MP3 or Ogg Vorbis stream.
 *
 * Thread: loader.
 * Source: IBM and Microsoft, "Multimedia Programming Interface and Data Specifications 1.0" (1991), WAVE form;
 * EBU, "RF64: An extended file format for audio data", Tech 3306 (2018); ITU-R, "Long-form file format", BS.2088 (2019).
 *
 * @throws MalformedAudioError if nothing can be decoded.
 * @throws LooperError `unsupported-format` naming the codec, `unsupported-channels` naming the count.
 */
export const openWav: OpenDecoder = async (source, context) => {
	const header = readHeader(source);
	const chunks = findChunks(source, header);
	const { format, data, metadata, rest } = chunks;
	const isOpen = isLengthOpen(source, header, chunks);
	const isLeftToEnd = isOpen || data.declaredBytes > data.bodyBytes;
	const readMetadata = metadataWithEnd(metadata, source, isLeftToEnd ? null : rest);
	const audio = { name: header.name, data: isLeftToEnd ? toEnd(source, data) : data, isOpen, readMetadata };
	const { codec } = format;
	if (codec !== "mp3" && codec !== "ogg-vorbis") return openPlain(source, { ...format, codec }, audio, context);
	const compressed = await importCompressed(context.files, codec === "mp3" ? "mp3" : "vorbis");
	return compressed.openCompressedWave(source, { ...audio, codec }, context);
};

/** The data chunk, and whether it extends to the end of the file. */
interface WaveAudio {
	readonly name: string;
	readonly data: Chunk;
	readonly isOpen: boolean;
	readonly readMetadata: () => SampleMetadata;
}

async function openPlain(
	source: ByteSource,
	format: WaveFormat & { readonly codec: PlainCodec },
	{ name, data, isOpen, readMetadata }: WaveAudio,
	context: DecodeContext,
): Promise<Decoder> {
	const { bodyOffset: dataOffset, bodyBytes: dataBytes } = data;
	const coded = await readWaveCoding(format, { source, dataOffset, dataBytes, onScan: context.onScan });
	const frameBytes = coded.coding.bytes * coded.channels;
	const declaredFrames = isOpen ? null : Math.floor(data.declaredBytes / frameBytes);
	return openPcm(source, { name, ...coded, dataOffset, dataBytes, declaredFrames, readMetadata }, context);
}

function readHeader(source: ByteSource): RiffHeader {
	const header = readView(source, 0, HEADER_BYTES);
	if (header.byteLength < HEADER_BYTES) {
		throw new MalformedAudioError(
			header.byteLength,
			`The WAV file ends inside its header, after ${header.byteLength} bytes. Export it again.`,
		);
	}
	const id = fourCharacters(header, 0);
	const isLittleEndian = id !== "RIFX";
	const name = id === "RF64" || id === "BW64" ? id : "WAV";
	return { name, isLittleEndian, declaredBytes: header.getUint32(4, isLittleEndian) };
}

function findChunks(source: ByteSource, header: RiffHeader): WaveChunks {
	const { isLittleEndian } = header;
	const trueBytes = new Map<string, number>();
	let riffBytes = header.declaredBytes;
	const metadata = new WavMetadata(isLittleEndian);
	let format: WaveFormat | undefined;
	for (const chunk of readChunks(source, { startOffset: HEADER_BYTES, isLittleEndian, trueBytes })) {
		metadata.take(source, chunk);
		if (chunk.id === "ds64" && header.name !== "WAV") riffBytes = readLongSizes(source, chunk, trueBytes);
		if (chunk.id === "fmt ") format ??= readWaveFormat(source, chunk, isLittleEndian);
		if (chunk.id !== "data") continue;
		const rest = { startOffset: endOfChunk(chunk), isLittleEndian, trueBytes };
		if (format !== undefined) return { format, data: chunk, riffBytes, metadata, rest };
		throw new MalformedAudioError(
			chunk.headerOffset,
			"The WAV file's data chunk precedes its format chunk. Export it again.",
		);
	}
	const missing = format === undefined ? "format" : "data";
	throw new MalformedAudioError(source.byteLength, `The WAV file has no ${missing} chunk. Export it again.`);
}

/** Writers to a pipe leave 0 or a very large number as the size: the audio then extends to the end of the file. */
function isLengthOpen(source: ByteSource, { isLittleEndian }: RiffHeader, chunks: WaveChunks): boolean {
	const { data, format, riffBytes } = chunks;
	const isKnownToBeEmpty = () => [source.byteLength, endWithoutTags(source)].includes(riffBytes + 8);
	if (data.declaredBytes === 0) return !isKnownToBeEmpty();
	return isOpenEnded(source, { ...data, frameBytes: Math.max(format.frameBytes, 1) }, isLittleEndian);
}

function toEnd(source: ByteSource, data: Chunk): Chunk {
	return { ...data, bodyBytes: Math.max(0, endWithoutTags(source) - data.bodyOffset) };
}
