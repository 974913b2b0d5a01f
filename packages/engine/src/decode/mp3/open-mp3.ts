import { MalformedAudioError } from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { Damage } from "../damage.ts";
import type { DecodeContext, Decoder } from "../decoder.ts";
import { readId3GaplessNote } from "../id3/id3-gapless.ts";
import { findFirstFrame } from "./frame-walk.ts";
import { Mp3Decoder } from "./mp3-decoder.ts";
import { Mp3Library } from "./mp3-library.ts";
import { readRecording } from "./recording.ts";
import { skipLeadingTags, withoutTrailingTags } from "./tags.ts";

/**
 * Opens an MP3 file: MPEG-1, 2 and 2.5, layer III, free format included. All frame headers are read first, so the length
 * is exact.
 *
 * @throws MalformedAudioError if there is no whole frame.
 * @throws LooperError `unsupported-format` for free format of an unsupported bitrate.
 * @throws LooperError `timed-out` if the decoder does not start.
 */
export async function openMp3(source: ByteSource, context: DecodeContext): Promise<Decoder> {
	const damage = new Damage(context.strict);
	const tagsEnd = skipLeadingTags(source);
	const audio = withoutTrailingTags(source, tagsEnd);
	const first = findFirstFrame(audio, tagsEnd);
	const scan = { damage, note: readId3GaplessNote(source), onScan: context.onScan };
	const recording = first < 0 ? null : await readRecording(audio, first, scan);
	if (recording === null)
		throw new MalformedAudioError(tagsEnd, "The MP3 file has no whole frame of audio. Export it again.");
	const span = context.trimEncoderDelay ? recording : { start: 0, end: recording.decodedFrames };
	const library = await Mp3Library.start(context.files);
	return new Mp3Decoder({ library, source: audio, recording: { ...recording, ...span }, damage });
}
