import { bindingOf, type MappingDocument, withBinding } from "./mapping-document.ts";
import { padAtPlace } from "./pad-reference.ts";
import { formatTarget, type Target } from "./targets.ts";

/**
 * Binds a device's notes on channel 1 to the places of the bank that is shown.
 *
 * @param notes - in the order of the places
 * @returns the mapping, and how many of the notes were bound to something else before
 */
export function layOutPads(
	document: MappingDocument,
	device: string,
	notes: readonly number[],
): { readonly document: MappingDocument; readonly replaced: number } {
	let laidOut = document;
	let replaced = 0;
	for (const [place, note] of notes.entries()) {
		const control = { type: "note", device, channel: 1, note } as const;
		const target: Target = { type: "press", pad: padAtPlace(place) };
		const before = bindingOf(document, control)?.target ?? target;
		if (formatTarget(before) !== formatTarget(target)) replaced++;
		laidOut = withBinding(laidOut, { control, target });
	}
	return { document: laidOut, replaced };
}
