import type { ByteSource } from "../../source/byte-source.ts";
import { GAPLESS_NOTE_NAME, parseGaplessNote } from "../gapless-note.ts";
import { type Box, findPath, readBody } from "./boxes.ts";
import { metaItems } from "./meta-items.ts";

/** Version, flags, type and locale before a value. */
const DATA_HEAD_BYTES = 8;
const NAME_HEAD_BYTES = 4;
const MAX_TEXT_BYTES = 1_024;

/** The recording according to the iTunes gapless note in the movie's tags, in frames. */
export function readGaplessNote(source: ByteSource, movie: Box): { start: number; frames: number } | null {
	for (const item of metaItems(source, movie)) {
		if (item.type !== "----" || textOf(source, item, "name", NAME_HEAD_BYTES) !== GAPLESS_NOTE_NAME) continue;
		const note = parseGaplessNote(textOf(source, item, "data", DATA_HEAD_BYTES));
		return note === null ? null : { start: note.before, frames: note.frames };
	}
	return null;
}

function textOf(source: ByteSource, item: Box, type: string, headBytes: number): string {
	const box = findPath(source, item, [type]);
	if (box === null || box.end - box.bodyOffset > MAX_TEXT_BYTES) return "";
	const bytes = new Uint8Array(readBody(source, box).buffer).subarray(headBytes);
	return String.fromCharCode(...bytes);
}
