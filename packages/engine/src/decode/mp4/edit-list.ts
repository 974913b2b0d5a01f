import type { ByteSource } from "../../source/byte-source.ts";
import { readUint64 } from "../pcm/chunk-reader.ts";
import { findPath, readBody } from "./boxes.ts";
import { EntryTable } from "./entry-table.ts";
import { readTimescale, type SoundTrack } from "./sound-track.ts";

/** The part of a track's decoded time that is to be heard, in ticks of the track's clock. */
export interface HeardTime {
	readonly start: number;
	readonly duration: number;
}

const FLAGS_BYTES = 4;

/**
 * What the edit list leaves of a track: from its first edit's start to the end of the packets, or to the edit's end
 * where that is earlier by more than the movie's clock rounds.
 *
 * Source: ISO/IEC 14496-12:2022, section 8.6.6.
 *
 * @param duration - of all packets together, in ticks of the track's clock
 */
export function readEditList(source: ByteSource, track: SoundTrack, duration: number): HeardTime {
	const whole = { start: 0, duration };
	const box = findPath(source, track.track, ["edts", "elst"]);
	if (box === null) return whole;
	const body = readBody(source, box);
	const isLong = body.byteLength > 0 && body.getUint8(0) === 1;
	const table = new EntryTable(body, FLAGS_BYTES, isLong ? 20 : 12);
	const movieTimescale = readTimescale(source, findPath(source, track.movie, ["mvhd"]));
	for (let entry = 0; entry < table.count; entry++) {
		const offset = table.offsetOf(entry);
		const editTicks = isLong ? readUint64(body, offset, false) : body.getUint32(offset);
		const start = isLong ? Number(body.getBigInt64(offset + 8)) : body.getInt32(offset + 4);
		// An empty edit is a pause before the sound.
		if (start < 0) continue;
		if (start >= duration) return whole;
		const left = duration - start;
		const ticksPerMovieTick = movieTimescale > 0 ? track.timescale / movieTimescale : 0;
		const edited = editTicks * ticksPerMovieTick;
		const isLast = entry === table.count - 1;
		const isShorter = isLast && edited > 0 && edited + Math.max(1, ticksPerMovieTick) < left;
		return { start, duration: isShorter ? Math.round(edited) : left };
	}
	return whole;
}
