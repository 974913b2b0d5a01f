import { LooperError } from "../../errors.ts";
import type { SampleMetadata } from "../../protocol/sample-metadata.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { byteWindow } from "../../source/byte-window.ts";
import { Damage } from "../damage.ts";
import type { DecodeContext, Decoder } from "../decoder.ts";
import { sniffOgg } from "../ogg/sniff-ogg.ts";
import { openCompressed } from "../open-compressed.ts";
import { openInWindow } from "../open-in-window.ts";
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

/**
 * Opens the stream in a WAVE file with its own decoder. The stream's format applies; the channels, rate and length of
 * the WAVE header are ignored.
 *
 * @throws MalformedAudioError if nothing can be decoded; in strict mode if the data is shorter than declared.
 * @throws LooperError `unsupported-format` for Vorbis that is not a whole Ogg stream.
 */
export async function openCompressedWave(
	source: ByteSource,
	{ name, codec, data, isOpen, readMetadata }: CompressedAudio,
	context: DecodeContext,
): Promise<Decoder> {
	const span = { start: data.bodyOffset, end: data.bodyOffset + data.bodyBytes };
	if (codec === "ogg-vorbis" && sniffOgg(byteWindow(source, span.start, span.end)) !== "ogg-vorbis") {
		const message = `This ${name} file holds Ogg Vorbis audio without its headers, which cannot be loaded. Convert it to PCM WAV or FLAC.`;
		throw new LooperError("unsupported-format", message);
	}
	const damage = new Damage(context.strict);
	if (!isOpen && data.declaredBytes > data.bodyBytes) {
		damage.report(span.end, `The file ends after ${data.bodyBytes} of ${data.declaredBytes} bytes of audio.`);
	}
	const decoder = await openInWindow(openCompressed(codec), source, span, context);
	return {
		get format() {
			return { ...decoder.format, name: `${decoder.format.name} in ${name}` };
		},
		get warnings() {
			return [...damage.warnings, ...decoder.warnings];
		},
		chunks: () => decoder.chunks(),
		readMetadata,
		close: () => decoder.close(),
	};
}
