import { keyOfText } from "../../protocol/musical-key.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { firstSaid, NO_MUSIC, type TaggedMusic } from "../tags/tagged-music.ts";
import { tempoOfText } from "../tags/tempo-text.ts";
import { id3Frames } from "./id3-frames.ts";
import { readTexts } from "./id3-texts.ts";

/** In version 2.3 and later, and in 2.2. */
const tempoIds = ["TBPM", "TBP"];
const keyIds = ["TKEY", "TKE"];

/** The tempo and the key in an ID3v2 tag. */
export function readId3Music(source: ByteSource, tag: { readonly start: number; readonly end: number }): TaggedMusic {
	let music = NO_MUSIC;
	for (const { id, body } of id3Frames(source, tag, (name) => [...tempoIds, ...keyIds].includes(name))) {
		const [text = ""] = readTexts(body.subarray(1), body[0] ?? 0);
		const isTempo = tempoIds.includes(id);
		music = firstSaid(music, { tempo: isTempo ? tempoOfText(text) : null, key: isTempo ? null : keyOfText(text) });
	}
	return music;
}
