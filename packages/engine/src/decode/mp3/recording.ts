import type { ByteSource } from "../../source/byte-source.ts";
import { atSecond, type Damage } from "../damage.ts";
import { type OnScan, scanProgress } from "../scan-progress.ts";
import { type Frame, walkFrames } from "./frame-walk.ts";
import { type InfoFrame, readInfoFrame } from "./info-frame.ts";

/** A filter bank delays what it decodes by 528 frames, and the encoder's count leaves one more out. */
const DECODER_DELAY = 529;

/** What the frame headers of an MP3 file say of the recording. */
export interface Mp3Recording {
	readonly sampleRate: number;
	readonly channels: 1 | 2;
	/** Where the first frame of audio stands. */
	readonly byteOffset: number;
	/** Frames that all headers together decode to. */
	readonly decodedFrames: number;
	/** The part of them that is the recording. */
	readonly start: number;
	readonly end: number;
}

/**
 * Walks over all frame headers of a file.
 *
 * @param source - the file up to where the audio ends
 * @param first - where the first frame stands
 * @returns null when no whole frame of audio is there
 */
export async function readRecording(
	source: ByteSource,
	first: number,
	{ damage, onScan }: { damage: Damage; onScan?: OnScan | undefined },
): Promise<Mp3Recording | null> {
	const tell = scanProgress(source.byteLength, onScan);
	let info: InfoFrame | null = null;
	let lead: Frame | null = null;
	let last: Frame | null = null;
	let channels: 1 | 2 = 1;
	let frameCount = 0;
	let skippedBytes = 0;
	for (const frame of walkFrames(source, first)) {
		if (last === null && frame.offset === first) {
			info = readInfoFrame(source.read(first, frame.bytes), frame.header);
			if (info !== null) continue;
		}
		last = frame;
		if (frame.isCut) break;
		const told = tell(frame.offset);
		if (told !== null) await told;
		lead ??= frame;
		if (frame.header.channels === 2) channels = 2;
		frameCount++;
		skippedBytes += frame.skippedBytes;
	}
	if (lead === null) return null;
	const { sampleRate, frames } = lead.header;
	const declaredCount = info?.frameCount ?? frameCount;
	const endsEarly = last!.isCut || (skippedBytes === 0 && frameCount < declaredCount);
	if (endsEarly) {
		const expected = declaredCount > frameCount ? ` of ${declaredCount}` : "";
		const where = atSecond(frameCount * frames, sampleRate);
		damage.report(source.byteLength, `The file ends ${where}, after ${frameCount}${expected} MP3 frames.`);
	}
	const decodedFrames = frameCount * frames;
	const isOneStream = !endsEarly && frameCount <= declaredCount;
	const span = recordedSpan(decodedFrames, info?.padding ?? null, isOneStream);
	return { sampleRate, channels, byteOffset: lead.offset, decodedFrames, ...span };
}

/** The encoder's padding stands at the end only if the end is there and no second stream follows. */
function recordedSpan(decodedFrames: number, padding: InfoFrame["padding"], hasEnd: boolean) {
	const whole = { start: 0, end: decodedFrames };
	if (padding === null) return whole;
	const start = padding.before + DECODER_DELAY;
	const end = decodedFrames - (hasEnd ? Math.max(0, padding.after - DECODER_DELAY) : 0);
	return start < end ? { start, end } : whole;
}
