import type { MusicalKey } from "./musical-key.ts";

/** A loop that a file names. */
export interface SampleLoop {
	/** First frame, at the file's rate. */
	readonly startFrame: number;
	/** The frame behind the last one. */
	readonly endFrame: number;
	/** How it goes round; "alternating" plays forward and backward in turns. */
	readonly type: "forward" | "alternating" | "backward";
}

/** A place that a file names. */
export interface CuePoint {
	/** At the file's rate; the length of the file is a place, too. */
	readonly frame: number;
	/** Null when the file gives it no name; at most 64 characters. */
	readonly label: string | null;
}

/** Beats of a bar, and what note is a beat: 4 is a quarter. */
export interface Meter {
	readonly numerator: number;
	readonly denominator: number;
}

/** What a file says of its own music. A field is null, or empty, where the file says nothing or nothing valid. */
export interface SampleMetadata {
	/** At most 1,000, in the file's order. */
	readonly loops: readonly SampleLoop[];
	/** At most 1,000, in the order of time. */
	readonly cuePoints: readonly CuePoint[];
	/** Beats per minute, above 0 and up to 1,000, as precise as a 32-bit float. */
	readonly tempo: number | null;
	/** How many beats the whole file is, 1 or more. */
	readonly beats: number | null;
	readonly meter: Meter | null;
	/** Whether it is a single sound, not a loop. */
	readonly isOneShot: boolean | null;
	/** The MIDI note that the recording sounds as, above 0 and below 128: 60 is middle C, 60.5 is 50 cents above it. */
	readonly rootKey: number | null;
	/** The key that its tags say; absent where they say none. */
	readonly key?: MusicalKey;
}

/** Of a file that says nothing. */
export const NO_METADATA: SampleMetadata = {
	loops: [],
	cuePoints: [],
	tempo: null,
	beats: null,
	meter: null,
	isOneShot: null,
	rootKey: null,
};

/** Loops, and places, that are kept of one file. */
export const MAX_POINTS = 1000;
const MAX_LABEL_LENGTH = 64;
const MAX_TEMPO = 1000;

/** Metadata without what is not valid in a file of that many frames, and without its key. */
export function validMetadata(metadata: SampleMetadata, frames: number): SampleMetadata {
	const { loops, cuePoints, tempo, beats, meter, isOneShot, rootKey } = metadata;
	const isFrame = (frame: number): boolean => Number.isSafeInteger(frame) && frame >= 0 && frame <= frames;
	return {
		loops: loops
			.filter(({ startFrame, endFrame }) => isFrame(startFrame) && isFrame(endFrame) && startFrame < endFrame)
			.slice(0, MAX_POINTS),
		cuePoints: cuePoints
			.filter(({ frame }) => isFrame(frame))
			.slice(0, MAX_POINTS)
			.map(({ frame, label }) => ({ frame, label: validLabel(label) }))
			.toSorted((one, other) => one.frame - other.frame),
		tempo: tempo !== null && tempo > 0 && tempo <= MAX_TEMPO ? Math.fround(tempo) : null,
		beats: beats !== null && Number.isSafeInteger(beats) && beats > 0 && beats <= frames ? beats : null,
		meter: meter !== null && isBeatCount(meter.numerator) && isBeatCount(meter.denominator) ? meter : null,
		isOneShot,
		rootKey: rootKey !== null && rootKey > 0 && rootKey < 128 ? rootKey : null,
	};
}

function isBeatCount(count: number): boolean {
	return Number.isInteger(count) && count > 0 && count <= 64;
}

/** Without control characters and halves of characters, which no file can hold. */
function validLabel(label: string | null): string | null {
	const text = (label ?? "").replaceAll(/[\p{Cc}\p{Cs}]/gu, "").trim();
	// Two units hold a character of any kind.
	const characters = Array.from(text.slice(0, 2 * MAX_LABEL_LENGTH)).slice(0, MAX_LABEL_LENGTH);
	return characters.join("").trim() || null;
}
