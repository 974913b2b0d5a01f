import type { GaplessNote } from "../gapless-note.ts";
import type { InfoFrame } from "./info-frame.ts";

/** The decoder's filter bank delays its output by 528 frames, and the encoder's count omits one more. */
const DECODER_DELAY = 529;

/** The audio found in a file; the info frame counts only towards the bytes. */
export interface FoundAudio {
	readonly frameCount: number;
	readonly byteCount: number;
	/** Audio frames per MPEG frame. */
	readonly framesEach: number;
	/** The last frame is truncated. */
	readonly isCut: boolean;
	readonly skippedBytes: number;
}

/** The part of the decoded frames that is the recording. */
export interface RecordedSpan {
	readonly start: number;
	readonly end: number;
	/** MPEG frames of the complete file. */
	readonly declaredCount: number;
	/** Frames are missing at its end. */
	readonly endsEarly: boolean;
}

/**
 * Removes the encoder's delay and padding according to the info frame, else to the iTunes gapless note.
 *
 * @param note - trusted only if delay, padding and length add up to the decoded length
 */
export function recordedSpan(found: FoundAudio, info: InfoFrame | null, note: GaplessNote | null): RecordedSpan {
	const { frameCount, framesEach, isCut, skippedBytes } = found;
	const declaredCount = declaredFrames(found, info);
	const endsEarly = isCut || (skippedBytes === 0 && frameCount < declaredCount);
	// A second stream may follow the described one: then the padding is not at the end.
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

/** Some writers count the info frame as well: then a frame seems to be missing, but no byte is. */
function declaredFrames({ frameCount, byteCount, isCut }: FoundAudio, info: InfoFrame | null): number {
	const declared = info?.frameCount ?? frameCount;
	const lacksBytes = isCut || (info?.byteCount ?? 0) > byteCount;
	return declared === frameCount + 1 && !lacksBytes ? frameCount : declared;
}

/** A note copied from another file, or left in a cut one, gives another length. */
function agrees(note: GaplessNote, { frameCount, framesEach, isCut }: FoundAudio, declaredCount: number): boolean {
	const total = note.before + note.frames + note.after;
	if (total === declaredCount * framesEach) return true;
	return isCut && declaredCount === frameCount && total > frameCount * framesEach && total % framesEach === 0;
}
