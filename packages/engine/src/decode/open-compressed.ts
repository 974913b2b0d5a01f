import type { DecoderName } from "../protocol/decoder-names.ts";
import type { CompressedFormat, OpenDecoder } from "./decoder.ts";

/** Whose decoder a format is most likely to need. */
const decoders: Partial<Readonly<Record<CompressedFormat, DecoderName>>> = {
	mp3: "mp3",
	"ogg-vorbis": "vorbis",
	"ogg-opus": "opus",
	webm: "opus",
};

/** Opens files of a format whose code has to be imported first. @throws LooperError `unsupported-platform` if it cannot be. */
export function openCompressed(format: CompressedFormat): OpenDecoder {
	return async (source, context) => {
		const decoder = decoders[format];
		// Fetched at the same time; the format reports the failure.
		if (decoder !== undefined) void context.files.load(decoder).catch(() => {});
		const { compressedFormats } = await context.files.load("formats");
		return compressedFormats.openers[format](source, context);
	};
}
