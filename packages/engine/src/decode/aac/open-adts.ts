import { MalformedAudioError } from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import type { OpenDecoder } from "../decoder.ts";
import { readId3GaplessNote } from "../id3/id3-gapless.ts";
import { skipLeadingTags, withoutTrailingTags } from "../mp3/tags.ts";
import type { PacketPlace, PacketStream } from "../platform/packet-stream.ts";
import { openPlatformDecoder } from "../platform/platform-decoder.ts";
import { aacCodec, aacPreroll } from "./aac-codec.ts";
import { AAC_BLOCK_FRAMES } from "./adts.ts";
import { adtsRecording } from "./adts-recording.ts";
import { adtsFrames, findAdtsFrame } from "./adts-walk.ts";

/** Frames whose mean length stands for the whole file's. */
const MEASURED_FRAMES = 256;

/**
 * Opens an AAC file in ADTS frames. Only iTunes' note in a tag says how much of one is encoder delay; without it
 * nothing is removed.
 *
 * Thread: loader.
 *
 * @throws MalformedAudioError when it has no frame.
 * @throws LooperError `unsupported-format` where the platform has no AAC decoder, `unsupported-channels`.
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
		recording: adtsRecording(readId3GaplessNote(file), () => adtsFrames(source, first)),
		estimatedFrames: estimateFrames(source, adtsFrames(source, first)),
		packets: () => adtsFrames(source, first),
		read: ({ byteOffset, byteLength }) => {
			const bytes = source.read(byteOffset, byteLength);
			return bytes.length < byteLength ? null : bytes.slice();
		},
	};
	return openPlatformDecoder(stream, context);
};

function estimateFrames(source: ByteSource, places: Iterable<PacketPlace>): number {
	let bytes = 0;
	let frames = 0;
	let count = 0;
	for (const place of places) {
		bytes += place.byteLength;
		frames += place.frames;
		if (++count === MEASURED_FRAMES) return Math.ceil((frames * source.byteLength) / bytes);
	}
	return Math.max(frames, AAC_BLOCK_FRAMES);
}
