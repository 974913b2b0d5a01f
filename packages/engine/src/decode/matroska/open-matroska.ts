import type { ByteSource } from "../../source/byte-source.ts";
import { Damage } from "../damage.ts";
import type { DecodeContext, Decoder } from "../decoder.ts";
import { OPUS_SAMPLE_RATE } from "../opus/opus-head.ts";
import { startOpusLibrary } from "../opus/opus-library.ts";
import { LONGEST_PACKET_FRAMES } from "../opus/opus-packet.ts";
import { MatroskaDecoder } from "./matroska-decoder.ts";
import { type MatroskaHeader, readMatroskaHeader } from "./matroska-header.ts";

/** Frames per byte at 96 kbit/s. */
const TYPICAL_FRAMES_PER_BYTE = 4;
/** Upper bound of the estimate for files without a length, which may be mostly video. */
const MAX_GUESSED_FRAMES = 60 * OPUS_SAMPLE_RATE;

/**
 * Opens the Opus track of a WebM file.
 *
 * @throws MalformedAudioError if its header cannot be read.
 * @throws LooperError `unsupported-format` naming the codec, `unsupported-channels` naming the count, `timed-out` when
 * the decoder does not start.
 */
export async function openWebm(source: ByteSource, context: DecodeContext): Promise<Decoder> {
	return open(source, context, "WebM");
}

/** Opens the Opus track of a Matroska file. @throws as `openWebm`. */
export async function openMatroska(source: ByteSource, context: DecodeContext): Promise<Decoder> {
	return open(source, context, "Matroska");
}

async function open(source: ByteSource, context: DecodeContext, name: string): Promise<Decoder> {
	const header = readMatroskaHeader(source, name);
	const library = await startOpusLibrary(context.files);
	return new MatroskaDecoder({
		name,
		library,
		source,
		header,
		frames: estimateFrames(source, header),
		damage: new Damage(context.strict),
		isTrimmed: context.trimEncoderDelay,
	});
}

function estimateFrames({ byteLength }: ByteSource, { declaredFrames, head }: MatroskaHeader): number {
	if (declaredFrames === 0) return Math.min(byteLength * TYPICAL_FRAMES_PER_BYTE, MAX_GUESSED_FRAMES);
	return Math.max(0, Math.min(declaredFrames - head.preSkip, byteLength * LONGEST_PACKET_FRAMES));
}
