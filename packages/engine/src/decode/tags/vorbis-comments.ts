import { charactersAt } from "../characters.ts";
import { tempoOfText } from "./tempo-text.ts";

/** More comments than this are a denial of service. */
const MAX_COMMENTS = 4_096;
/** A longer comment is a picture, or a text. */
const MAX_COMMENT_BYTES = 64;
const LENGTH_BYTES = 4;

/**
 * The tempo in a list of Vorbis comments, `BPM` or `TEMPO`; null where there is none.
 *
 * Source: Xiph.Org Foundation, "Vorbis I specification", section 5.
 *
 * @param comments - the list from its vendor string on; what is behind its end is ignored
 */
export function tempoOfComments(comments: Uint8Array): number | null {
	const view = new DataView(comments.buffer, comments.byteOffset, comments.byteLength);
	const lengthAt = (offset: number): number =>
		offset + LENGTH_BYTES <= view.byteLength ? view.getUint32(offset, true) : 0;
	let offset = LENGTH_BYTES + lengthAt(0);
	const count = Math.min(lengthAt(offset), MAX_COMMENTS);
	offset += LENGTH_BYTES;
	for (let index = 0; index < count && offset + LENGTH_BYTES <= view.byteLength; index++) {
		const bytes = lengthAt(offset);
		const text = bytes <= MAX_COMMENT_BYTES ? charactersAt(comments, offset + LENGTH_BYTES, bytes) : "";
		const [, value = ""] = /^(?:BPM|TEMPO)=(.*)$/i.exec(text) ?? [];
		const tempo = tempoOfText(value);
		if (tempo !== null) return tempo;
		offset += LENGTH_BYTES + bytes;
	}
	return null;
}
