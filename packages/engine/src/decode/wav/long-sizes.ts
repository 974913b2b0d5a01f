import { MalformedAudioError } from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { type Chunk, fourCharacters, readUint64, readView } from "../pcm/chunk-reader.ts";

/** Sizes of file and data, the number of frames, then a table of 12 bytes for each further long chunk. */
const LONG_SIZES_BYTES = 28;
const TABLE_ENTRY_BYTES = 12;
const MAXIMUM_TABLE_ENTRIES = 1_024;

/** Reads the `ds64` chunk of RF64 and adds the chunk sizes to the map. @returns the size of the file. */
export function readLongSizes(source: ByteSource, chunk: Chunk, trueBytes: Map<string, number>): number {
	const longest = LONG_SIZES_BYTES + MAXIMUM_TABLE_ENTRIES * TABLE_ENTRY_BYTES;
	const view = readView(source, chunk.bodyOffset, Math.min(chunk.bodyBytes, longest));
	if (view.byteLength < LONG_SIZES_BYTES) {
		throw new MalformedAudioError(
			chunk.bodyOffset,
			`The ds64 chunk has ${view.byteLength} bytes; at least ${LONG_SIZES_BYTES} are needed. Export the file again.`,
		);
	}
	const entries = Math.min(
		view.getUint32(24, true),
		Math.floor((view.byteLength - LONG_SIZES_BYTES) / TABLE_ENTRY_BYTES),
	);
	for (let index = 0; index < entries; index++) {
		const offset = LONG_SIZES_BYTES + index * TABLE_ENTRY_BYTES;
		trueBytes.set(fourCharacters(view, offset), readUint64(view, offset + 4, true));
	}
	trueBytes.set("data", readUint64(view, 8, true));
	return readUint64(view, 0, true);
}
