import { ascii, concat } from "./fixtures.ts";

/** A chunk of AIFF, RIFX or, with `isLittleEndian`, RIFF, padded to an even length. */
export function iffChunk(
	id: string,
	body: Uint8Array,
	{ declaredBytes = body.length, isLittleEndian = false } = {},
): Uint8Array<ArrayBuffer> {
	return concat([ascii(id), bytes32(declaredBytes, isLittleEndian), body, new Uint8Array(body.length % 2)]);
}

/** A CAF chunk: 64-bit size, body not padded. */
export function cafChunk(id: string, body: Uint8Array, declaredBytes: number = body.length): Uint8Array<ArrayBuffer> {
	return concat([ascii(id), bytes64(declaredBytes), body]);
}

/** A 16-bit integer. */
export function bytes16(value: number, isLittleEndian = false): Uint8Array {
	const bytes = Uint8Array.of(value >> 8, value);
	return isLittleEndian ? bytes.toReversed() : bytes;
}

/** A 32-bit integer. */
export function bytes32(value: number, isLittleEndian = false): Uint8Array {
	const bytes = Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
	return isLittleEndian ? bytes.toReversed() : bytes;
}

/** A 64-bit integer, exact up to 2^53. */
export function bytes64(value: number, isLittleEndian = false): Uint8Array {
	const high = Math.floor(value / 2 ** 32);
	const bytes = concat([bytes32(high), bytes32(value - high * 2 ** 32)]);
	return isLittleEndian ? bytes.toReversed() : bytes;
}

/** A double, big-endian. */
export function bytesOfDouble(value: number): Uint8Array {
	const bytes = new Uint8Array(8);
	new DataView(bytes.buffer).setFloat64(0, value);
	return bytes;
}

/** Options of an AIFF file. */
export interface AiffOptions {
	readonly channels: number;
	readonly bits: number;
	/** The rate as a 10-byte extended float; default 48 kHz. */
	readonly rate?: Uint8Array;
	/** Makes the file AIFF-C. */
	readonly compression?: string;
	readonly declaredFrames?: number;
	/** Bytes between the sound chunk's header and its first sample. */
	readonly soundOffset?: number;
	readonly declaredSoundBytes?: number;
	/** Whole chunks before and after the sound. */
	readonly before?: readonly Uint8Array[];
	readonly after?: readonly Uint8Array[];
	readonly soundFirst?: boolean;
}

/** 48,000 as an 80-bit extended float: 1.46484375 times 2^15. */
const RATE_48_KHZ = Uint8Array.of(0x40, 0x0e, 0xbb, 0x80, 0, 0, 0, 0, 0, 0);

/** An AIFF file of encoded samples. */
export function writeAiff(data: Uint8Array, options: AiffOptions): Uint8Array<ArrayBuffer> {
	const frames = options.declaredFrames ?? Math.floor(data.length / (options.channels * Math.ceil(options.bits / 8)));
	const common = concat([
		bytes16(options.channels),
		bytes32(frames),
		bytes16(options.bits),
		options.rate ?? RATE_48_KHZ,
		options.compression === undefined ? new Uint8Array(0) : ascii(`${options.compression}\0\0`),
	]);
	const gap = new Uint8Array(options.soundOffset ?? 0).fill(0x5a);
	const sound = concat([bytes32(gap.length), bytes32(0), gap, data]);
	const two = [
		iffChunk("COMM", common),
		iffChunk("SSND", sound, { declaredBytes: options.declaredSoundBytes ?? sound.length }),
	];
	const chunks = options.soundFirst ? two.toReversed() : two;
	const type = ascii(options.compression === undefined ? "AIFF" : "AIFC");
	return iffChunk("FORM", concat([type, ...(options.before ?? []), ...chunks, ...(options.after ?? [])]));
}

/** The WAV header of a compressed stream. */
export interface StreamOptions {
	readonly tag: number;
	readonly channels: number;
	readonly sampleRate: number;
	readonly declaredBytes?: number;
	/** Bytes after the data. */
	readonly after?: Uint8Array;
}

/** A WAV file with a compressed stream as its data. */
export function writeStreamInWave(stream: Uint8Array, options: StreamOptions): Uint8Array<ArrayBuffer> {
	const { tag, channels, sampleRate, declaredBytes = stream.length, after = new Uint8Array(0) } = options;
	const little = { isLittleEndian: true };
	const format = [bytes16(tag, true), bytes16(channels, true), bytes32(sampleRate, true), bytes32(16_000, true)];
	const body = concat([...format, bytes16(1, true), bytes16(0, true), bytes16(0, true)]);
	const fact = iffChunk("fact", bytes32(12_345, true), little);
	const data = iffChunk("data", stream, { ...little, declaredBytes });
	return iffChunk("RIFF", concat([ascii("WAVE"), iffChunk("fmt ", body, little), fact, data, after]), little);
}

/** The description of a CAF file; other fields follow from it. */
export interface CafOptions {
	readonly channels: number;
	readonly formatId?: string;
	readonly flags?: number;
	readonly bits: number;
	readonly packetBytes?: number;
	readonly packetFrames?: number;
	readonly sampleRate?: number;
	readonly declaredDataBytes?: number;
	/** Whole chunks before and after the data. */
	readonly before?: readonly Uint8Array[];
	readonly after?: readonly Uint8Array[];
}

/** A CAF file of encoded samples. */
export function writeCaf(data: Uint8Array, options: CafOptions): Uint8Array<ArrayBuffer> {
	const description = concat([
		bytesOfDouble(options.sampleRate ?? 48_000),
		ascii(options.formatId ?? "lpcm"),
		bytes32(options.flags ?? 0),
		bytes32(options.packetBytes ?? options.channels * Math.ceil(options.bits / 8)),
		bytes32(options.packetFrames ?? 1),
		bytes32(options.channels),
		bytes32(options.bits),
	]);
	return concat([
		ascii("caff\0\x01\0\0"),
		cafChunk("desc", description),
		...(options.before ?? []),
		cafChunk("data", concat([bytes32(0), data]), options.declaredDataBytes),
		...(options.after ?? []),
	]);
}
