/** Raised with every change to decoding or resampling after which a file may give other frames than before, and with the entries' form. */
const DECODING_VERSION = 3;

/** What decides the frames that a load gives. */
export interface EntryKey {
	/** SHA-256 of the file, in hexadecimal. */
	readonly contentHash: string;
	/** Frames a second that the sample is resampled to. */
	readonly engineSampleRate: number;
	readonly trimEncoderDelay: boolean;
}

/**
 * Names the entry that holds a load's frames.
 *
 * @returns 78 hexadecimal digits, which every file system takes and which lead nowhere else.
 */
export function entryName({ contentHash, engineSampleRate, trimEncoderDelay }: EntryKey): string {
	const variant = hexadecimal(Number(trimEncoderDelay), 2);
	return `${contentHash}${hexadecimal(engineSampleRate, 8)}${hexadecimal(DECODING_VERSION, 4)}${variant}`;
}

/** @returns true when an entry can have that name. */
export function isEntryName(name: string): boolean {
	return /^[0-9a-f]{78}$/.test(name);
}

function hexadecimal(value: number, digits: number): string {
	return Math.round(value).toString(16).padStart(digits, "0");
}
