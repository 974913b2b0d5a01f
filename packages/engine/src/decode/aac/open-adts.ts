import { MalformedAudioError } from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import type { OpenDecoder } from "../decoder.ts";
import { readId3GaplessNote } from "../id3/id3-gapless.ts";
import { skipLeadingTags, withoutTrailingTags } from "../mp3/tags.ts";
import type { PacketStream } from "../platform/packet-stream.ts";
import { openPlatformDecoder } from "../platform/platform-decoder.ts";
import { aacCodec, aacPreroll } from "./aac-codec.ts";
import { AAC_BLOCK_FRAMES, ADTS_HEADER_BYTES, adtsFrame, blocksOfFrame } from "./adts.ts";
import { adtsRecording } from "./adts-recording.ts";
import { adtsPackets, type FoundFrame, findAdtsFrame } from "./adts-walk.ts";

/** Frames whose mean length is taken for the whole file's. */
const MEASURED_FRAMES = 256;

/**
 * Opens an AAC file in ADTS frames, MPEG-4 or MPEG-2, with or without checksums, which are not verified. Encoder delay is
 * removed only if an iTunes gapless note in a tag gives it.
 *
 * Thread: loader.
 *
 * @throws MalformedAudioError if it has no frame.
 * @throws LooperError `unsupported-format` if the platform has no AAC decoder, or none that locates the packets of a
 * frame without block positions; `unsupported-channels`.
 */
export const openAdts: OpenDecoder = async (file, context) => {
	const start = skipLeadingTags(file);
	const source = withoutTrailingTags(file, start);
	const first = findAdtsFrame(source, start, null);
	if (first === null) throw new MalformedAudioError(start, "The AAC file has no frame of audio. Export it again.");
	const stream: PacketStream = {
		name: "AAC",
		codec: aacCodec(first.header, first.byteOffset),
		prerollPackets: (isExtended) => aacPreroll(first.header.objectType, isExtended),
		recording: adtsRecording(readId3GaplessNote(file), () => adtsPackets(source, first)),
		estimatedFrames: estimateFrames(source, first),
		...shortRemedy(source, first),
		packets: () => adtsPackets(source, first),
		read: ({ byteOffset, byteLength }) => {
			const bytes = source.read(byteOffset, byteLength);
			return bytes.length < byteLength ? null : adtsFrame(first.header, bytes);
		},
	};
	return openPlatformDecoder(stream, context);
};

/** Decoders based on ffmpeg decode consecutive packets; others decode only the first. */
function shortRemedy(source: ByteSource, { byteOffset, header }: FoundFrame): Pick<PacketStream, "shortRemedy"> {
	if (blocksOfFrame(source.read(byteOffset, ADTS_HEADER_BYTES), header) !== null) return {};
	const count = header.frames / AAC_BLOCK_FRAMES;
	const what = `This AAC file has ${count} packets per frame without positions`;
	return { shortRemedy: `${what}; this platform's decoder decodes only the first. Convert it to WAV or FLAC.` };
}

function estimateFrames(source: ByteSource, first: FoundFrame): number {
	let frames = 0;
	let count = 0;
	for (const place of adtsPackets(source, first)) {
		frames += place.frames;
		const bytes = place.byteOffset + place.byteLength - first.byteOffset;
		if (++count === MEASURED_FRAMES) return Math.ceil((frames * source.byteLength) / bytes);
	}
	return Math.max(frames, AAC_BLOCK_FRAMES);
}
