import { LooperError, MalformedAudioError } from "../../errors.ts";
import { type ByteSource, MAX_READ_BYTES } from "../../source/byte-source.ts";
import { charactersAt } from "../characters.ts";
import { OPUS_SAMPLE_RATE, type OpusHead, plainMapping, readOpusHead } from "../opus/opus-head.ts";
import { supportedChannels } from "../supported-audio.ts";
import { childElements, type EbmlElement, floatingPoint, readElement, unsignedInteger } from "./ebml.ts";
import * as ids from "./element-ids.ts";

/** The header of a Matroska file. */
export interface MatroskaHeader {
	readonly trackNumber: number;
	readonly head: OpusHead;
	/** Frames per unit of file time. */
	readonly framesPerTick: number;
	/** Declared frames, encoder delay included; 0 if not declared. */
	readonly declaredFrames: number;
	/** Offset of the first cluster or of damage in the header. */
	readonly audioOffset: number;
	/** Declared end of the recording in bytes; null if not declared. */
	readonly declaredEnd: number | null;
}

/** The fields of a track entry that are read. */
interface Track {
	readonly number: number;
	readonly type: number;
	readonly codec: string;
	readonly privateData: Uint8Array | null;
	readonly channels: number;
	readonly delayNanoseconds: number;
	readonly isEncoded: boolean;
}

const AUDIO_TRACK = 2;
const OPUS_CODEC = "A_OPUS";
const NANOSECONDS = 1e9;
const DEFAULT_TIMESTAMP_SCALE = 1e6;
/** Numbers above this do not fit the bytes of a block's track number. */
const MAX_TRACK_NUMBER = 2 ** 21;

/**
 * Reads the header of a Matroska or WebM file and selects its first Opus track.
 *
 * Source: RFC 9559, section 5.1.
 *
 * @param name - "WebM" or "Matroska"
 * @throws MalformedAudioError if there is no track list before the audio.
 * @throws LooperError `unsupported-format` naming the codec, `unsupported-channels` naming the count.
 */
export function readMatroskaHeader(source: ByteSource, name: string): MatroskaHeader {
	let tracks: Track[] | null = null;
	let timestampScale = DEFAULT_TIMESTAMP_SCALE;
	let duration = 0;
	let declaredEnd: number | null = null;
	let offset = 0;
	for (;;) {
		const element = readElement(source, offset);
		if (element === null || element.id === ids.CLUSTER) break;
		if (element.id === ids.SEGMENT) {
			if (element.end < Number.POSITIVE_INFINITY) declaredEnd = element.end;
			offset = element.bodyOffset;
			continue;
		}
		if (element.end > source.byteLength) break;
		if (element.id === ids.TRACKS) tracks ??= readTracks(bodyOf(source, element));
		if (element.id === ids.INFO) {
			for (const { id, body } of childElements(bodyOf(source, element))) {
				if (id === ids.TIMESTAMP_SCALE) timestampScale = unsignedInteger(body) || DEFAULT_TIMESTAMP_SCALE;
				if (id === ids.DURATION) duration = Math.max(0, floatingPoint(body)) || 0;
			}
		}
		offset = element.end;
	}
	if (tracks === null)
		throw new MalformedAudioError(offset, `The ${name} file has no list of tracks. Export it again.`);
	const track = chooseTrack(tracks, name);
	const framesPerTick = (timestampScale * OPUS_SAMPLE_RATE) / NANOSECONDS;
	return {
		trackNumber: track.number,
		head: readHead(track, offset),
		framesPerTick,
		declaredFrames: Math.round(duration * framesPerTick),
		audioOffset: offset,
		declaredEnd,
	};
}

function bodyOf(source: ByteSource, { bodyOffset, end }: EbmlElement): Uint8Array {
	return source.read(bodyOffset, Math.min(end - bodyOffset, MAX_READ_BYTES)).slice();
}

function readTracks(body: Uint8Array): Track[] {
	return [...childElements(body)].filter(({ id }) => id === ids.TRACK_ENTRY).map((entry) => readTrack(entry.body));
}

function readTrack(body: Uint8Array): Track {
	const fields = new Map<number, Uint8Array>();
	for (const { id, body: field } of childElements(body)) fields.set(id, field);
	const integer = (id: number) => unsignedInteger(fields.get(id) ?? new Uint8Array());
	const audio = [...childElements(fields.get(ids.AUDIO) ?? new Uint8Array())];
	const channels = audio.find(({ id }) => id === ids.CHANNELS);
	const codec = fields.get(ids.CODEC_ID) ?? new Uint8Array();
	return {
		number: integer(ids.TRACK_NUMBER),
		type: integer(ids.TRACK_TYPE),
		codec: charactersAt(codec, 0, Math.min(codec.length, 64)).replace(/\0.*/s, ""),
		privateData: fields.get(ids.CODEC_PRIVATE) ?? null,
		channels: channels === undefined ? 1 : unsignedInteger(channels.body),
		delayNanoseconds: integer(ids.CODEC_DELAY),
		isEncoded: fields.has(ids.CONTENT_ENCODINGS),
	};
}

function chooseTrack(tracks: readonly Track[], name: string): Track {
	const sound = tracks.filter(({ type, number }) => type === AUDIO_TRACK && number > 0 && number < MAX_TRACK_NUMBER);
	const track = sound.find(({ codec }) => codec === OPUS_CODEC);
	if (track?.isEncoded === false) return track;
	const [other] = sound;
	const what =
		track !== undefined
			? `is a ${name} file with compressed or encrypted tracks`
			: other !== undefined
				? `is a ${name} file with ${codecName(other.codec)} audio`
				: `is a ${name} file without audio`;
	throw new LooperError(
		"unsupported-format",
		`This ${what}; of ${name} only Opus audio can be loaded.${remedy(other)}`,
	);
}

function remedy(track: Track | undefined): string {
	return track === undefined ? "" : " Convert it to WAV, FLAC, MP3, Ogg Vorbis or Opus.";
}

const codecNames: readonly (readonly [id: string, name: string])[] = [
	["A_VORBIS", "Vorbis"],
	["A_AAC", "AAC"],
	["A_ALAC", "ALAC"],
	["A_FLAC", "FLAC"],
	["A_PCM", "PCM"],
	["A_MPEG/L3", "MP3"],
	["A_AC3", "AC-3"],
	["A_EAC3", "E-AC-3"],
	["A_DTS", "DTS"],
];

function codecName(codec: string): string {
	return codecNames.find(([id]) => codec.startsWith(id))?.[1] ?? `"${codec.replace(/[^\x20-\x7e]/g, "?")}"`;
}

function readHead(track: Track, byteOffset: number): OpusHead {
	if (track.privateData !== null) return readOpusHead(track.privateData, byteOffset);
	const channels = supportedChannels(track.channels, byteOffset);
	const preSkip = Math.round((track.delayNanoseconds * OPUS_SAMPLE_RATE) / NANOSECONDS);
	return { channels, preSkip, outputGain: 0, ...plainMapping(channels) };
}
