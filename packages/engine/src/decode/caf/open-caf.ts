import { LooperError, MalformedAudioError } from "../../errors.ts";
import type { OpenDecoder } from "../decoder.ts";
import { openPcm } from "../pcm/pcm-decoder.ts";
import { aLaw, float, muLaw, type SampleCoding, signedInteger } from "../pcm/sample-coding.ts";
import { supportedChannels, supportedSampleRate } from "../supported-audio.ts";
import { type CafDescription, readCafFile } from "./caf-file.ts";
import { openCafAlac } from "./open-caf-alac.ts";

const FLAG_FLOAT = 1;
const FLAG_LITTLE_ENDIAN = 2;

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
 * @throws MalformedAudioError when nothing can be decoded.
 * @throws LooperError `unsupported-format` naming the codec, `unsupported-channels` naming the count.
 */
export const openCaf: OpenDecoder = async (source, context) => {
	const file = readCafFile(source);
	const { description, dataOffset, dataBytes, declaredBytes } = file;
	if (description.formatId === "alac") return openCafAlac(source, file, context);
	const channels = supportedChannels(description.channels, description.byteOffset + 24);
	const sampleRate = supportedSampleRate(Math.round(description.sampleRate), description.byteOffset);
	const coding = plainCoding(description, channels);
	const declaredFrames = declaredBytes === null ? null : Math.floor(declaredBytes / (coding.bytes * channels));
	return openPcm(source, { name: "CAF", coding, channels, sampleRate, dataOffset, dataBytes, declaredFrames }, context);
};

function plainCoding(description: CafDescription, channels: number): SampleCoding {
	const { formatId, packetBytes, packetFrames, byteOffset } = description;
	const codingFor = codings.get(formatId);
	if (codingFor === undefined) {
		const name = codecNames.get(formatId) ?? `"${formatId}"`;
		throw new LooperError(
			"unsupported-format",
			`This CAF file holds ${name} audio, which cannot be loaded. Convert it to WAV or FLAC.`,
		);
	}
	const coding = codingFor(description, packetBytes / channels);
	if (coding === null || coding.bytes * channels !== packetBytes || packetFrames !== 1) {
		throw new MalformedAudioError(
			byteOffset + 16,
			`The CAF file declares packets of ${packetBytes} bytes and ${packetFrames} frames for ${channels} channels of ${description.sampleBits} bits; it is damaged.`,
		);
	}
	return coding;
}

const codings: ReadonlyMap<string, (description: CafDescription, containerBytes: number) => SampleCoding | null> =
	new Map([
		["lpcm", linearCoding],
		["alaw", () => aLaw],
		["ulaw", () => muLaw],
	]);

/** Samples with fewer bits than their container stand at the top of it. */
function linearCoding({ formatFlags, sampleBits }: CafDescription, containerBytes: number): SampleCoding | null {
	const isLittleEndian = (formatFlags & FLAG_LITTLE_ENDIAN) !== 0;
	if (sampleBits === 0 || sampleBits > 8 * containerBytes) return null;
	if ((formatFlags & FLAG_FLOAT) === 0) return signedInteger(containerBytes, isLittleEndian);
	return sampleBits === 8 * containerBytes ? float(containerBytes, isLittleEndian) : null;
}
