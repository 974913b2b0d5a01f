import type { ByteSource } from "../../source/byte-source.ts";
import { GAPLESS_NOTE_NAME, type GaplessNote, parseGaplessNote } from "../gapless-note.ts";
import { leadingTags } from "../mp3/tags.ts";
import { id3Frames } from "./id3-frames.ts";
import { readTexts } from "./id3-texts.ts";

const LANGUAGE_BYTES = 3;
/** Comments and user-defined texts, in version 2.2 and later. */
const commentIds = ["COM", "COMM"];
const textIds = ["TXX", "TXXX"];

/**
 * Reads the iTunes gapless note (encoder delay and padding) from the ID3v2 tags at the head of a file: a comment or a
 * user-defined text of that name.
 *
 * @returns null if there is none
 */
export function readId3GaplessNote(source: ByteSource): GaplessNote | null {
	const isWanted = (id: string) => commentIds.includes(id) || textIds.includes(id);
	for (const tag of leadingTags(source)) {
		for (const { id, body } of id3Frames(source, tag, isWanted)) {
			const texts = body.subarray(1 + (commentIds.includes(id) ? LANGUAGE_BYTES : 0));
			const [name = "", text = ""] = readTexts(texts, body[0] ?? 0);
			const note = name.trim() === GAPLESS_NOTE_NAME ? parseGaplessNote(text) : null;
			if (note !== null) return note;
		}
	}
	return null;
}
