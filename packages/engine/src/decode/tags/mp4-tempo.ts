import type { ByteSource } from "../../source/byte-source.ts";
import { findBox, findPath } from "../mp4/boxes.ts";
import { metaItems } from "../mp4/meta-items.ts";

/** Type and locale before a value. */
const DATA_HEAD_BYTES = 8;
const MAX_VALUE_BYTES = 4;

/** The tempo in the tags of an MP4 file, a whole number; null where there is none, or 0. Source: as iTunes writes it. */
export function readMp4Tempo(source: ByteSource): number | null {
	const movie = findBox(source, { start: 0, end: source.byteLength }, "moov");
	if (movie === null) return null;
	for (const item of metaItems(source, movie)) {
		if (item.type !== "tmpo") continue;
		const data = findPath(source, item, ["data"]);
		if (data === null) return null;
		const bytes = source.read(data.bodyOffset, Math.min(data.end - data.bodyOffset, DATA_HEAD_BYTES + MAX_VALUE_BYTES));
		const tempo = bytes.subarray(DATA_HEAD_BYTES).reduce((value, byte) => value * 256 + byte, 0);
		return tempo > 0 ? tempo : null;
	}
	return null;
}
