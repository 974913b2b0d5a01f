import type { ByteSource } from "../../source/byte-source.ts";
import { tempoOfText } from "../tags/tempo-text.ts";
import { id3Frames } from "./id3-frames.ts";
import { readTexts } from "./id3-texts.ts";

/** In version 2.3 and later, and in 2.2. */
const tempoIds = ["TBPM", "TBP"];

/** The tempo in an ID3v2 tag; null where there is none. */
export function readId3Tempo(source: ByteSource, tag: { readonly start: number; readonly end: number }): number | null {
	for (const { body } of id3Frames(source, tag, (id) => tempoIds.includes(id))) {
		const [text = ""] = readTexts(body.subarray(1), body[0] ?? 0);
		const tempo = tempoOfText(text);
		if (tempo !== null) return tempo;
	}
	return null;
}
