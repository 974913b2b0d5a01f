import { keyOfText } from "../../protocol/musical-key.ts";
import { charactersAt } from "../characters.ts";
import { firstSaid, NO_MUSIC, type TaggedMusic } from "./tagged-music.ts";
import { tempoOfText } from "./tempo-text.ts";

/** More comments than this are a denial of service. */
const MAX_COMMENTS = 4_096;
/** A longer comment is a picture, or a text. */
const MAX_COMMENT_BYTES = 64;
const LENGTH_BYTES = 4;

/**
 * The music in a list of Vorbis comments: the tempo in `BPM` or `TEMPO`, the key in `INITIALKEY`, `INITIAL_KEY` or `KEY`.
 *
 * Source: Xiph.Org Foundation, "Vorbis I specification", section 5.
 *
 * @param comments - the list from its vendor string on; what is behind its end is ignored
 */
export function musicOfComments(comments: Uint8Array): TaggedMusic {
	const view = new DataView(comments.buffer, comments.byteOffset, comments.byteLength);
	const lengthAt = (offset: number): number =>
		offset + LENGTH_BYTES <= view.byteLength ? view.getUint32(offset, true) : 0;
	let music = NO_MUSIC;
	let offset = LENGTH_BYTES + lengthAt(0);
	const count = Math.min(lengthAt(offset), MAX_COMMENTS);
	offset += LENGTH_BYTES;
	for (let index = 0; index < count && offset + LENGTH_BYTES <= view.byteLength; index++) {
		const bytes = lengthAt(offset);
		const text = bytes <= MAX_COMMENT_BYTES ? charactersAt(comments, offset + LENGTH_BYTES, bytes) : "";
		const [, tempo = ""] = /^(?:BPM|TEMPO)=(.*)$/i.exec(text) ?? [];
		const [, key = ""] = /^(?:INITIAL_?KEY|KEY)=(.*)$/i.exec(text) ?? [];
		music = firstSaid(music, { tempo: tempoOfText(tempo), key: keyOfText(key) });
		offset += LENGTH_BYTES + bytes;
	}
	return music;
}
