/** How a WAV file holds its samples: 32-bit floating point, or 24-bit integers. */
export type WaveCoding = "f32" | "s24";

/** What a stereo WAV file's header says. */
export interface WaveForm {
	readonly coding: WaveCoding;
	readonly sampleRate: number;
	readonly frames: number;
}

const CHANNELS = 2;
const PCM_FORMAT = 1;
const FLOAT_FORMAT = 3;
/** Sizes in a RIFF file are 32 bits wide; this one says that the real one stands in the ds64 chunk. */
const SIZE_ELSEWHERE = 0xffff_ffff;
const CHUNK_HEAD_BYTES = 8;
const DS64_BYTES = 28;
const FORMAT_BYTES = 18;
const FACT_BYTES = 4;

/** Bytes of one frame, both channels. */
export function frameBytes(coding: WaveCoding): number {
	return CHANNELS * (coding === "f32" ? 4 : 3);
}

/**
 * The bytes before the samples of a stereo WAV file; RF64 beyond 4 GiB.
 *
 * Source: Microsoft and IBM, "Multimedia Programming Interface and Data Specifications 1.0" (1991), chapter 3; EBU Tech 3306,
 * "RF64: an extended file format for audio" (2009).
 */
export function waveHeader({ coding, sampleRate, frames }: WaveForm): Buffer {
	const dataBytes = frames * frameBytes(coding);
	const chunks = (isLong: boolean): Buffer[] => [
		...(isLong ? [chunk("ds64", DS64_BYTES)] : []),
		formatChunk(coding, sampleRate),
		...(coding === "f32" ? [chunk("fact", FACT_BYTES)] : []),
	];
	const riffBytes = (parts: readonly Buffer[]): number =>
		4 + parts.reduce((bytes, part) => bytes + part.length, 0) + CHUNK_HEAD_BYTES + dataBytes + (dataBytes % 2);
	const isLong = riffBytes(chunks(false)) >= SIZE_ELSEWHERE;
	const parts = chunks(isLong);
	if (coding === "f32") parts.at(-1)?.writeUInt32LE(Math.min(frames, SIZE_ELSEWHERE), CHUNK_HEAD_BYTES);
	if (isLong) {
		parts[0]?.writeBigUInt64LE(BigInt(riffBytes(parts)), CHUNK_HEAD_BYTES);
		parts[0]?.writeBigUInt64LE(BigInt(dataBytes), CHUNK_HEAD_BYTES + 8);
		parts[0]?.writeBigUInt64LE(BigInt(frames), CHUNK_HEAD_BYTES + 16);
	}
	const riff = chunk(isLong ? "RF64" : "RIFF", 4);
	riff.writeUInt32LE(isLong ? SIZE_ELSEWHERE : riffBytes(parts), 4);
	riff.write("WAVE", CHUNK_HEAD_BYTES, "latin1");
	const data = chunk("data", 0);
	data.writeUInt32LE(isLong ? SIZE_ELSEWHERE : dataBytes, 4);
	return Buffer.concat([riff, ...parts, data]);
}

function formatChunk(coding: WaveCoding, sampleRate: number): Buffer {
	const bytes = chunk("fmt ", FORMAT_BYTES);
	bytes.writeUInt16LE(coding === "f32" ? FLOAT_FORMAT : PCM_FORMAT, 8);
	bytes.writeUInt16LE(CHANNELS, 10);
	bytes.writeUInt32LE(sampleRate, 12);
	bytes.writeUInt32LE(sampleRate * frameBytes(coding), 16);
	bytes.writeUInt16LE(frameBytes(coding), 20);
	bytes.writeUInt16LE((8 * frameBytes(coding)) / CHANNELS, 22);
	return bytes;
}

function chunk(id: string, bytes: number): Buffer {
	const whole = Buffer.alloc(CHUNK_HEAD_BYTES + bytes);
	whole.write(id, 0, "latin1");
	whole.writeUInt32LE(bytes, 4);
	return whole;
}
