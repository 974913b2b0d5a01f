/** Incremented with every change to the entry format, and to decoding or resampling that may change a file's frames. */
const DECODING_VERSION = 8;
/** Added to the last digits of a name, so that entries, notes and analyses have different names. */
const NOTE = 2;
const ANALYSIS = 4;
/** Digits of every name. */
export const NAME_LENGTH = 78;

/** Everything that determines the frames of a load. */
export interface EntryKey {
	/** SHA-256 of the file, in hexadecimal. */
	readonly contentHash: string;
	/** Frames per second that the sample is resampled to. */
	readonly engineSampleRate: number;
	readonly trimEncoderDelay: boolean;
}

/**
 * Names the entry with the frames of a load.
 *
 * @returns 78 hexadecimal digits, valid in every file system and without path separators.
 */
export function entryName({ contentHash, engineSampleRate, trimEncoderDelay }: EntryKey): string {
	return nameOf(contentHash, engineSampleRate, Number(trimEncoderDelay));
}

/** What determines whether a load may be cached, before its file has been read. */
export interface NoteKey extends Omit<EntryKey, "contentHash"> {
	/** Fingerprint of the file; not unique. */
	readonly fingerprint: string;
}

/** Names the note that records which entry holds the frames of a file with a fingerprint; formed like an entry's name. */
export function noteName({ fingerprint, engineSampleRate, trimEncoderDelay }: NoteKey): string {
	return nameOf(fingerprint, engineSampleRate, NOTE + Number(trimEncoderDelay));
}

/**
 * Names the entry with an analysis; formed like the name of one with frames.
 *
 * @param hash - of what determines the analysis, 64 hexadecimal digits
 */
export function analysisName(hash: string, version: number): string {
	return nameOf(hash, 0, ANALYSIS, version);
}

function nameOf(hash: string, engineSampleRate: number, variant: number, version: number = DECODING_VERSION): string {
	const digits = [hexadecimal(engineSampleRate, 8), hexadecimal(version, 4), hexadecimal(variant, 2)];
	return `${hash}${digits.join("")}`;
}

/** Whether a name has the form of entry names. */
export function isEntryName(name: string): boolean {
	return /^[0-9a-f]{78}$/.test(name);
}

function hexadecimal(value: number, digits: number): string {
	return Math.round(value).toString(16).padStart(digits, "0");
}
