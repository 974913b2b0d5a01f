import { LooperError, MalformedAudioError } from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { type Chunk, readView } from "../pcm/chunk-reader.ts";
import type { PlainCodec } from "../pcm/plain-coding.ts";
import { codecName } from "./codec-names.ts";

/** A supported codec in a WAVE file. */
type WaveCodec = PlainCodec | "mp3" | "ogg-vorbis";

/** The `fmt ` chunk of a WAVE file; only the codec is checked. */
export interface WaveFormat {
	readonly codec: WaveCodec;
	/** Offset of the chunk's body in the file, in bytes. */
	readonly byteOffset: number;
	readonly isLittleEndian: boolean;
	readonly channels: number;
	readonly sampleRate: number;
	/** Bytes per second. */
	readonly byteRate: number;
	/** Bytes per frame: the block align. */
	readonly frameBytes: number;
	/** Bits per sample, or per container in an extensible chunk; 0 if absent. */
	readonly bits: number;
	/** Bits per sample in an extensible chunk, else 0. */
	readonly validBits: number;
}

/** Size without the bits, which the first version of the chunk lacks. */
const OLDEST_BYTES = 14;
const PLAIN_BYTES = 16;
const EXTENSIBLE_BYTES = 40;

const FORMAT_EXTENSIBLE = 0xfffe;

/** Bytes 2..15 of every subformat GUID that represents a plain format tag. */
const SUBFORMAT_TAIL = [0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xaa, 0x00, 0x38, 0x9b, 0x71];

/** Format tags of the supported codecs; the Vorbis tags distinguish the modes of its ACM codec. */
const codecs: ReadonlyMap<number, WaveCodec> = new Map([
	[0x0001, "integer"],
	[0x0003, "float"],
	[0x0006, "a-law"],
	[0x0007, "mu-law"],
	[0x0055, "mp3"],
	[0x674f, "ogg-vorbis"],
	[0x6750, "ogg-vorbis"],
	[0x6751, "ogg-vorbis"],
	[0x676f, "ogg-vorbis"],
	[0x6770, "ogg-vorbis"],
	[0x6771, "ogg-vorbis"],
]);

/**
 * Reads a `fmt ` chunk.
 *
 * Source: Microsoft, "Multiple Channel Audio Data and WAVE Files" (2007), WAVEFORMATEX and WAVEFORMATEXTENSIBLE.
 *
 * @throws MalformedAudioError if it is too short.
 * @throws LooperError `unsupported-format` naming the codec.
 */
export function readWaveFormat(source: ByteSource, chunk: Chunk, isLittleEndian: boolean): WaveFormat {
	const { bodyOffset } = chunk;
	const view = readView(source, bodyOffset, Math.min(chunk.bodyBytes, EXTENSIBLE_BYTES));
	if (view.byteLength < OLDEST_BYTES) {
		throw new MalformedAudioError(
			bodyOffset,
			`The WAVE format chunk has ${view.byteLength} bytes; at least ${OLDEST_BYTES} are needed. Export the file again.`,
		);
	}
	const tag = formatTag(view, bodyOffset, isLittleEndian);
	const codec = codecs.get(tag);
	if (codec === undefined) {
		throw new LooperError(
			"unsupported-format",
			`This WAV file holds ${codecName(tag)} audio, which cannot be loaded. Convert it to PCM WAV or FLAC.`,
		);
	}
	const isExtensible = view.getUint16(0, isLittleEndian) === FORMAT_EXTENSIBLE;
	return {
		codec,
		byteOffset: bodyOffset,
		isLittleEndian,
		channels: view.getUint16(2, isLittleEndian),
		sampleRate: view.getUint32(4, isLittleEndian),
		byteRate: view.getUint32(8, isLittleEndian),
		frameBytes: view.getUint16(12, isLittleEndian),
		bits: view.byteLength < PLAIN_BYTES ? 0 : view.getUint16(14, isLittleEndian),
		validBits: isExtensible ? view.getUint16(18, isLittleEndian) : 0,
	};
}

function formatTag(view: DataView, bodyOffset: number, isLittleEndian: boolean): number {
	const tag = view.getUint16(0, isLittleEndian);
	if (tag !== FORMAT_EXTENSIBLE) return tag;
	if (view.byteLength < EXTENSIBLE_BYTES) {
		throw new MalformedAudioError(
			bodyOffset + PLAIN_BYTES,
			`The extensible WAVE format chunk has ${view.byteLength} bytes; ${EXTENSIBLE_BYTES} are needed. Export the file again.`,
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
		`This WAV file has the unknown subformat ${guid}. Convert it to PCM WAV or FLAC.`,
	);
}
