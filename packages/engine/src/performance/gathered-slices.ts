import { COMMAND_SLOT } from "../protocol/commands.ts";
import type { Slice } from "../protocol/slice.ts";
import { readSlices } from "../rings/slice-words.ts";
import { frameOfEntry } from "./command-entry.ts";
import type { PerformanceCommand } from "./performance.ts";

/** Puts a pad's slices together, which the journal has in several entries, one behind the other. */
export class GatheredSlices {
	#slices: Slice[] = [];

	/** @returns the command with all of them when the entry is the last one; null before, and where one is missing. */
	take(entry: DataView): PerformanceCommand | null {
		const { slices, first, total } = readSlices(entry);
		if (first === 0) this.#slices = [];
		else if (first !== this.#slices.length) return null;
		this.#slices.push(...slices);
		if (this.#slices.length < total) return null;
		const slot = entry.getUint32(COMMAND_SLOT, true);
		return { frame: frameOfEntry(entry), type: "slices", slot, slices: this.#slices };
	}
}
