import { LooperError, MalformedAudioError } from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { fourCharacters } from "../pcm/chunk-reader.ts";
import { type Box, findBox, findPath, readBody, readBoxes } from "./boxes.ts";

/** The sound track of an MP4 or QuickTime file. */
export interface SoundTrack {
	readonly movie: Box;
	readonly track: Box;
	readonly sampleTable: Box;
	readonly trackId: number;
	/** Ticks per second of the track clock. */
	readonly timescale: number;
}

const MAX_TRACKS = 64;

/**
 * Finds the first sound track.
 *
 * @throws MalformedAudioError without an index, LooperError `unsupported-format` without sound.
 */
export function findSoundTrack(source: ByteSource): SoundTrack {
	const movie = findBox(source, { start: 0, end: source.byteLength }, "moov");
	if (movie === null) {
		const reason =
			"The MP4 file has no index (moov box): it was not finished or is truncated. Export or download it again.";
		throw new MalformedAudioError(source.byteLength, reason);
	}
	let trackCount = 0;
	for (const track of readBoxes(source, movie.bodyOffset, movie.end)) {
		if (track.type !== "trak") continue;
		const media = findPath(source, track, ["mdia"]);
		if (media !== null && handlerOf(source, media) === "soun") return describe(source, { movie, track, media });
		if (++trackCount === MAX_TRACKS) break;
	}
	throw new LooperError("unsupported-format", "This MP4 file has no sound track. Choose a file with sound.");
}

function describe(source: ByteSource, { movie, track, media }: { movie: Box; track: Box; media: Box }): SoundTrack {
	const sampleTable = findPath(source, media, ["minf", "stbl"]);
	const timescale = readTimescale(source, findPath(source, media, ["mdhd"]));
	if (sampleTable === null || timescale === 0) {
		throw new MalformedAudioError(
			track.byteOffset,
			"The MP4 file's sound track has no packet tables. Export it again.",
		);
	}
	return { movie, track, sampleTable, trackId: readTrackId(source, track), timescale };
}

function handlerOf(source: ByteSource, media: Box): string {
	const handler = findPath(source, media, ["hdlr"]);
	if (handler === null) return "";
	const body = readBody(source, handler);
	return body.byteLength < 12 ? "" : fourCharacters(body, 8);
}

/** Ticks per second of a media or movie header, 0 without one. */
export function readTimescale(source: ByteSource, header: Box | null): number {
	return header === null ? 0 : versionedWord(readBody(source, header));
}

function readTrackId(source: ByteSource, track: Box): number {
	const header = findPath(source, track, ["tkhd"]);
	return header === null ? 0 : versionedWord(readBody(source, header));
}

/** The word after the creation and modification times, which have 64 bits in version 1. */
function versionedWord(body: DataView): number {
	const offset = body.byteLength > 0 && body.getUint8(0) === 1 ? 20 : 12;
	return body.byteLength >= offset + 4 ? body.getUint32(offset) : 0;
}
