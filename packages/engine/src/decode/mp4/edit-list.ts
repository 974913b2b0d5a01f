import type { ByteSource } from "../../source/byte-source.ts";
import { readUint64 } from "../pcm/chunk-reader.ts";
import { findPath, readBody } from "./boxes.ts";
import { EntryTable } from "./entry-table.ts";
import { readTimescale, type SoundTrack } from "./sound-track.ts";

/** One edit as stored in the file. */
export interface EditEntry {
	/** In ticks of the movie clock. */
	readonly duration: number;
	/** Its start in the media, in ticks of the track clock; null for silence. */
	readonly mediaTime: number | null;
	/** Playback speed, 1 is normal. */
	readonly rate: number;
}

/** A track's edits in order. */
export interface EditList {
	readonly entries: readonly EditEntry[];
	/** Offset of the list in the file. */
	readonly byteOffset: number;
	/** Ticks per second of the movie clock; 0 if the file has none. */
	readonly movieTimescale: number;
}

const FLAGS_BYTES = 4;
const ENTRY_BYTES = 12;
const LONG_ENTRY_BYTES = 20;
const RATE_ONE = 0x1_0000;

/**
 * Reads the edit list of a track.
 *
 * Source: ISO/IEC 14496-12:2022, section 8.6.6.
 */
export function readEditList(source: ByteSource, track: SoundTrack): EditList | null {
	const box = findPath(source, track.track, ["edts", "elst"]);
	if (box === null) return null;
	const body = readBody(source, box);
	const isLong = body.byteLength > 0 && body.getUint8(0) === 1;
	const table = new EntryTable(body, FLAGS_BYTES, isLong ? LONG_ENTRY_BYTES : ENTRY_BYTES);
	const entries = Array.from({ length: table.count }, (_value, entry) => {
		const offset = table.offsetOf(entry);
		const mediaTime = isLong ? Number(body.getBigInt64(offset + 8)) : body.getInt32(offset + 4);
		return {
			duration: isLong ? readUint64(body, offset, false) : body.getUint32(offset),
			// Only -1 means silence, and no other negative time is possible.
			mediaTime: mediaTime < 0 ? null : mediaTime,
			rate: body.getInt32(offset + (isLong ? 16 : 8)) / RATE_ONE,
		};
	});
	const movieTimescale = readTimescale(source, findPath(source, track.movie, ["mvhd"]));
	return { entries, byteOffset: box.byteOffset, movieTimescale };
}
