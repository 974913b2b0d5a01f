import type { SampleMetadata } from "../../protocol/sample-metadata.ts";
import type { Chunk } from "../pcm/chunk-reader.ts";

/** A compressed stream in the data chunk of a WAVE file. */
export interface CompressedAudio {
	/** Name of the container format. */
	readonly name: string;
	readonly codec: "mp3" | "ogg-vorbis";
	readonly data: Chunk;
	/** The data extends to the end of the file, whatever size it declares. */
	readonly isOpen: boolean;
	/** Reads what the container says of the music. */
	readonly readMetadata: () => SampleMetadata;
}
