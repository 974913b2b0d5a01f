import type { GridEdits } from "./grid-edits.ts";
import type { PadAnalyses } from "./pad-analyses.ts";
import type { PadSlices } from "./pad-slices.ts";

/** What finds tempo, beats and key of the pads' samples and corrects them, and what cuts samples into slices. */
export interface Analyses {
	readonly pads: PadAnalyses;
	readonly grid: GridEdits;
	readonly slices: PadSlices;
}
