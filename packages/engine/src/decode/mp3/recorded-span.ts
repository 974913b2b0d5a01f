import type { GaplessNote } from "../gapless-note.ts";
import type { InfoFrame } from "./info-frame.ts";

/** A filter bank delays what it decodes by 528 frames, and the encoder's count leaves one more out. */
const DECODER_DELAY = 529;

/** What was found of a file's audio, the describing frame not counted but for the bytes. */
export interface FoundAudio {
	readonly frameCount: number;
	readonly byteCount: number;
	/** Frames of audio that each MPEG frame decodes to. */
	readonly framesEach: number;
	/** The last frame is cut. */
	readonly isCut: boolean;
	readonly skippedBytes: number;
}

/** The part of what a file decodes to that is the recording. */
export interface RecordedSpan {
	readonly start: number;
	readonly end: number;
	/** MPEG frames that the whole file has or had. */
	readonly declaredCount: number;
	/** Frames at its end are missing. */
	readonly endsEarly: boolean;
}

/**
 * Removes the encoder's delay and padding, as the describing frame tells them, or iTunes' note where it does not.
 *
 * @param note - believed only if delay, padding and length are together what the file decodes to
 */
export function recordedSpan(found: FoundAudio, info: InfoFrame | null, note: GaplessNote | null): RecordedSpan {
	const { frameCount, framesEach, isCut, skippedBytes } = found;
	const declaredCount = declaredFrames(found, info);
	const endsEarly = isCut || (skippedBytes === 0 && frameCount < declaredCount);
	// A second stream may follow the one that is described: then the padding is not at the end.
	const isOneStream = frameCount <= declaredCount || info?.byteCount === found.byteCount;
	const decodedFrames = frameCount * framesEach;
	const whole = { start: 0, end: decodedFrames, declaredCount, endsEarly };
	const isSilentOnPadding = info?.padding == null || info.padding.before + info.padding.after === 0;
	const noted = note !== null && isSilentOnPadding && agrees(note, found, declaredCount) ? note : null;
	const padding = noted ?? info?.padding ?? null;
	if (padding === null) return whole;
	const start = padding.before + DECODER_DELAY;
	const hasEnd = !endsEarly && isOneStream;
	const end = decodedFrames - (hasEnd ? Math.max(0, padding.after - DECODER_DELAY) : 0);
	return start < end ? { ...whole, start, end } : whole;
}

/** Some writers count the describing frame, too: then a frame seems to be missing, but no byte is. */
function declaredFrames({ frameCount, byteCount, isCut }: FoundAudio, info: InfoFrame | null): number {
	const declared = info?.frameCount ?? frameCount;
	const lacksBytes = isCut || (info?.byteCount ?? 0) > byteCount;
	return declared === frameCount + 1 && !lacksBytes ? frameCount : declared;
}

/** A note that was copied from another file, or left in one that was cut, tells another length. */
function agrees(note: GaplessNote, { frameCount, framesEach, isCut }: FoundAudio, declaredCount: number): boolean {
	const total = note.before + note.frames + note.after;
	if (total === declaredCount * framesEach) return true;
	return isCut && declaredCount === frameCount && total > frameCount * framesEach && total % framesEach === 0;
}
