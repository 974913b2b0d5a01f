import { openDecoder } from "../src/decode/open-decoder.ts";
import type { SampleMetadata } from "../src/protocol/sample-metadata.ts";
import { type ByteSource, memorySource } from "../src/source/byte-source.ts";
import { decodeAll, decodeContext } from "./decoding.ts";

/** What a file says of its music, as a load reads it: behind the audio. */
export async function metadataOf(file: Uint8Array | ByteSource): Promise<SampleMetadata> {
	const source = file instanceof Uint8Array ? memorySource(file) : file;
	return (await decodeAll(openDecoder(source, decodeContext()))).metadata;
}
