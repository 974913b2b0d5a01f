/** Encoder delay and padding as iTunes notes them (`iTunSMPB`), in frames. */
export interface GaplessNote {
	/** Frames before the recording. */
	readonly before: number;
	/** Frames after it. */
	readonly after: number;
	/** Frames of the recording. */
	readonly frames: number;
}

/** Its name in tags. */
export const GAPLESS_NOTE_NAME = "iTunSMPB";

/**
 * Parses the text of a note: hexadecimal numbers, of which the second is the delay, the third the padding and the fourth
 * the length.
 *
 * @returns null for any other text
 */
export function parseGaplessNote(text: string): GaplessNote | null {
	const numbers = text
		.trim()
		.split(/\s+/)
		.map((word) => (/^[\da-f]{1,16}$/i.test(word) ? Number.parseInt(word, 16) : Number.NaN));
	const [, before = Number.NaN, after = Number.NaN, frames = Number.NaN] = numbers;
	return before >= 0 && after >= 0 && frames > 0 ? { before, after, frames } : null;
}
