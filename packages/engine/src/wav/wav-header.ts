import { checkInteger, checkObject, checkOneOf } from "../check-arguments.ts";
import { checkKnown } from "../check-known.ts";
import type { OwnedBytes } from "../protocol/platform-types.ts";
import type { SampleMetadata } from "../protocol/sample-metadata.ts";
import { concatenate, createChunk, writeCharacters } from "./chunk.ts";
import { frameBytes, type WavFormat } from "./encode-frames.ts";
import { metadataChunks } from "./metadata-chunks.ts";

/** What the header of a WAV file says. */
export interface WavForm {
	readonly format: WavFormat;
	/** 1 to 65,535. */
	readonly channels: number;
	/** Frames per second, 1..768,000. */
	readonly sampleRate: number;
	/** From 0 on. */
	readonly frames: number;
	readonly metadata?: Partial<SampleMetadata>;
}

export const MAX_SAMPLE_RATE = 768_000;
const MAX_CHANNELS = 65_535;
const PCM_FORMAT = 1;
const FLOAT_FORMAT = 3;
const RIFF_HEAD_BYTES = 12;
const DATA_HEAD_BYTES = 8;
const LONG_SIZES_BYTES = 28;
/** The 32-bit size that refers to the ds64 chunk. */
const SIZE_ELSEWHERE = 0xffff_ffff;

/**
 * The bytes before the samples of a WAV file; RF64 from 4 GiB on. An odd number of bytes of samples is followed by a zero.
 *
 * The length does not depend on the frames where there is no metadata: a recording begins with a header of 0 frames, which is
 * overwritten at its end. For this, room for the sizes of RF64 is kept in a `JUNK` chunk.
 *
 * Source: Microsoft and IBM, "Multimedia Programming Interface and Data Specifications 1.0" (1991), chapter 3; EBU, "RF64: An extended
 * file format for audio data", Tech 3306 (2018).
 *
 * @throws TypeError or RangeError, naming what is wrong in the form.
 */
export function wavHeader(form: WavForm): OwnedBytes {
	checkForm(form);
	const { format, channels, frames, metadata } = form;
	const dataBytes = frames * frameBytes(format, channels);
	const chunks = [
		formatChunk(form),
		...(format === "f32" ? [factChunk(frames)] : []),
		...(metadata === undefined ? [] : metadataChunks(metadata, form)),
	];
	const longSizesBytes = DATA_HEAD_BYTES + LONG_SIZES_BYTES;
	const chunkBytes = chunks.reduce((bytes, { length }) => bytes + length, longSizesBytes + DATA_HEAD_BYTES);
	const riffBytes = RIFF_HEAD_BYTES - 8 + chunkBytes + dataBytes + (dataBytes % 2);
	const isLong = riffBytes >= SIZE_ELSEWHERE;
	const riff = new Uint8Array(RIFF_HEAD_BYTES);
	writeCharacters(riff, 0, isLong ? "RF64" : "RIFF");
	new DataView(riff.buffer).setUint32(4, isLong ? SIZE_ELSEWHERE : riffBytes, true);
	writeCharacters(riff, 8, "WAVE");
	const longSizes = isLong
		? longSizesChunk([riffBytes, dataBytes, frames])
		: createChunk("JUNK", LONG_SIZES_BYTES).bytes;
	const data = createChunk("data", 0).bytes;
	new DataView(data.buffer).setUint32(4, isLong ? SIZE_ELSEWHERE : dataBytes, true);
	return concatenate([riff, longSizes, ...chunks, data]);
}

function checkForm(form: WavForm): void {
	checkObject("form", form);
	checkKnown(form, { format: true, channels: true, sampleRate: true, frames: true, metadata: true });
	checkOneOf("format", form.format, ["f32", "s24"]);
	checkInteger("channels", form.channels, 1, MAX_CHANNELS);
	checkInteger("sampleRate", form.sampleRate, 1, MAX_SAMPLE_RATE);
	checkInteger("frames", form.frames, 0, Number.MAX_SAFE_INTEGER);
	if (form.metadata !== undefined) checkObject("metadata", form.metadata);
}

function longSizesChunk(sizes: readonly number[]): Uint8Array {
	const { bytes, body } = createChunk("ds64", LONG_SIZES_BYTES);
	for (const [index, size] of sizes.entries()) body.setBigUint64(8 * index, BigInt(size), true);
	return bytes;
}

function formatChunk({ format, channels, sampleRate }: WavForm): Uint8Array {
	const isFloat = format === "f32";
	const bytesPerFrame = frameBytes(format, channels);
	const { bytes, body } = createChunk("fmt ", isFloat ? 18 : 16);
	body.setUint16(0, isFloat ? FLOAT_FORMAT : PCM_FORMAT, true);
	body.setUint16(2, channels, true);
	body.setUint32(4, sampleRate, true);
	body.setUint32(8, sampleRate * bytesPerFrame, true);
	body.setUint16(12, bytesPerFrame, true);
	body.setUint16(14, (8 * bytesPerFrame) / channels, true);
	return bytes;
}

function factChunk(frames: number): Uint8Array {
	const { bytes, body } = createChunk("fact", 4);
	body.setUint32(0, Math.min(frames, SIZE_ELSEWHERE), true);
	return bytes;
}
