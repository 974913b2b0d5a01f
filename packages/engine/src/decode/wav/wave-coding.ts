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

/** How a WAVE file's samples are written. */
export interface WaveCoding {
	readonly channels: 1 | 2;
	readonly sampleRate: number;
	readonly coding: SampleCoding;
	readonly contradictions: readonly Contradiction[];
}

/** Where the bytes of a frame stand in the format, and then the bits. */
const FRAME_BYTES_OFFSET = 12;

/**
 * Decides how a WAVE file's samples are written.
 *
 * @throws MalformedAudioError when the figures of the format cannot be true.
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
		throw new MalformedAudioError(byteOffset, `The WAV format cannot be true: ${figures}. Export the file again.`);
	}
	return { channels, sampleRate, coding: read.coding, contradictions: contradictionsOf(read, figures, byteOffset) };
}
