import { MalformedAudioError } from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { Damage } from "../damage.ts";
import type { DecodeContext } from "../decoder.ts";
import { supportedChannels, supportedSampleRate } from "../supported-audio.ts";
import { findFlacFrame } from "./find-frame.ts";
import { FlacDecoder } from "./flac-decoder.ts";
import { FrameReader } from "./frame-reader.ts";
import { type Frame, FrameSearch } from "./frame-search.ts";
import { type FlacMetadata, readMetadata, type StreamInfo } from "./stream-info.ts";

/** Average size of compressed music relative to its plain size. */
const TYPICAL_COMPRESSION = 0.6;
/** Digital silence aside, a frame takes at least one bit per channel. */
const MAX_SAMPLES_PER_BYTE = 8;

/** The first valid frame of a file. @throws MalformedAudioError without one, LooperError for too many channels. */
function findFirstFrame(reader: FrameReader, source: ByteSource, { streamInfo, ...metadata }: FlacMetadata): Frame {
	const { audioStart, surelyMetadata } = metadata;
	const first = reader.findHeader(audioStart);
	if (first !== null && first.offset === audioStart) supportedChannels(first.channels, audioStart);
	const terms = { channels: null, bits: streamInfo?.bits ?? 0, countsSamples: false };
	const { frame } = new FrameSearch(reader, terms).next(audioStart, null);
	const isLate = frame !== null && frame.offset > audioStart && frame.number > 0;
	if ((isLate || frame === null) && surelyMetadata < audioStart) {
		// Damaged metadata blocks may lead past the first frames.
		const { frame: earlier } = new FrameSearch(reader, terms).next(surelyMetadata, null);
		if (earlier !== null && earlier.number < (frame?.number ?? Number.POSITIVE_INFINITY)) return earlier;
	}
	if (frame !== null) return frame;
	if (streamInfo !== null) supportedChannels(streamInfo.channels, 0);
	else if (findFlacFrame(source, audioStart)?.bits === 0) throw missingHeader(audioStart, "depth (bits of a sample)");
	throw new MalformedAudioError(audioStart, "The FLAC file has no frame that can be decoded. Export it again.");
}

function missingHeader(byteOffset: number, what: string): MalformedAudioError {
	return new MalformedAudioError(
		byteOffset,
		`The FLAC frames take their ${what} from the file's header, which is missing or damaged. Copy the first 42 bytes of the original file in front of them, or export it again.`,
	);
}

/** The length in STREAMINFO, if a file of this size can have it. */
function declaredFrames(streamInfo: StreamInfo | null, audioBytes: number, first: Frame): number | null {
	const total = streamInfo?.totalFrames ?? 0;
	const densest = Math.max(MAX_SAMPLES_PER_BYTE / first.channels, first.blockFrames / first.bytes);
	return total > 0 && total <= audioBytes * densest ? total : null;
}

function estimateFrames(audioBytes: number, first: Frame): number {
	return Math.ceil((audioBytes * 8) / (first.bits * first.channels * TYPICAL_COMPRESSION));
}

function reportHeader({ hasMarker, streamInfo }: FlacMetadata, first: Frame, damage: Damage): void {
	if (streamInfo !== null) {
		reportContradictions(streamInfo, first, damage);
	} else if (hasMarker) {
		damage.report(4, "STREAMINFO is missing or damaged. The FLAC file was played with the format of its first frame.");
	} else if (first.offset === 0) {
		damage.report(0, "The FLAC file begins in mid-stream: its header is missing at 0.000 s.");
	} else {
		damage.report(0, `The FLAC file begins in mid-stream: its first ${first.offset} bytes were left out at 0.000 s.`);
	}
}

/** Start of the range that consists of frames or their remains. */
function findAudioStart({ hasMarker, audioStart, surelyMetadata }: FlacMetadata, first: Frame): number {
	// Without a header, nothing before the first whole frame is known to be missing.
	if (!hasMarker) return first.offset;
	return first.offset < audioStart ? surelyMetadata : audioStart;
}

function reportContradictions(streamInfo: StreamInfo, first: Frame, damage: Damage): void {
	const told = [streamInfo.channels, streamInfo.bits, streamInfo.sampleRate];
	const found = [first.channels, first.bits, first.sampleRate === 0 ? streamInfo.sampleRate : first.sampleRate];
	if (told.every((value, index) => value === found[index])) return;
	damage.report(
		0,
		`STREAMINFO declares ${told.join(", ")} (channels, bits, hertz), but the FLAC frames have ${found.join(", ")}.`,
	);
}

/**
 * True if frame headers hold the number of their first sample.
 *
 * Encoders older than the flag signalled it by differing block sizes; the second frame decides.
 */
function findNumbering(reader: FrameReader, first: Frame, streamInfo: StreamInfo | null): boolean {
	const hasOneSize = streamInfo !== null && streamInfo.blockFrames > 0;
	if (first.isVariable || hasOneSize || first.blockFrames === 1) return first.isVariable;
	return reader.findHeader(first.offset + first.bytes)?.number === first.number + first.blockFrames;
}

/**
 * Opens a FLAC file. The frames decide; the metadata may be wrong or missing.
 *
 * Thread: loader.
 * Source: M. van Beurden, A. Weaver, "Free Lossless Audio Codec (FLAC)", RFC 9639 (2024).
 *
 * @throws MalformedAudioError if no frame can be decoded, LooperError `unsupported-channels` for more than two.
 */
export async function openFlac(
	source: ByteSource,
	context: DecodeContext,
	damage: Damage = new Damage(context.strict),
): Promise<FlacDecoder> {
	const metadata = readMetadata(source);
	const { streamInfo } = metadata;
	const reader = new FrameReader(source, context.loaderModule);
	const first = findFirstFrame(reader, source, metadata);
	const sampleRate = first.sampleRate || (streamInfo?.sampleRate ?? 0);
	if (sampleRate === 0) throw missingHeader(first.offset, "sample rate");
	const audioStart = findAudioStart(metadata, first);
	const audioBytes = source.byteLength - audioStart;
	reportHeader(metadata, first, damage);
	const format = {
		name: "FLAC",
		sampleRate: supportedSampleRate(sampleRate, first.offset),
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
		// The first frame of a recording is full unless it is also the last.
		blockFrames: first.number === 0 ? first.blockFrames : streamInfo?.blockFrames || first.blockFrames,
	};
	return new FlacDecoder(reader, stream, damage);
}
