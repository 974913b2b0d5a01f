import type { ByteSource } from "../../source/byte-source.ts";
import { type Box, findPath, readBody, readBoxes } from "./boxes.ts";

/** What iTunes writes of an encoder's delay, in frames. */
export interface GaplessNote {
	readonly start: number;
	readonly frames: number;
}

const META_FLAGS_BYTES = 4;
/** Version, flags, type and locale before a value. */
const DATA_HEAD_BYTES = 8;
const NAME_HEAD_BYTES = 4;
const MOST_TEXT_BYTES = 1_024;

/** The note named iTunSMPB among the movie's tags: hexadecimal numbers, of which the second is the delay and the fourth the length. */
export function readGaplessNote(source: ByteSource, movie: Box): GaplessNote | null {
	const meta = findPath(source, movie, ["udta", "meta"]);
	if (meta === null) return null;
	const list = findPath(source, { ...meta, bodyOffset: meta.bodyOffset + META_FLAGS_BYTES }, ["ilst"]);
	if (list === null) return null;
	for (const item of readBoxes(source, list.bodyOffset, list.end)) {
		if (item.type !== "----" || textOf(source, item, "name", NAME_HEAD_BYTES) !== "iTunSMPB") continue;
		const numbers = textOf(source, item, "data", DATA_HEAD_BYTES)
			.trim()
			.split(/\s+/)
			.map((text) => Number.parseInt(text, 16));
		const [, start = Number.NaN, , frames = Number.NaN] = numbers;
		return start >= 0 && frames > 0 ? { start, frames } : null;
	}
	return null;
}

function textOf(source: ByteSource, item: Box, type: string, headBytes: number): string {
	const box = findPath(source, item, [type]);
	if (box === null || box.end - box.bodyOffset > MOST_TEXT_BYTES) return "";
	const bytes = new Uint8Array(readBody(source, box).buffer).subarray(headBytes);
	return String.fromCharCode(...bytes);
}
