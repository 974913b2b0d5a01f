import { checkInteger, checkObject, checkOneOf } from "../check-arguments.ts";
import { checkKnown } from "../check-known.ts";
import type { OwnedBytes } from "../protocol/platform-types.ts";
import type { SampleMetadata } from "../protocol/sample-metadata.ts";
import { encodeFrames, frameBytes, type WavFormat } from "./encode-frames.ts";
import { MAX_SAMPLE_RATE, wavHeader } from "./wav-header.ts";

/** How a WAV file is written. */
export interface EncodeWavOptions {
	/** Frames per second, 1..768,000. */
	readonly sampleRate: number;
	/** "f32" keeps every bit; "s24" rounds to the nearest, clamps, and does not dither. Default "f32". */
	readonly format?: WavFormat;
	/** Loops and places in frames of `channels`; what is not valid is left out. */
	readonly metadata?: Partial<SampleMetadata>;
}

/** Frames interleaved at a time. */
const PIECE_FRAMES = 16_384;

/**
 * A WAV file in memory; RF64 from 4 GiB on.
 *
 * Thread: any.
 *
 * @param channels - one or two arrays of equal length, nominally -1..1
 * @throws TypeError or RangeError for wrong arguments.
 */
export function encodeWav(channels: readonly Float32Array[], options: EncodeWavOptions): OwnedBytes {
	const frames = checkChannels(channels);
	checkObject("options", options);
	checkKnown(options, { sampleRate: true, format: true, metadata: true });
	const { sampleRate, format = "f32", metadata } = options;
	checkInteger("sampleRate", sampleRate, 1, MAX_SAMPLE_RATE);
	checkOneOf("format", format, ["f32", "s24"]);
	if (metadata !== undefined) checkObject("metadata", metadata);
	const form = { format, channels: channels.length, sampleRate, frames, ...(metadata !== undefined && { metadata }) };
	const header = wavHeader(form);
	const dataBytes = frames * frameBytes(format, channels.length);
	const file = new Uint8Array(header.length + dataBytes + (dataBytes % 2));
	file.set(header);
	let offset = header.length;
	for (let start = 0; start < frames; start += PIECE_FRAMES) {
		const piece = encodeFrames(interleave(channels, start, Math.min(start + PIECE_FRAMES, frames)), format);
		file.set(piece, offset);
		offset += piece.length;
	}
	return file;
}

function checkChannels(channels: readonly Float32Array[]): number {
	const areArrays = Array.isArray(channels) && channels.every((channel) => channel instanceof Float32Array);
	const [first, second] = areArrays ? channels : [];
	if (first === undefined || channels.length > 2)
		throw new TypeError("The channels must be one or two Float32Arrays. Pass an array of them.");
	if (second === undefined || second.length === first.length) return first.length;
	const lengths = `${first.length} and ${second.length} frames`;
	throw new RangeError(`The channels must be of equal length, not ${lengths}. Cut the longer one.`);
}

function interleave(channels: readonly Float32Array[], start: number, end: number): Float32Array<ArrayBuffer> {
	const count = channels.length;
	const samples = new Float32Array((end - start) * count);
	for (const [channel, source] of channels.entries()) {
		const part = source.subarray(start, end);
		for (let frame = 0; frame < part.length; frame++) samples[frame * count + channel] = part[frame] ?? 0;
	}
	return samples;
}
