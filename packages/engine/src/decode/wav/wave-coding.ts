import { MalformedAudioError } from "../../errors.ts";
import type { Contradiction } from "../pcm/pcm-decoder.ts";
import {
	channelsOfBits,
	contradictionsOf,
	type PlainCodec,
	type PlainData,
	readPlainCoding,
} from "../pcm/plain-coding.ts";
import type { SampleCoding } from "../pcm/sample-coding.ts";
import { supportedChannels, supportedSampleRate } from "../supported-audio.ts";
import type { WaveFormat } from "./wave-format.ts";

/** The sample coding of a WAVE file. */
export interface WaveCoding {
	readonly channels: 1 | 2;
	readonly sampleRate: number;
	readonly coding: SampleCoding;
	readonly contradictions: readonly Contradiction[];
}

/** Offsets of the bytes per frame and of the bits in the format chunk. */
const FRAME_BYTES_OFFSET = 12;

/**
 * Determines the sample coding of a WAVE file.
 *
 * @throws MalformedAudioError if the format is impossible.
 * @throws LooperError `unsupported-channels` naming the count.
 */
export async function readWaveCoding(
	format: WaveFormat & { readonly codec: PlainCodec },
	data: PlainData,
): Promise<WaveCoding> {
	const { bits, frameBytes, byteRate } = format;
	const channels = supportedChannels(format.channels, format.byteOffset + 2);
	const sampleRate = supportedSampleRate(format.sampleRate, format.byteOffset + 4);
	const byteOffset = format.byteOffset + FRAME_BYTES_OFFSET;
	const figures = `${channelsOfBits({ channels, bits })} at ${sampleRate} Hz, but ${frameBytes} bytes per frame and ${byteRate} per second`;
	const read = await readPlainCoding({ ...format, channels, sampleRate, hasSignedBytes: false }, data);
	if (read === null) {
		throw new MalformedAudioError(byteOffset, `The WAV format is impossible: ${figures}. Export the file again.`);
	}
	return { channels, sampleRate, coding: read.coding, contradictions: contradictionsOf(read, figures, byteOffset) };
}
