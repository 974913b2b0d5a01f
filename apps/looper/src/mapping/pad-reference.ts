/** Places that a bank has. */
export const placeCount = 32;
/** Pads that all banks have. */
const mostPads = 256;

/** Which pad is meant: one by its number, the one at a place of the bank that is shown, or the selected one. */
export type PadReference =
	| { readonly kind: "pad"; readonly pad: number }
	| { readonly kind: "place"; readonly place: number }
	| { readonly kind: "selected" };

/** The pad that is selected when the control is moved. */
export const selectedPad: PadReference = { kind: "selected" };

/** The pad at a place of the bank that is shown. @param place - 0..31 */
export function padAtPlace(place: number): PadReference {
	return { kind: "place", place };
}

/** Writes a reference as mappings have it, counting from 1: "place 3", "pad 40", "selected". */
export function formatPadReference(reference: PadReference): string {
	switch (reference.kind) {
		case "pad":
			return `pad ${reference.pad + 1}`;
		case "place":
			return `place ${reference.place + 1}`;
		case "selected":
			return "selected";
	}
}

/** Reads what `formatPadReference` writes. @returns what is wrong, as text, for anything else */
export function parsePadReference(words: readonly string[]): PadReference | string {
	const [kind, number, ...rest] = words;
	if (kind === "selected" && number === undefined) return selectedPad;
	if ((kind !== "pad" && kind !== "place") || rest.length > 0) {
		return `it must name a pad by "place" and a number, by "pad" and a number, or as "selected"`;
	}
	const most = kind === "pad" ? mostPads : placeCount;
	const index = wholeNumber(number, most);
	if (index === null) return `the number of the ${kind} must be 1 to ${most}`;
	return kind === "pad" ? { kind, pad: index - 1 } : { kind, place: index - 1 };
}

/** A number in digits, 1..most; null for anything else. */
function wholeNumber(text: string | undefined, most: number): number | null {
	if (text === undefined || !/^[1-9]\d{0,3}$/.test(text)) return null;
	const number = Number(text);
	return number <= most ? number : null;
}
