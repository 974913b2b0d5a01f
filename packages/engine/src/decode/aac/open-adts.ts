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

/** Frames whose mean length stands for the whole file's. */
const MEASURED_FRAMES = 256;

/**
 * Opens an AAC file in ADTS frames, MPEG-4 or MPEG-2, with checksums or without; checksums are not looked at. Only iTunes'
 * note in a tag says how much of one is encoder delay; without it nothing is removed.
 *
 * Thread: loader.
 *
 * @throws MalformedAudioError when it has no frame.
 * @throws LooperError `unsupported-format` where the platform has no AAC decoder, or none that finds the packets of a
 * frame that does not say where they begin; `unsupported-channels`.
 */
export const openAdts: OpenDecoder = async (file, context) => {
	const start = skipLeadingTags(file);
	const source = withoutTrailingTags(file, start);
	const first = findAdtsFrame(source, start, null);
	if (first === null) throw new MalformedAudioError(start, "The AAC file has no frame of audio; export it again.");
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

/** Decoders made with ffmpeg take packets that lie one behind the other; others see the first of them only. */
function shortRemedy(source: ByteSource, { byteOffset, header }: FoundFrame): Pick<PacketStream, "shortRemedy"> {
	if (blocksOfFrame(source.read(byteOffset, ADTS_HEADER_BYTES), header) !== null) return {};
	const count = header.frames / AAC_BLOCK_FRAMES;
	const what = `This AAC file has ${count} packets in a frame and does not say where they begin`;
	return { shortRemedy: `${what}; the decoder here knows the first only. Convert it to WAV or FLAC.` };
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
