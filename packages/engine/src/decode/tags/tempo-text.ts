/** A tempo as tags have it: "120", "97.5", "97,5" or "120 BPM". @returns null for anything else, and for 0, which says "unknown" */
export function tempoOfText(text: string): number | null {
	const [, digits] = /^\s*(\d{1,3}(?:[.,]\d{1,6})?)\s*(?:bpm)?[\s\0]*$/i.exec(text) ?? [];
	const tempo = digits === undefined ? 0 : Number(digits.replace(",", "."));
	return tempo > 0 ? tempo : null;
}
