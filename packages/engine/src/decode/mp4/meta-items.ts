import type { ByteSource } from "../../source/byte-source.ts";
import { type Box, findPath, readBoxes } from "./boxes.ts";

const META_FLAGS_BYTES = 4;

/** The tags of a movie as iTunes writes them, one box each. */
export function* metaItems(source: ByteSource, movie: Box): Generator<Box, void, undefined> {
	const meta = findPath(source, movie, ["udta", "meta"]);
	if (meta === null) return;
	const list = findPath(source, { ...meta, bodyOffset: meta.bodyOffset + META_FLAGS_BYTES }, ["ilst"]);
	if (list !== null) yield* readBoxes(source, list.bodyOffset, list.end);
}
