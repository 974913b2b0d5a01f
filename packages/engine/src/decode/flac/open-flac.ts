import { MalformedAudioError } from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { Damage } from "../damage.ts";
import type { DecodeContext } from "../decoder.ts";
import { supportedChannels, supportedSampleRate } from "../supported-audio.ts";
import { FlacDecoder } from "./flac-decoder.ts";
import { FrameReader } from "./frame-reader.ts";
import { type Frame, FrameSearch } from "./frame-search.ts";
import { readMetadata, type StreamInfo } from "./stream-info.ts";

/** What music takes of its plain size, on average. */
const TYPICAL_COMPRESSION = 0.6;
/** Digital silence aside, a frame takes at least one bit a channel. */
const MAX_SAMPLES_PER_BYTE = 8;

/** The first sound frame of a file; refuses a file that has none, or too many channels. */
function findFirstFrame(reader: FrameReader, audioStart: number, streamInfo: StreamInfo | null): Frame {
	const first = reader.findHeader(audioStart);
	if (first !== null && first.offset === audioStart) supportedChannels(first.channels, audioStart);
	const terms = { channels: null, bits: streamInfo?.bits ?? 0, countsSamples: false };
	const { frame } = new FrameSearch(reader, terms).next(audioStart, null);
	if (frame !== null) return frame;
	if (streamInfo !== null) supportedChannels(streamInfo.channels, 0);
	throw new MalformedAudioError(audioStart, "FLAC file has no frame that can be decoded: it is damaged or cut off");
}

/** STREAMINFO's length, if a file of this size can have it. */
function declaredFrames(streamInfo: StreamInfo | null, audioBytes: number, first: Frame): number | null {
	const total = streamInfo?.totalFrames ?? 0;
	const densest = Math.max(MAX_SAMPLES_PER_BYTE / first.channels, first.blockFrames / first.bytes);
	return total > 0 && total <= audioBytes * densest ? total : null;
}

function estimateFrames(audioBytes: number, first: Frame): number {
	return Math.ceil((audioBytes * 8) / (first.bits * first.channels * TYPICAL_COMPRESSION));
}
function reportContradictions(streamInfo: StreamInfo, first: Frame, damage: Damage): void {
	const told = [streamInfo.channels, streamInfo.bits, streamInfo.sampleRate];
	const found = [first.channels, first.bits, first.sampleRate === 0 ? streamInfo.sampleRate : first.sampleRate];
	if (told.every((value, index) => value === found[index])) return;
	damage.report(
		0,
		`FLAC STREAMINFO says ${told.join(", ")} (channels, bits, hertz); the audio has ${found.join(", ")}.`,
	);
}

/**
 * True when frames bear the number of their first sample.
 *
 * Encoders older than the bit that says so told it by block sizes that differ; the second frame decides.
 */
function findNumbering(reader: FrameReader, first: Frame, streamInfo: StreamInfo | null): boolean {
	if (first.isVariable || streamInfo?.blockFrames !== 0 || first.blockFrames === 1) return first.isVariable;
	return reader.findHeader(first.offset + first.bytes)?.number === first.number + first.blockFrames;
}

/**
 * Opens a FLAC file; its frames count, its metadata may be wrong or missing.
 *
 * Thread: loader.
 * Source: M. van Beurden, A. Weaver, "Free Lossless Audio Codec (FLAC)", RFC 9639 (2024).
 *
 * @throws MalformedAudioError when no frame can be decoded, LooperError `unsupported-channels` for more than two.
 */
export async function openFlac(
	source: ByteSource,
	context: DecodeContext,
	damage: Damage = new Damage(context.strict),
): Promise<FlacDecoder> {
	const { streamInfo, audioStart } = readMetadata(source);
	const reader = new FrameReader(source, context.loaderModule);
	const first = findFirstFrame(reader, audioStart, streamInfo);
	const audioBytes = source.byteLength - audioStart;
	if (streamInfo !== null) reportContradictions(streamInfo, first, damage);
	const format = {
		name: "FLAC",
		sampleRate: supportedSampleRate(first.sampleRate || (streamInfo?.sampleRate ?? 0), first.offset),
		channels: supportedChannels(first.channels, first.offset),
		frames: declaredFrames(streamInfo, audioBytes, first) ?? estimateFrames(audioBytes, first),
	};
	const stream = {
		format,
		audioStart,
		source,
		bits: streamInfo?.bits ?? 0,
		totalFrames: streamInfo?.totalFrames ?? 0,
		countsSamples: findNumbering(reader, first, streamInfo),
		// The first frame of a recording is full, unless it is the last too.
		blockFrames: first.number === 0 ? first.blockFrames : streamInfo?.blockFrames || first.blockFrames,
	};
	return new FlacDecoder(reader, stream, damage);
}
