import type { PadState } from "../instrument/pad-state.ts";
import { padOwner } from "../instrument/pad-state.ts";

/**
 * Which pads dropped files go to, in the order of the files; fewer pads than files where no free pad is left.
 *
 * One file replaces the pad it was dropped on. Several files never replace the performer's own: from the pad they were
 * dropped on they fill the free pads onward and then from the first on, and pads of the demo kit count as free. Beside
 * the pads they fill the empty ones before the demo kit's.
 *
 * @param droppedOn - the pad under the pointer, null between the pads
 */
export function dropTargets(fileCount: number, droppedOn: number | null, pads: readonly PadState[]): readonly number[] {
	if (fileCount === 1 && droppedOn !== null) return [droppedOn];
	return freePads(droppedOn, pads).slice(0, fileCount);
}

function freePads(droppedOn: number | null, pads: readonly PadState[]): readonly number[] {
	const owners = pads.map(padOwner);
	const padsOf = (owner: "nobody" | "demo"): number[] => [...owners.keys()].filter((pad) => owners[pad] === owner);
	if (droppedOn === null) return [...padsOf("nobody"), ...padsOf("demo")];
	const distance = (pad: number): number => (pad - droppedOn + pads.length) % pads.length;
	return [...padsOf("nobody"), ...padsOf("demo")].toSorted((first, second) => distance(first) - distance(second));
}
