import { MalformedAudioError } from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import type { OpenDecoder } from "../decoder.ts";
import { ALL_ONES, type Chunk, fourCharacters, readChunks, readUint64, readView } from "../pcm/chunk-reader.ts";
import { openPcm } from "../pcm/pcm-decoder.ts";
import { readWaveFormat, type WaveFormat } from "./wave-format.ts";

/** What the start of a file of the RIFF family says of the rest. */
interface RiffHeader {
	readonly name: "WAV" | "RF64" | "BW64";
	readonly isLittleEndian: boolean;
	readonly declaredBytes: number;
}

const HEADER_BYTES = 12;
/** `ds64`: sizes of file and data, the number of frames, then a table of 12 bytes for each further long chunk. */
const LONG_SIZES_BYTES = 28;
const TABLE_ENTRY_BYTES = 12;
const MAXIMUM_TABLE_ENTRIES = 1_024;

/**
 * Opens a WAVE file of PCM, float, A-law or µ-law: RIFF, RIFX (big-endian), RF64 or BW64 (longer than 4 GiB).
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
	const dataBytes = availableBytes(source, data, riffBytes);
	const frameBytes = format.coding.bytes * format.channels;
	const declaredFrames = isUnknown(data.declaredBytes) ? null : Math.floor(data.declaredBytes / frameBytes);
	const { bodyOffset: dataOffset } = data;
	return openPcm(source, { name: header.name, ...format, dataOffset, dataBytes, declaredFrames }, context);
};

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

function findChunks(source: ByteSource, header: RiffHeader): { format: WaveFormat; data: Chunk; riffBytes: number } {
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

/** Reads the `ds64` chunk: the sizes of chunks go into the map. @returns the size of the file. */
function readLongSizes(source: ByteSource, chunk: Chunk, trueBytes: Map<string, number>): number {
	const longest = LONG_SIZES_BYTES + MAXIMUM_TABLE_ENTRIES * TABLE_ENTRY_BYTES;
	const view = readView(source, chunk.bodyOffset, Math.min(chunk.bodyBytes, longest));
	if (view.byteLength < LONG_SIZES_BYTES) {
		throw new MalformedAudioError(
			chunk.bodyOffset,
			`The ds64 chunk has ${view.byteLength} of at least ${LONG_SIZES_BYTES} bytes; it is damaged.`,
		);
	}
	const entries = Math.min(
		view.getUint32(24, true),
		Math.floor((view.byteLength - LONG_SIZES_BYTES) / TABLE_ENTRY_BYTES),
	);
	for (let index = 0; index < entries; index++) {
		const offset = LONG_SIZES_BYTES + index * TABLE_ENTRY_BYTES;
		trueBytes.set(fourCharacters(view, offset), readUint64(view, offset + 4, true));
	}
	trueBytes.set("data", readUint64(view, 8, true));
	return readUint64(view, 0, true);
}

/** Encoders that write to a pipe leave 0 or all ones where the sizes belong: the audio then goes to the end of the file. */
function availableBytes(source: ByteSource, data: Chunk, riffBytes: number): number {
	const toEnd = source.byteLength - data.bodyOffset;
	if (isUnknown(data.declaredBytes)) return toEnd;
	if (data.declaredBytes > 0) return data.bodyBytes;
	const isKnownToBeEmpty = riffBytes + 8 === source.byteLength;
	return isKnownToBeEmpty ? 0 : toEnd;
}

function isUnknown(declaredBytes: number): boolean {
	return declaredBytes === ALL_ONES || !Number.isSafeInteger(declaredBytes);
}
