/** The note that a key is named by, as it is mostly written. */
export type Tonic = "C" | "C#" | "D" | "Eb" | "E" | "F" | "F#" | "G" | "Ab" | "A" | "Bb" | "B";

/** A key. */
export interface MusicalKey {
	readonly tonic: Tonic;
	readonly mode: "major" | "minor";
}

/** By the number of semitones above C. */
export const TONICS: readonly Tonic[] = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"];

const NATURALS: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };
const FIFTH = 7;
/** The place of C major on the wheel of Camelot. */
const CAMELOT_C = 8;
const OCTAVE = 12;

/**
 * The key named by a note and a mode.
 *
 * @param note - "A" to "G"
 * @param accidental - "#", "♯" or "sharp", "b", "♭" or "flat", else none
 */
export function keyOfNote(note: string, accidental: string, mode: MusicalKey["mode"]): MusicalKey {
	const shift = /^(?:[#♯]|sharp)$/i.test(accidental) ? 1 : /^(?:[b♭]|flat)$/i.test(accidental) ? -1 : 0;
	return keyAt((NATURALS[note.toUpperCase()] ?? 0) + shift, mode);
}

/** The field of metadata that says a key; none where there is none. */
export function keyField(key: MusicalKey | null | undefined): { readonly key?: MusicalKey } {
	return key ? { key } : {};
}

/**
 * A key as tags have it: "F#m", "Bb", "C minor"; "8A", its place on the wheel of Camelot; or "1m", its Open Key.
 *
 * @returns null for anything else, and for several
 */
export function keyOfText(text: string): MusicalKey | null {
	const plain = text.replaceAll("\0", "").trim();
	const [, note, accidental = "", mode = ""] =
		/^([A-G])\s?([#♯b♭]|sharp|flat)?\s?(m|M|[Mm]in(?:or)?|[Mm]aj(?:or)?)?$/.exec(plain) ?? [];
	if (note !== undefined) return keyOfNote(note, accidental, /^m(?:in|$)|^Min/.test(mode) ? "minor" : "major");
	const [, place = "", side = ""] = /^0?([1-9]|1[0-2])([ABabdm])$/.exec(plain) ?? [];
	if (place === "") return null;
	const isMinor = /[Aam]/.test(side);
	const fifths = Number(place) - (/[dm]/.test(side) ? 1 : CAMELOT_C);
	return keyAt(FIFTH * fifths - (isMinor ? 3 : 0), isMinor ? "minor" : "major");
}

function keyAt(semitones: number, mode: MusicalKey["mode"]): MusicalKey {
	return { tonic: TONICS[((semitones % OCTAVE) + OCTAVE) % OCTAVE]!, mode };
}
