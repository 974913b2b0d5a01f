/** Raised with every change to decoding or resampling after which a file may give other frames than before, and with the entries' form. */
const DECODING_VERSION = 3;
/** Added to a name's last digits, so that no note has the name of an entry. */
const NOTE = 2;
/** Digits of every name. */
export const NAME_LENGTH = 78;

/** What decides the frames that a load gives. */
export interface EntryKey {
	/** SHA-256 of the file, in hexadecimal. */
	readonly contentHash: string;
	/** Frames per second that the sample is resampled to. */
	readonly engineSampleRate: number;
	readonly trimEncoderDelay: boolean;
}

/**
 * Names the entry that holds a load's frames.
 *
 * @returns 78 hexadecimal digits, which every file system takes and which lead nowhere else.
 */
export function entryName({ contentHash, engineSampleRate, trimEncoderDelay }: EntryKey): string {
	return nameOf(contentHash, engineSampleRate, Number(trimEncoderDelay));
}

/** What decides whether a load may find its frames, before its file has been read. */
export interface NoteKey extends Omit<EntryKey, "contentHash"> {
	/** Of the file; another file may have it, too. */
	readonly fingerprint: string;
}

/** Names the note that says which entry holds the frames of a file with that fingerprint: a name like those of entries. */
export function noteName({ fingerprint, engineSampleRate, trimEncoderDelay }: NoteKey): string {
	return nameOf(fingerprint, engineSampleRate, NOTE + Number(trimEncoderDelay));
}

function nameOf(hash: string, engineSampleRate: number, variant: number): string {
	const digits = [hexadecimal(engineSampleRate, 8), hexadecimal(DECODING_VERSION, 4), hexadecimal(variant, 2)];
	return `${hash}${digits.join("")}`;
}

/** @returns true when an entry can have that name. */
export function isEntryName(name: string): boolean {
	return /^[0-9a-f]{78}$/.test(name);
}

function hexadecimal(value: number, digits: number): string {
	return Math.round(value).toString(16).padStart(digits, "0");
}
