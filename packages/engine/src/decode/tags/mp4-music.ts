import { keyOfText } from "../../protocol/musical-key.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { charactersAt } from "../characters.ts";
import { type Box, findBox, findPath } from "../mp4/boxes.ts";
import { metaItems } from "../mp4/meta-items.ts";
import { firstSaid, NO_MUSIC, type TaggedMusic } from "./tagged-music.ts";

/** Type and locale before a value, and flags before a name. */
const DATA_HEAD_BYTES = 8;
const NAME_HEAD_BYTES = 4;
const MAX_TEMPO_BYTES = 4;
/** Longer texts are neither the name nor the value of a key. */
const MAX_TEXT_BYTES = 64;

/** The tempo, a whole number, and the key in the tags of an MP4 file. Source: as iTunes and Mixed In Key write them. */
export function readMp4Music(source: ByteSource): TaggedMusic {
	const movie = findBox(source, { start: 0, end: source.byteLength }, "moov");
	if (movie === null) return NO_MUSIC;
	let music = NO_MUSIC;
	for (const item of metaItems(source, movie)) {
		if (item.type === "tmpo") music = firstSaid(music, { tempo: tempoOf(source, item), key: null });
		if (item.type === "----") music = firstSaid(music, { tempo: null, key: keyOf(source, item) });
	}
	return music;
}

function tempoOf(source: ByteSource, item: Box): number | null {
	const bytes = bodyOf(source, findPath(source, item, ["data"]), DATA_HEAD_BYTES + MAX_TEMPO_BYTES);
	const tempo = bytes.subarray(DATA_HEAD_BYTES).reduce((value, byte) => value * 256 + byte, 0);
	return tempo > 0 ? tempo : null;
}

/** The key of an item of free form, if that is what it is named. */
function keyOf(source: ByteSource, item: Box): TaggedMusic["key"] {
	const name = bodyOf(source, findPath(source, item, ["name"]), NAME_HEAD_BYTES + MAX_TEXT_BYTES);
	if (charactersAt(name, NAME_HEAD_BYTES, MAX_TEXT_BYTES).toLowerCase() !== "initialkey") return null;
	const data = bodyOf(source, findPath(source, item, ["data"]), DATA_HEAD_BYTES + MAX_TEXT_BYTES);
	return keyOfText(charactersAt(data, DATA_HEAD_BYTES, MAX_TEXT_BYTES));
}

/** Valid until the next read. */
function bodyOf(source: ByteSource, box: Box | null, maxBytes: number): Uint8Array {
	if (box === null) return new Uint8Array();
	return source.read(box.bodyOffset, Math.min(box.end - box.bodyOffset, maxBytes));
}
