import type { OwnedBytes } from "../protocol/platform-types.ts";
import { concatenate, createChunk, writeCharacters } from "./chunk.ts";
import { frameBytes, type WavFormat } from "./encode-frames.ts";

/** What every WAV file says of its samples. */
export interface SampleForm {
	readonly format: WavFormat;
	/** 1 to 65,535. */
	readonly channels: number;
	/** Frames per second, 1..768,000. */
	readonly sampleRate: number;
	/** From 0 on. */
	readonly frames: number;
}

const PCM_FORMAT = 1;
const FLOAT_FORMAT = 3;
const RIFF_HEAD_BYTES = 12;
const DATA_HEAD_BYTES = 8;
const LONG_SIZES_BYTES = 28;
/** The 32-bit size that refers to the ds64 chunk. */
const SIZE_ELSEWHERE = 0xffff_ffff;

/**
 * The header of a WAV file, of a form that is known to be valid: see `wavHeader`.
 *
 * @param furtherChunks - metadata
 */
export function riffHeader(form: SampleForm, furtherChunks: readonly Uint8Array[] = []): OwnedBytes {
	const { format, channels, frames } = form;
	const dataBytes = frames * frameBytes(format, channels);
	const chunks = [formatChunk(form), ...(format === "f32" ? [factChunk(frames)] : []), ...furtherChunks];
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

function longSizesChunk(sizes: readonly number[]): Uint8Array {
	const { bytes, body } = createChunk("ds64", LONG_SIZES_BYTES);
	for (const [index, size] of sizes.entries()) body.setBigUint64(8 * index, BigInt(size), true);
	return bytes;
}

function formatChunk({ format, channels, sampleRate }: SampleForm): Uint8Array {
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
