import { LooperError, MalformedAudioError } from "../../errors.ts";
import { supportedChannels, supportedSampleRate } from "../supported-audio.ts";
import type { Chunk } from "./chunk-reader.ts";
import { type SampleCoding, sampleBytes } from "./sample-codings.ts";

/** What a WAVE file's `fmt ` chunk says. */
export interface WaveFormat {
	readonly coding: SampleCoding;
	readonly channels: 1 | 2;
	readonly sampleRate: number;
	/** Bytes of one frame. */
	readonly frameBytes: number;
}

const FORMAT_PCM = 0x0001;
const FORMAT_FLOAT = 0x0003;
const FORMAT_EXTENSIBLE = 0xfffe;

/** Bytes 2..15 of every subformat GUID that stands for a plain format tag. */
const SUBFORMAT_TAIL = [0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xaa, 0x00, 0x38, 0x9b, 0x71];

const codecNames: ReadonlyMap<number, string> = new Map([
	[0x0002, "Microsoft ADPCM"],
	[0x0006, "A-law"],
	[0x0007, "\u00b5-law"],
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
export function readWaveFormat(bytes: Uint8Array, chunk: Chunk): WaveFormat {
	const { bodyOffset } = chunk;
	if (chunk.bodyBytes < 16) {
		throw new MalformedAudioError(bodyOffset, `The WAVE format chunk has ${chunk.bodyBytes} of at least 16 bytes.`);
	}
	const view = new DataView(bytes.buffer, bytes.byteOffset + bodyOffset, chunk.bodyBytes);
	const tag = formatTag(view, bodyOffset);
	if (tag !== FORMAT_PCM && tag !== FORMAT_FLOAT) {
		const name = codecNames.get(tag) ?? `codec 0x${tag.toString(16).padStart(4, "0")}`;
		throw new LooperError(
			"unsupported-format",
			`This WAV file holds ${name} audio, which cannot be loaded. Convert it to PCM WAV or FLAC.`,
		);
	}
	const channels = supportedChannels(view.getUint16(2, true), bodyOffset + 2);
	const sampleRate = supportedSampleRate(view.getUint32(4, true), bodyOffset + 4);
	const frameBytes = view.getUint16(12, true);
	const bits = view.getUint16(14, true);
	const coding = sampleCoding(tag === FORMAT_FLOAT, bits, frameBytes / channels);
	if (coding === null) {
		throw new MalformedAudioError(
			bodyOffset + 12,
			`The WAVE format declares ${frameBytes} bytes a frame for ${channels} channels of ${bits} bits; it is damaged.`,
		);
	}
	return { coding, channels, sampleRate, frameBytes };
}

function formatTag(view: DataView, bodyOffset: number): number {
	const tag = view.getUint16(0, true);
	if (tag !== FORMAT_EXTENSIBLE) return tag;
	if (view.byteLength < 40) {
		throw new MalformedAudioError(
			bodyOffset + 16,
			`The extensible WAVE format chunk has ${view.byteLength} of 40 bytes; it is damaged.`,
		);
	}
	const isPlainTag = SUBFORMAT_TAIL.every((byte, index) => view.getUint8(26 + index) === byte);
	if (isPlainTag) return view.getUint16(24, true);
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
function sampleCoding(isFloat: boolean, bits: number, containerBytes: number): SampleCoding | null {
	const codings: readonly SampleCoding[] = isFloat ? ["f32", "f64"] : ["u8", "s16", "s24", "s32"];
	const coding = codings.find((candidate) => sampleBytes[candidate] === containerBytes);
	if (coding === undefined || bits === 0 || bits > 8 * containerBytes) return null;
	if (isFloat && bits !== 8 * containerBytes) return null;
	return coding;
}
