import type { SampleMetadata } from "../../protocol/sample-metadata.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { type Chunk, type ChunkLayout, readChunks, readView } from "../pcm/chunk-reader.ts";

/** Collects what the chunks of one format say. Sizes and counts in them are not trusted. */
export interface MetadataReader {
	/** Reads a chunk that it knows; ignores any other. */
	take(source: ByteSource, chunk: Chunk): void;
	/** Frames and numbers in it are unchecked. */
	readonly metadata: SampleMetadata;
}

/** Longest part of one chunk that is read. */
const MAX_CHUNK_BYTES = 2 ** 18;

/** A view of a chunk's body; valid until the next read. */
export function chunkView(source: ByteSource, { bodyOffset, bodyBytes }: Chunk): DataView {
	return readView(source, bodyOffset, Math.min(bodyBytes, MAX_CHUNK_BYTES));
}

/**
 * Reads the chunks behind the audio when it is called, which is after the audio: a file that is read forward is not read twice.
 *
 * @param layout - begins behind the audio; null when nothing follows it
 */
export function metadataWithEnd(
	reader: MetadataReader,
	source: ByteSource,
	layout: ChunkLayout | null,
): () => SampleMetadata {
	return () => {
		for (const chunk of layout === null ? [] : readChunks(source, layout)) reader.take(source, chunk);
		return reader.metadata;
	};
}
