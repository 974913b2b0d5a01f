import type { ByteSource } from "../../source/byte-source.ts";
import { charactersAt } from "../characters.ts";
import { GAPLESS_NOTE_NAME, type GaplessNote, parseGaplessNote } from "../gapless-note.ts";
import { leadingTags } from "../mp3/tags.ts";
import { id3Frames } from "./id3-frames.ts";

/** Text encodings by their number in the tag. */
const UTF_16 = 1;
const UTF_16_BIG_ENDIAN = 2;
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

/** Zero-terminated texts. Of 8-bit encodings, only their common characters are decoded correctly. */
function readTexts(bytes: Uint8Array, encoding: number): string[] {
	if (encoding !== UTF_16 && encoding !== UTF_16_BIG_ENDIAN) return charactersAt(bytes, 0, bytes.length).split("\0");
	let isBigEndian = encoding === UTF_16_BIG_ENDIAN;
	let texts = "";
	for (let offset = 0; offset + 2 <= bytes.length; offset += 2) {
		const [one, other] = [bytes[offset]!, bytes[offset + 1]!];
		// Each text may begin with a byte order mark.
		if (one === 0xfe && other === 0xff) isBigEndian = true;
		else if (one === 0xff && other === 0xfe) isBigEndian = false;
		else texts += String.fromCharCode(isBigEndian ? (one << 8) | other : (other << 8) | one);
	}
	return texts.split("\0");
}
