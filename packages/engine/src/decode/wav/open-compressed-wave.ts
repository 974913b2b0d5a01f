import { LooperError } from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { byteWindow } from "../../source/byte-window.ts";
import { Damage } from "../damage.ts";
import type { DecodeContext, Decoder } from "../decoder.ts";
import { openMp3 } from "../mp3/open-mp3.ts";
import { sniffOgg } from "../ogg/sniff-ogg.ts";
import { openInWindow } from "../open-in-window.ts";
import { openVorbis } from "../vorbis/open-vorbis.ts";
import type { CompressedAudio } from "./compressed-audio.ts";

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
	const decoder = await openInWindow(codec === "mp3" ? openMp3 : openVorbis, source, span, context);
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
