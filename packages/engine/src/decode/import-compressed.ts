import type { DecoderName } from "../protocol/decoder-names.ts";
import type { CompressedFormats, DecoderFiles } from "./decoder.ts";

/**
 * Imports the compressed formats, and at the same time the decoder that the file is likely to need.
 *
 * @throws LooperError `unsupported-platform` if the formats cannot be imported.
 */
export async function importCompressed(files: DecoderFiles, decoder: DecoderName | null): Promise<CompressedFormats> {
	// The format reports the failure.
	if (decoder !== null) void files.load(decoder).catch(() => {});
	const { compressedFormats } = await files.load("compressed");
	return compressedFormats;
}
