import { LooperError, MalformedAudioError } from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import type { DecodeContext, Decoder, OpenDecoder } from "../decoder.ts";
import { openPcm } from "../pcm/pcm-decoder.ts";
import { channelsOfBits, contradictionsOf, type PlainCodec, readPlainCoding } from "../pcm/plain-coding.ts";
import { supportedChannels, supportedSampleRate } from "../supported-audio.ts";
import { type CafDescription, type CafFile, readCafFile } from "./caf-file.ts";

const FLAG_FLOAT = 1;
const FLAG_LITTLE_ENDIAN = 2;
/** Offset of the bytes per packet in the description. */
const PACKET_BYTES_OFFSET = 16;

const codecNames: ReadonlyMap<string, string> = new Map([
	["aac ", "AAC"],
	["aach", "HE-AAC"],
	["aacp", "HE-AAC v2"],
	["flac", "FLAC"],
	["opus", "Opus"],
	["ima4", "IMA ADPCM"],
	["MAC3", "MACE 3:1"],
	["MAC6", "MACE 6:1"],
	["ac-3", "AC-3"],
	[".mp1", "MPEG audio layer I"],
	[".mp2", "MPEG audio layer II"],
	[".mp3", "MP3"],
	["QDM2", "QDesign 2"],
]);

/**
 * Opens a CAF file of PCM, float, A-law, µ-law or ALAC.
 *
 * Thread: loader.
 *
 * @throws MalformedAudioError if nothing can be decoded.
 * @throws LooperError `unsupported-format` naming the codec, `unsupported-channels` naming the count.
 */
export const openCaf: OpenDecoder = async (source, context) => {
	const file = readCafFile(source);
	if (file.description.formatId !== "alac") return openPlain(source, file, context);
	const { compressedFormats } = await context.files.load("compressed");
	return compressedFormats.openCafAlac(source, file, context);
};

async function openPlain(source: ByteSource, file: CafFile, context: DecodeContext): Promise<Decoder> {
	const { description, dataOffset, dataBytes, declaredBytes } = file;
	const { byteOffset, sampleBits: bits, packetBytes, packetFrames, formatFlags } = description;
	const codec = plainCodec(description);
	const channels = supportedChannels(description.channels, byteOffset + 24);
	const sampleRate = supportedSampleRate(Math.round(description.sampleRate), byteOffset);
	const format = {
		codec,
		channels,
		sampleRate,
		bits,
		frameBytes: packetBytes / Math.max(packetFrames, 1),
		byteRate: 0,
		isLittleEndian: (formatFlags & FLAG_LITTLE_ENDIAN) !== 0,
		hasSignedBytes: true,
		validBits: 0,
	};
	const read = await readPlainCoding(format, { source, dataOffset, dataBytes, onScan: context.onScan });
	const figures = `${channelsOfBits(format)}, but packets of ${packetBytes} bytes and ${packetFrames} frames`;
	if (read === null) {
		const message = `The CAF description is impossible: ${figures}. Export the file again.`;
		throw new MalformedAudioError(byteOffset + PACKET_BYTES_OFFSET, message);
	}
	const { coding } = read;
	const contradictions = contradictionsOf(read, figures, byteOffset + PACKET_BYTES_OFFSET);
	const declaredFrames = declaredBytes === null ? null : Math.floor(declaredBytes / (coding.bytes * channels));
	const readMetadata = () => file.metadata;
	const layout = { coding, channels, sampleRate, dataOffset, dataBytes, declaredFrames, contradictions, readMetadata };
	return openPcm(source, { name: "CAF", ...layout }, context);
}

function plainCodec({ formatId, formatFlags }: CafDescription): PlainCodec {
	switch (formatId) {
		case "lpcm":
			return (formatFlags & FLAG_FLOAT) === 0 ? "integer" : "float";
		case "alaw":
			return "a-law";
		case "ulaw":
			return "mu-law";
		default:
			throw new LooperError(
				"unsupported-format",
				`This CAF file holds ${codecNames.get(formatId) ?? `"${formatId}"`} audio, which cannot be loaded. Convert it to WAV or FLAC.`,
			);
	}
}
