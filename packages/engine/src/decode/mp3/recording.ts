import { LooperError } from "../../errors.ts";
import type { ByteSource } from "../../source/byte-source.ts";
import { atSecond, type Damage } from "../damage.ts";
import type { GaplessNote } from "../gapless-note.ts";
import { type OnScan, scanProgress } from "../scan-progress.ts";
import type { FrameHeader } from "./frame-header.ts";
import { type Frame, freeBytesAt, walkFrames } from "./frame-walk.ts";
import { PackedRoom } from "./free-format-packer.ts";
import { type InfoFrame, readInfoFrame } from "./info-frame.ts";
import { recordedSpan } from "./recorded-span.ts";
import { readSideInfo } from "./side-info.ts";

/** The recording according to an MP3 file's frame headers. */
export interface Mp3Recording {
	readonly sampleRate: number;
	readonly channels: 1 | 2;
	/** Offset of the first frame of audio. */
	readonly byteOffset: number;
	/** Bytes of an unpadded free-format frame; else 0. */
	readonly freeBytes: number;
	/** Frames that all MPEG frames together decode to. */
	readonly decodedFrames: number;
	/** First frame of the recording. */
	readonly start: number;
	readonly end: number;
}

/** What is known besides the frames, and the receivers of damage and progress. */
export interface ScanContext {
	readonly damage: Damage;
	/** The iTunes gapless note in the file's tags. */
	readonly note: GaplessNote | null;
	readonly onScan?: OnScan | undefined;
}

/**
 * Scans all frame headers of a file.
 *
 * @param source - the file up to the end of the audio
 * @param first - offset of the first frame
 * @returns null if there is no whole frame of audio
 * @throws LooperError `unsupported-format` for free format of an unsupported bitrate.
 */
export async function readRecording(
	source: ByteSource,
	first: number,
	{ damage, note, onScan }: ScanContext,
): Promise<Mp3Recording | null> {
	const tell = scanProgress(source.byteLength, onScan);
	const freeBytes = freeBytesAt(source, first);
	let info: InfoFrame | null = null;
	let lead: Frame | null = null;
	let last: Frame | null = null;
	let room: PackedRoom | null = null;
	let channels: 1 | 2 = 1;
	let frameCount = 0;
	let skippedBytes = 0;
	for (const frame of walkFrames(source, first, freeBytes)) {
		if (last === null && frame.offset === first) {
			info = readInfoFrame(source.read(first, frame.bytes), frame.header);
			if (info !== null) continue;
		}
		last = frame;
		if (frame.isCut) break;
		const told = tell(frame.offset);
		if (told !== null) await told;
		lead ??= frame;
		if (freeBytes > 0) {
			room ??= new PackedRoom(frame.header);
			takeRoom(room, source, frame);
		}
		if (frame.header.channels === 2) channels = 2;
		frameCount++;
		skippedBytes += frame.skippedBytes;
	}
	if (lead === null) return null;
	const { sampleRate, frames } = lead.header;
	const found = { frameCount, byteCount: source.byteLength - first, framesEach: frames, isCut: last!.isCut };
	const span = recordedSpan({ ...found, skippedBytes }, info, note);
	if (span.endsEarly) {
		const expected = span.declaredCount > frameCount ? ` of ${span.declaredCount}` : "";
		const where = atSecond(frameCount * frames, sampleRate);
		damage.report(source.byteLength, `The file ends ${where}, after ${frameCount}${expected} MP3 frames.`);
	}
	const { start, end } = span;
	return { sampleRate, channels, byteOffset: lead.offset, freeBytes, decodedFrames: frameCount * frames, start, end };
}

/** Reserves the room that a free-format frame will need. */
function takeRoom(room: PackedRoom, source: ByteSource, { offset, bytes, header }: Frame): void {
	const side = readSideInfo(source.read(offset, bytes), header);
	if (!room.take(side.isValid ? side.usedBytes : 0)) throw tooManyBits(header);
}

function tooManyBits({ freeBytes, frames, rateDivisor, sampleRate }: FrameHeader): LooperError {
	const kilobits = Math.round((freeBytes * 8 * sampleRate) / (1_000 * frames));
	const most = rateDivisor === 1 ? 320 : 160;
	return new LooperError(
		"unsupported-format",
		`This MP3 file is in free format at ${kilobits} kbit/s; at ${sampleRate} Hz at most ${most} kbit/s can be loaded. ` +
			"Decode it with `lame --decode`, or convert it to WAV, FLAC or Ogg Vorbis.",
	);
}
