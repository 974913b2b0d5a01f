import { LooperError, MalformedAudioError } from "../../errors.ts";
import { supportedChannels } from "../supported-audio.ts";

/** All Opus streams are decoded at this rate. */
export const OPUS_SAMPLE_RATE = 48_000;

/** The identification header of an Opus stream. */
export interface OpusHead {
	readonly channels: 1 | 2;
	/** Frames at the start that only prime the decoder. */
	readonly preSkip: number;
	/** Gain to decode with, in 1/256 decibels. */
	readonly outputGain: number;
	/** True if the stream can be decoded to one or two channels. */
	readonly isPlain: boolean;
	readonly streamCount: number;
	readonly coupledStreamCount: number;
	/** The decoded channel of each output channel; 255 is silence. */
	readonly mapping: readonly number[];
}

const MAGIC = "OpusHead";
const PLAIN_BYTES = 19;
const TABLE_OFFSET = 21;
/** Families whose header has a plain mapping table: surround, ambisonics, discrete channels. */
const tabledFamilies: readonly number[] = [1, 2, 255];

/** Whether a packet is an identification header. */
export function isOpusHead(packet: Uint8Array): boolean {
	return String.fromCharCode(...packet.subarray(0, MAGIC.length)) === MAGIC;
}

/**
 * Reads an identification header.
 *
 * Source: RFC 7845, section 5.1.
 *
 * @param byteOffset - its offset in the file, for errors
 * @throws MalformedAudioError if it is truncated or contradicts itself.
 * @throws LooperError `unsupported-channels` naming the count, `unsupported-format` for a later version.
 */
export function readOpusHead(packet: Uint8Array, byteOffset: number): OpusHead {
	if (!isOpusHead(packet) || packet.length < PLAIN_BYTES) throw damagedHead(byteOffset);
	const view = new DataView(packet.buffer, packet.byteOffset, packet.length);
	const version = view.getUint8(8);
	if (version >= 16) {
		throw new LooperError(
			"unsupported-format",
			`The file uses version ${version} of Opus; only version 1 can be loaded. Convert it to WAV or FLAC.`,
		);
	}
	const channels = supportedChannels(view.getUint8(9), byteOffset);
	return {
		channels,
		preSkip: view.getUint16(10, true),
		outputGain: view.getInt16(16, true),
		...readMapping(view, channels, byteOffset),
	};
}

type Mapping = Pick<OpusHead, "isPlain" | "streamCount" | "coupledStreamCount" | "mapping">;

function readMapping(view: DataView, channels: 1 | 2, byteOffset: number): Mapping {
	const family = view.getUint8(18);
	if (family === 0) return plainMapping(channels);
	if (!tabledFamilies.includes(family)) {
		throw new LooperError(
			"unsupported-format",
			`The file is Opus with channel mapping family ${family}, which cannot be loaded. Export it in stereo.`,
		);
	}
	if (view.byteLength < TABLE_OFFSET + channels) throw damagedHead(byteOffset);
	const streamCount = view.getUint8(19);
	const coupledStreamCount = view.getUint8(20);
	const mapping = Array.from({ length: channels }, (_channel, index) => view.getUint8(TABLE_OFFSET + index));
	const decoded = streamCount + coupledStreamCount;
	const isPossible = streamCount > 0 && coupledStreamCount <= streamCount && decoded <= 255;
	if (!isPossible || mapping.some((channel) => channel >= decoded && channel !== 255)) throw damagedHead(byteOffset);
	return { isPlain: false, streamCount, coupledStreamCount, mapping };
}

/** One stream that decodes to one or two channels, regardless of its source. */
export function plainMapping(channels: 1 | 2): Mapping {
	return {
		isPlain: true,
		streamCount: 1,
		coupledStreamCount: channels - 1,
		mapping: channels === 1 ? [0] : [0, 1],
	};
}

function damagedHead(byteOffset: number): MalformedAudioError {
	return new MalformedAudioError(byteOffset, "The Opus identification header is damaged. Export the file again.");
}
