import type { SampleAnalysis } from "flitzis-looper";

/** A key that has been found. */
type Key = NonNullable<SampleAnalysis["key"]>;

const tonics: readonly Key["tonic"][] = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"];

/**
 * A key's place on the circle of fifths, as DJs count it: a number from 1 to 12, of which neighbours go well together, and a letter, A for
 * minor and B for the major key with the same notes.
 */
export interface WheelPlace {
	readonly number: number;
	readonly letter: "A" | "B";
}

/** Where on the wheel a key lies: A minor and C major are 8A and 8B. */
export function wheelPlace({ tonic, mode }: Pick<Key, "tonic" | "mode">): WheelPlace {
	// Seven semitones are one place; the minor key lies with the major one three semitones above.
	const major = tonics.indexOf(tonic) + (mode === "minor" ? 3 : 0);
	return { number: ((7 * major + 7) % 12) + 1, letter: mode === "minor" ? "A" : "B" };
}

/** Whether two keys share most of their notes: the same, neighbours on the wheel, or a key and its relative one. */
export function goWell(one: Pick<Key, "tonic" | "mode">, other: Pick<Key, "tonic" | "mode">): boolean {
	const [first, second] = [wheelPlace(one), wheelPlace(other)];
	const distance = Math.abs(first.number - second.number);
	return distance === 0 || (first.letter === second.letter && (distance === 1 || distance === 11));
}

/** Keys found with less confidence are shown as uncertain. */
const leastConfidence = 0.3;

/** The key that a pad shows: none where it is uncertain. */
export function sureKey(analysis: Pick<SampleAnalysis, "key"> | null): Key | null {
	const key = analysis?.key ?? null;
	return key !== null && key.confidence >= leastConfidence ? key : null;
}

/** A key on a pad: "Am 8A". */
export function formatKey(key: Pick<Key, "tonic" | "mode">): string {
	const { number, letter } = wheelPlace(key);
	return `${key.tonic}${key.mode === "minor" ? "m" : ""} ${number}${letter}`;
}
