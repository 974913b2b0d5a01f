import { MalformedAudioError } from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import type { DecodeContext, Decoder, OpenDecoder } from "../decoder.ts";
import { endWithoutTags } from "../file-tail.ts";
import { type Chunk, fourCharacters, readChunks, readView } from "../pcm/chunk-reader.ts";
import { openPcm } from "../pcm/pcm-decoder.ts";
import { isOpenEnded } from "../pcm/placeholder-size.ts";
import type { PlainCodec } from "../pcm/plain-coding.ts";
import { readLongSizes } from "./long-sizes.ts";
import { openCompressed } from "./open-compressed.ts";
import { readWaveCoding } from "./wave-coding.ts";
import { readWaveFormat, type WaveFormat } from "./wave-format.ts";

/** What the start of a file of the RIFF family says of the rest. */
interface RiffHeader {
	readonly name: "WAV" | "RF64" | "BW64";
	readonly isLittleEndian: boolean;
	readonly declaredBytes: number;
}

/** The chunks that a recording needs. */
interface WaveChunks {
	readonly format: WaveFormat;
	readonly data: Chunk;
	/** The size of the file that its header declares. */
	readonly riffBytes: number;
}

const HEADER_BYTES = 12;

/**
 * Opens a WAVE file: RIFF, RIFX (big-endian), RF64 or BW64 (longer than 4 GiB). It holds PCM, float, A-law or µ-law, or
 * a stream of MP3 or Ogg Vorbis.
 *
 * Thread: loader.
 * Source: IBM and Microsoft, "Multimedia Programming Interface and Data Specifications 1.0" (1991), WAVE form;
 * EBU, "RF64: An extended file format for audio data", Tech 3306 (2018); ITU-R, "Long-form file format", BS.2088 (2019).
 *
 * @throws MalformedAudioError when nothing can be decoded.
 * @throws LooperError `unsupported-format` naming the codec, `unsupported-channels` naming the count.
 */
export const openWav: OpenDecoder = async (source, context) => {
	const header = readHeader(source);
	const { format, data, riffBytes } = findChunks(source, header);
	const isOpen = isLengthOpen(source, header, { format, data, riffBytes });
	const isLeftToEnd = isOpen || data.declaredBytes > data.bodyBytes;
	const audio = { name: header.name, data: isLeftToEnd ? toEnd(source, data) : data, isOpen };
	const { codec } = format;
	if (codec === "mp3" || codec === "ogg-vorbis") return openCompressed(source, { ...audio, codec }, context);
	return openPlain(source, { ...format, codec }, audio, context);
};

/** The chunk of audio, and whether its length is that of the rest of the file. */
interface WaveAudio {
	readonly name: string;
	readonly data: Chunk;
	readonly isOpen: boolean;
}

async function openPlain(
	source: ByteSource,
	format: WaveFormat & { readonly codec: PlainCodec },
	{ name, data, isOpen }: WaveAudio,
	context: DecodeContext,
): Promise<Decoder> {
	const { bodyOffset: dataOffset, bodyBytes: dataBytes } = data;
	const coded = await readWaveCoding(format, { source, dataOffset, dataBytes, onScan: context.onScan });
	const frameBytes = coded.coding.bytes * coded.channels;
	const declaredFrames = isOpen ? null : Math.floor(data.declaredBytes / frameBytes);
	return openPcm(source, { name, ...coded, dataOffset, dataBytes, declaredFrames }, context);
}

function readHeader(source: ByteSource): RiffHeader {
	const header = readView(source, 0, HEADER_BYTES);
	if (header.byteLength < HEADER_BYTES) {
		throw new MalformedAudioError(
			header.byteLength,
			`The WAV file ends inside its header, after ${header.byteLength} bytes.`,
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
	let format: WaveFormat | undefined;
	for (const chunk of readChunks(source, { startOffset: HEADER_BYTES, isLittleEndian, trueBytes })) {
		if (chunk.id === "ds64" && header.name !== "WAV") riffBytes = readLongSizes(source, chunk, trueBytes);
		if (chunk.id === "fmt ") format ??= readWaveFormat(source, chunk, isLittleEndian);
		if (chunk.id !== "data") continue;
		if (format !== undefined) return { format, data: chunk, riffBytes };
		throw new MalformedAudioError(chunk.headerOffset, "The WAV file's data stands before its format; it is damaged.");
	}
	const missing = format === undefined ? "format" : "data";
	throw new MalformedAudioError(source.byteLength, `The WAV file ends without a ${missing} chunk; it is damaged.`);
}

/** Writers to a pipe leave 0 or a very large number where the size belongs: the audio then goes to the end of the file. */
function isLengthOpen(source: ByteSource, { isLittleEndian }: RiffHeader, chunks: WaveChunks): boolean {
	const { data, format, riffBytes } = chunks;
	const isKnownToBeEmpty = () => [source.byteLength, endWithoutTags(source)].includes(riffBytes + 8);
	if (data.declaredBytes === 0) return !isKnownToBeEmpty();
	return isOpenEnded(source, { ...data, frameBytes: Math.max(format.frameBytes, 1) }, isLittleEndian);
}

function toEnd(source: ByteSource, data: Chunk): Chunk {
	return { ...data, bodyBytes: Math.max(0, endWithoutTags(source) - data.bodyOffset) };
}
