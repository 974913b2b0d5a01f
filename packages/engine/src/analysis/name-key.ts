import { keyOfNote, type MusicalKey } from "../protocol/musical-key.ts";
import { fileStem } from "./file-stem.ts";

/** A note with its mode, beside nothing that may belong to a word: "Am", "F#min", "Bb_major". A note alone is no key. */
const KEY =
	/(?<=^|[_\s\-()[\].,+])([A-G])([#♯b♭]|sharp|flat)?(?:(m)|[_\s-]?(min(?:or)?|maj(?:or)?))(?=$|[_\s\-()[\].,+])/gi;

/**
 * The key that a file's name says.
 *
 * @param name - a path, a URL or a name alone
 * @returns null where it says none, or several
 */
export function keyNameOf(name: string): MusicalKey | null {
	const keys = [...fileStem(name).matchAll(KEY)].flatMap(([, note = "", accidental = "", short, mode = "minor"]) =>
		// "am" is a word, "AM" a time of day.
		short === undefined || (short === "m" && note === note.toUpperCase())
			? [keyOfNote(note, accidental, /^min/i.test(mode) ? "minor" : "major")]
			: [],
	);
	const [first = null] = keys;
	return keys.every(({ tonic, mode }) => tonic === first?.tonic && mode === first.mode) ? first : null;
}
