import { bankNames, bankOf } from "../instrument/banks.ts";
import { type PadState, padOwner } from "../instrument/pad-state.ts";

/** Where files are dropped. */
export interface DropPoint {
	/** The pad under the pointer; null between the pads. */
	readonly pad: number | null;
	/** The bank that is shown. */
	readonly bank: number;
}

/**
 * The pads that dropped files go to, in the order of the files; fewer than files when no free pad is left.
 *
 * A single file replaces the sound of the pad it was dropped on. Several files never replace the performer's own sounds:
 * they fill free pads, starting at the pad they were dropped on and wrapping around at the end, and pads of the demo set
 * count as free. Files dropped between the pads fill the bank that is shown and then those that follow it, in each the
 * empty pads first, then those of the demo set.
 */
export function dropTargets(fileCount: number, point: DropPoint, pads: readonly PadState[]): readonly number[] {
	if (fileCount === 1 && point.pad !== null) return [point.pad];
	return freePads(point, pads).slice(0, fileCount);
}

function freePads({ pad: droppedOn, bank }: DropPoint, pads: readonly PadState[]): readonly number[] {
	const owners = pads.map(padOwner);
	const padsOf = (owner: "nobody" | "demo"): number[] => [...owners.keys()].filter((pad) => owners[pad] === owner);
	const distance = (pad: number): number =>
		droppedOn === null
			? (bankOf(pad) - bank + bankNames.length) % bankNames.length
			: (pad - droppedOn + pads.length) % pads.length;
	return [...padsOf("nobody"), ...padsOf("demo")].toSorted((first, second) => distance(first) - distance(second));
}
