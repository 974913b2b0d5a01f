import type { GridEdits } from "./grid-edits.ts";
import type { PadAnalyses } from "./pad-analyses.ts";

/** What finds tempo, beats and key of the pads' samples, and what corrects them. */
export interface Analyses {
	readonly pads: PadAnalyses;
	readonly grid: GridEdits;
}
