import { LooperError, MalformedAudioError } from "../../errors.ts";
import { type ByteSource, MAX_READ_BYTES } from "../../source/byte-source.ts";
import { aacCodec, aacPreroll } from "../aac/aac-codec.ts";
import { AAC_BLOCK_FRAMES, adtsFrame, hasRateIndex } from "../aac/adts.ts";
import { readAudioSpecificConfig } from "../aac/audio-specific-config.ts";
import { Damage } from "../damage.ts";
import type { OpenDecoder } from "../decoder.ts";
import { alacCodec } from "../platform/alac-codec.ts";
import type { PacketPlace, PacketStream, Recording } from "../platform/packet-stream.ts";
import type { PlatformCodec } from "../platform/platform-audio.ts";
import { openPlatformDecoder } from "../platform/platform-decoder.ts";
import { findPath } from "./boxes.ts";
import { readEditList } from "./edit-list.ts";
import { firstDecodeTime, fragmentPackets } from "./fragments.ts";
import { readGaplessNote } from "./itunes-gapless.ts";
import { playedFrames } from "./played-frames.ts";
import { readSoundDescription, type SoundDescription } from "./sample-description.ts";
import { SampleTables, type TimedPacket } from "./sample-tables.ts";
import { findSoundTrack, type SoundTrack } from "./sound-track.ts";

/** This many AAC packets are more audio than fits in the engine's memory. */
const MAX_PACKETS = 2 ** 20;

/** How to pass a track's packets to the decoder. */
interface PacketCoding {
	readonly codec: PlatformCodec;
	readonly prerollPackets: PacketStream["prerollPackets"];
	/** Wraps a packet for the platform's decoder. */
	frame(packet: Uint8Array): Uint8Array;
	/** Frames of a packet with a duration in frames. */
	framesOf(duration: number): number;
}

/**
 * Opens the sound of an MP4, M4A or QuickTime file: AAC or ALAC, in one piece or in fragments.
 *
 * Thread: loader.
 *
 * @throws MalformedAudioError if its index is damaged.
 * @throws LooperError `unsupported-format` naming the codec, `unsupported-channels` naming the count.
 */
export const openMp4: OpenDecoder = async (source, context) => {
	const track = findSoundTrack(source);
	const description = readSoundDescription(source, track.sampleTable);
	const coding = description.coding === "alac" ? alacCoding(description) : aacCoding(description);
	const { codec } = coding;
	const timed = packetsOf(source, track);
	const framesPerTick = codec.sampleRate / track.timescale;
	let packetCount = 0;
	let duration = 0;
	let estimatedFrames = 0;
	for (const packet of timed()) {
		if (++packetCount > MAX_PACKETS) {
			const message = `The MP4 file declares more than ${MAX_PACKETS} packets, more than fits in memory. Split the file into parts.`;
			throw new LooperError("out-of-memory", message);
		}
		duration += packet.duration;
		estimatedFrames += coding.framesOf(packet.duration * framesPerTick);
	}
	if (estimatedFrames === 0) {
		throw new MalformedAudioError(track.track.byteOffset, "The MP4 file's sound track is empty. Export it again.");
	}
	const damage = new Damage(context.strict);
	const sound = {
		sampleRate: codec.sampleRate,
		timescale: track.timescale,
		startTime: isFragmented(source, track) ? firstDecodeTime(source, track.trackId) : 0,
		duration,
		allFrames: estimatedFrames,
		isFragmented: isFragmented(source, track),
		note: noteOf(source, track, estimatedFrames),
		trimEncoderDelay: context.trimEncoderDelay,
	};
	const stream: PacketStream = {
		name: `${codec.name} in MP4`,
		codec,
		prerollPackets: coding.prerollPackets,
		...playedFrames(sound, readEditList(source, track), damage),
		estimatedFrames,
		*packets() {
			for (const { byteOffset, byteLength, duration: ticks } of timed()) {
				yield { byteOffset, byteLength, frames: coding.framesOf(ticks * framesPerTick), isAfterGap: false };
			}
		},
		read: (place) => readPacket(source, place, coding),
	};
	return openPlatformDecoder(stream, context, damage);
};

function aacCoding({ config, byteOffset }: SoundDescription): PacketCoding {
	const { coreObjectType, objectType, sampleRate, channelConfiguration, isShort } = readAudioSpecificConfig(config);
	if (coreObjectType < 1 || coreObjectType > 4 || isShort || !hasRateIndex(sampleRate)) {
		const what = `AAC of type ${coreObjectType} at ${sampleRate} Hz${isShort ? " in packets of 960 frames" : ""}`;
		throw new LooperError(
			"unsupported-format",
			`This file holds ${what}, which cannot be loaded. Convert it to WAV or FLAC.`,
		);
	}
	return {
		codec: aacCodec({ objectType, sampleRate, channelConfiguration }, byteOffset),
		prerollPackets: (isExtended) => aacPreroll(objectType, isExtended),
		frame: (packet) => adtsFrame({ objectType: coreObjectType, sampleRate, channelConfiguration }, packet),
		// A last packet that is declared shorter still has its full length.
		framesOf: () => AAC_BLOCK_FRAMES,
	};
}

function alacCoding({ config, byteOffset }: SoundDescription): PacketCoding {
	const codec = alacCodec(config, byteOffset);
	return {
		codec,
		prerollPackets: () => 0,
		frame: (packet) => packet.slice(),
		framesOf: (frames) => Math.min(Math.round(frames), codec.packetFrames),
	};
}

function packetsOf(source: ByteSource, track: SoundTrack): () => Iterable<TimedPacket> {
	if (isFragmented(source, track)) return () => fragmentPackets(source, track.movie, track.trackId);
	const tables = new SampleTables(source, track.sampleTable);
	return () => tables.packets();
}

function isFragmented(source: ByteSource, track: SoundTrack): boolean {
	return findPath(source, track.movie, ["mvex"]) !== null;
}

/** The iTunes note is exact to the frame; an edit list only if the movie clock is as fine as the track clock. */
function noteOf(source: ByteSource, track: SoundTrack, allFrames: number): Recording | null {
	const note = readGaplessNote(source, track.movie);
	return note !== null && note.start + note.frames <= allFrames ? note : null;
}

/** An impossibly long packet is passed on empty and counts as damaged. */
function readPacket(source: ByteSource, place: PacketPlace, coding: PacketCoding): Uint8Array | null {
	const { byteOffset, byteLength } = place;
	if (byteOffset < 0 || byteOffset + byteLength > source.byteLength) return null;
	const { packetFrames, channels } = coding.codec;
	const mostBytes = Math.min(MAX_READ_BYTES, packetFrames * channels * 8);
	const wantedBytes = byteLength > mostBytes ? 0 : byteLength;
	const packet = source.read(byteOffset, wantedBytes);
	return packet.length < wantedBytes ? null : coding.frame(packet);
}
