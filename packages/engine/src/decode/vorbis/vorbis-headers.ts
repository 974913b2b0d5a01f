import { MalformedAudioError } from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { OggPackets } from "../ogg/ogg-packets.ts";
import { type OggPage, validPages } from "../ogg/ogg-pages.ts";
import { supportedChannels, supportedSampleRate } from "../supported-audio.ts";

/** The headers of a Vorbis stream. */
export interface VorbisHeaders {
	readonly serial: number;
	readonly channels: 1 | 2;
	readonly sampleRate: number;
	/** Maximum frames of a packet. */
	readonly packetFrames: number;
	readonly identification: Uint8Array;
	readonly setup: Uint8Array;
	/** Expected offset and sequence number of the first page of audio. */
	readonly audioOffset: number;
	readonly audioSequence: number;
	/** The stream ends with its headers. */
	readonly isEmpty: boolean;
	/** Serial numbers of the parallel streams. */
	readonly otherSerials: ReadonlySet<number>;
}

const IDENTIFICATION_BYTES = 30;
const HEADER_PACKETS = 3;
/** Parallel streams that are told apart. */
const MAX_STREAMS = 64;

/** Whether a packet is a Vorbis header of a type: 1 identification, 3 comments, 5 setup. */
function isVorbisHeader(packet: Uint8Array, type: number): boolean {
	return packet[0] === type && String.fromCharCode(...packet.subarray(1, 7)) === "vorbis";
}

/**
 * Reads the three headers of the first Vorbis stream at or after an offset of an Ogg file.
 *
 * Source: Xiph.Org, "Vorbis I specification" (2020), sections 4.2 and A.2.
 *
 * @param from - where to begin, in bytes from the start of the file
 * @throws MalformedAudioError if one is missing, damaged or contradicts itself.
 * @throws LooperError `unsupported-channels` naming the count.
 */
export function readVorbisHeaders(source: ByteSource, from: number): VorbisHeaders {
	let stream: { readonly serial: number; readonly packets: OggPackets } | null = null;
	const headers: Uint8Array[] = [];
	const otherSerials = new Set<number>();
	for (const page of validPages(source, from)) {
		if (page.isFirst && (stream === null || page.serial !== stream.serial)) {
			const packets = new OggPackets();
			const [identification] = stream === null ? packets.completedIn(page) : [];
			if (identification === undefined || !isVorbisHeader(identification, 1)) {
				if (otherSerials.size < MAX_STREAMS) otherSerials.add(page.serial);
				continue;
			}
			stream = { serial: page.serial, packets };
			headers.push(identification.slice());
		} else if (page.serial === stream?.serial)
			headers.push(...stream.packets.completedIn(page).map((packet) => packet.slice()));
		if (headers.length >= HEADER_PACKETS) return { ...checkedHeaders(headers, page), otherSerials };
	}
	throw new MalformedAudioError(
		source.byteLength,
		"The Ogg Vorbis file ends before its headers are complete. Export it again.",
	);
}

function checkedHeaders(headers: readonly Uint8Array[], page: OggPage): Omit<VorbisHeaders, "otherSerials"> {
	const [identification, comments, setup] = headers as [Uint8Array, Uint8Array, Uint8Array];
	const { offset } = page;
	if (!isVorbisHeader(comments, 3) || !isVorbisHeader(setup, 5) || identification.length < IDENTIFICATION_BYTES) {
		throw new MalformedAudioError(offset, "The Ogg Vorbis headers are damaged. Export the file again.");
	}
	const view = new DataView(identification.buffer, identification.byteOffset, IDENTIFICATION_BYTES);
	const shortBits = view.getUint8(28) & 0x0f;
	const longBits = view.getUint8(28) >> 4;
	if (view.getUint32(7, true) !== 0 || shortBits < 6 || longBits < shortBits || longBits > 13) {
		throw new MalformedAudioError(offset, "The Ogg Vorbis identification header is damaged. Export the file again.");
	}
	return {
		serial: page.serial,
		channels: supportedChannels(view.getUint8(11), offset),
		sampleRate: supportedSampleRate(view.getUint32(12, true), offset),
		packetFrames: 2 ** (longBits - 1),
		identification,
		setup,
		audioOffset: page.end,
		isEmpty: page.isLast,
		audioSequence: (page.sequence + 1) >>> 0,
	};
}
