import { LooperError, MalformedAudioError } from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { type Chunk, fourCharacters, readView } from "../pcm/chunk-reader.ts";
import { aLaw, float, muLaw, type SampleCoding, signedInteger, unsigned8 } from "../pcm/sample-coding.ts";
import { supportedChannels, supportedSampleRate } from "../supported-audio.ts";
import { readExtendedFloat } from "./extended-float.ts";

/** The `COMM` chunk of an AIFF file. */
export interface AiffFormat {
	/** Offset of the chunk's body in the file, in bytes. */
	readonly byteOffset: number;
	readonly coding: SampleCoding;
	readonly channels: 1 | 2;
	readonly sampleRate: number;
	readonly frames: number;
}

const PLAIN_BYTES = 18;
const COMPRESSED_BYTES = 22;

/** Compression types of AIFF-C, by their four characters; integers without a fixed width use that of COMM. */
const codings: ReadonlyMap<string, (bits: number) => SampleCoding | null> = new Map([
	["NONE", (bits: number) => integer(bits, false)],
	["twos", (bits: number) => integer(bits, false)],
	["sowt", (bits: number) => integer(bits, true)],
	["raw ", (bits: number) => (bits > 0 && bits <= 8 ? unsigned8 : null)],
	["in24", () => signedInteger(3, false)],
	["in32", () => signedInteger(4, false)],
	["42ni", () => signedInteger(3, true)],
	["23ni", () => signedInteger(4, true)],
	["fl32", () => float(4, false)],
	["FL32", () => float(4, false)],
	["fl64", () => float(8, false)],
	["FL64", () => float(8, false)],
	["alaw", () => aLaw],
	["ALAW", () => aLaw],
	["ulaw", () => muLaw],
	["ULAW", () => muLaw],
]);

const codecNames: ReadonlyMap<string, string> = new Map([
	["ima4", "IMA ADPCM"],
	["MAC3", "MACE 3:1"],
	["MAC6", "MACE 6:1"],
	["GSM ", "GSM 6.10"],
	["QDMC", "QDesign"],
	["QDM2", "QDesign 2"],
	["Qclp", "Qualcomm PureVoice"],
	["ADP4", "Intel DVI ADPCM"],
	["G722", "G.722"],
	[".mp3", "MP3"],
	["mp4a", "AAC"],
	["alac", "ALAC"],
]);

/**
 * Reads a `COMM` chunk.
 *
 * Source: Apple, "Audio Interchange File Format AIFF-C", draft (1991), common chunk.
 *
 * @param isCompressed - true for AIFF-C, whose chunk names the coding
 * @throws MalformedAudioError if its fields contradict each other.
 * @throws LooperError `unsupported-format` naming the codec, `unsupported-channels` naming the count.
 */
export function readAiffFormat(source: ByteSource, chunk: Chunk, isCompressed: boolean): AiffFormat {
	const { bodyOffset, bodyBytes } = chunk;
	const leastBytes = isCompressed ? COMPRESSED_BYTES : PLAIN_BYTES;
	const view = readView(source, bodyOffset, Math.min(bodyBytes, leastBytes));
	if (view.byteLength < leastBytes) {
		throw new MalformedAudioError(
			bodyOffset,
			`The AIFF common chunk has ${view.byteLength} bytes; at least ${leastBytes} are needed. Export the file again.`,
		);
	}
	const compression = isCompressed ? fourCharacters(view, PLAIN_BYTES) : "NONE";
	const codingFor = codings.get(compression);
	if (codingFor === undefined) {
		const name = codecNames.get(compression) ?? `"${compression}"`;
		throw new LooperError(
			"unsupported-format",
			`This AIFF-C file holds ${name} audio, which cannot be loaded. Convert it to plain AIFF, WAV or FLAC.`,
		);
	}
	const channels = supportedChannels(view.getUint16(0), bodyOffset);
	const frames = view.getUint32(2);
	const bits = view.getUint16(6);
	const sampleRate = supportedSampleRate(Math.round(readExtendedFloat(view, 8)), bodyOffset + 8);
	const coding = codingFor(bits);
	if (coding === null) {
		throw new MalformedAudioError(
			bodyOffset + 6,
			`The AIFF file declares samples of ${bits} bits; 1 to 32 are valid. Export it again.`,
		);
	}
	return { byteOffset: bodyOffset, coding, channels, sampleRate, frames };
}

/** Integers of 1 to 32 bits, left-aligned in the fewest bytes that hold them. */
function integer(bits: number, isLittleEndian: boolean): SampleCoding | null {
	return signedInteger(Math.ceil(bits / 8), isLittleEndian);
}
