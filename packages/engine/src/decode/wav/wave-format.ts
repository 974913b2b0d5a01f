import { LooperError, MalformedAudioError } from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { type Chunk, readView } from "../pcm/chunk-reader.ts";
import { aLaw, float, muLaw, type SampleCoding, signedInteger, unsigned8 } from "../pcm/sample-coding.ts";
import { supportedChannels, supportedSampleRate } from "../supported-audio.ts";

/** What a WAVE file's `fmt ` chunk says. */
export interface WaveFormat {
	readonly coding: SampleCoding;
	readonly channels: 1 | 2;
	readonly sampleRate: number;
}

const PLAIN_BYTES = 16;
const EXTENSIBLE_BYTES = 40;

const FORMAT_PCM = 0x0001;
const FORMAT_FLOAT = 0x0003;
const FORMAT_A_LAW = 0x0006;
const FORMAT_MU_LAW = 0x0007;
const FORMAT_EXTENSIBLE = 0xfffe;

/** Bytes 2..15 of every subformat GUID that stands for a plain format tag. */
const SUBFORMAT_TAIL = [0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xaa, 0x00, 0x38, 0x9b, 0x71];

const codecNames: ReadonlyMap<number, string> = new Map([
	[0x0002, "Microsoft ADPCM"],
	[0x0011, "IMA ADPCM"],
	[0x0031, "GSM 6.10"],
	[0x0050, "MPEG audio layer II"],
	[0x0055, "MP3"],
	[0x00ff, "AAC"],
	[0x0161, "Windows Media Audio"],
	[0x2000, "AC-3"],
]);

/**
 * Reads a `fmt ` chunk.
 *
 * Source: Microsoft, "Multiple Channel Audio Data and WAVE Files" (2007), WAVEFORMATEX and WAVEFORMATEXTENSIBLE.
 *
 * @throws MalformedAudioError when its figures contradict each other.
 * @throws LooperError `unsupported-format` naming the codec, `unsupported-channels` naming the count.
 */
export function readWaveFormat(source: ByteSource, chunk: Chunk, isLittleEndian: boolean): WaveFormat {
	const { bodyOffset } = chunk;
	const view = readView(source, bodyOffset, Math.min(chunk.bodyBytes, EXTENSIBLE_BYTES));
	if (view.byteLength < PLAIN_BYTES) {
		throw new MalformedAudioError(
			bodyOffset,
			`The WAVE format chunk has ${view.byteLength} of at least ${PLAIN_BYTES} bytes.`,
		);
	}
	const tag = formatTag(view, bodyOffset, isLittleEndian);
	if (![FORMAT_PCM, FORMAT_FLOAT, FORMAT_A_LAW, FORMAT_MU_LAW].includes(tag)) {
		const name = codecNames.get(tag) ?? `codec 0x${tag.toString(16).padStart(4, "0")}`;
		throw new LooperError(
			"unsupported-format",
			`This WAV file holds ${name} audio, which cannot be loaded. Convert it to PCM WAV or FLAC.`,
		);
	}
	const channels = supportedChannels(view.getUint16(2, isLittleEndian), bodyOffset + 2);
	const sampleRate = supportedSampleRate(view.getUint32(4, isLittleEndian), bodyOffset + 4);
	const frameBytes = view.getUint16(12, isLittleEndian);
	const bits = view.getUint16(14, isLittleEndian);
	const coding = sampleCoding({ tag, bits, containerBytes: frameBytes / channels, isLittleEndian });
	if (coding === null) {
		throw new MalformedAudioError(
			bodyOffset + 12,
			`The WAVE format declares ${frameBytes} bytes a frame for ${channels} channels of ${bits} bits; it is damaged.`,
		);
	}
	return { coding, channels, sampleRate };
}

function formatTag(view: DataView, bodyOffset: number, isLittleEndian: boolean): number {
	const tag = view.getUint16(0, isLittleEndian);
	if (tag !== FORMAT_EXTENSIBLE) return tag;
	if (view.byteLength < EXTENSIBLE_BYTES) {
		throw new MalformedAudioError(
			bodyOffset + PLAIN_BYTES,
			`The extensible WAVE format chunk has ${view.byteLength} of ${EXTENSIBLE_BYTES} bytes; it is damaged.`,
		);
	}
	const isPlainTag = SUBFORMAT_TAIL.every((byte, index) => view.getUint8(26 + index) === byte);
	if (isPlainTag) return view.getUint16(24, isLittleEndian);
	const guid = Array.from({ length: 16 }, (_, index) =>
		view
			.getUint8(24 + index)
			.toString(16)
			.padStart(2, "0"),
	).join("");
	throw new LooperError(
		"unsupported-format",
		`This WAV file's subformat ${guid} is unknown and cannot be loaded. Convert it to PCM WAV or FLAC.`,
	);
}

/**
 * The coding of a sample's container; fewer valid bits stand at the top of it, so that full scale is the container's.
 *
 * @returns null when the container is no width that exists, or too narrow for the bits.
 */
function sampleCoding(written: {
	tag: number;
	bits: number;
	containerBytes: number;
	isLittleEndian: boolean;
}): SampleCoding | null {
	const { tag, bits, containerBytes, isLittleEndian } = written;
	const containerBits = 8 * containerBytes;
	if (tag === FORMAT_A_LAW || tag === FORMAT_MU_LAW) {
		if (containerBytes !== 1) return null;
		return tag === FORMAT_A_LAW ? aLaw : muLaw;
	}
	if (tag === FORMAT_FLOAT) return bits === containerBits ? float(containerBytes, isLittleEndian) : null;
	if (bits === 0 || bits > containerBits) return null;
	return containerBytes === 1 ? unsigned8 : signedInteger(containerBytes, isLittleEndian);
}
