import type { Instrument } from "../instrument/instrument.ts";
import type { LooperEngine } from "../instrument/looper-engine.ts";
import { GridEdits } from "./grid-edits.ts";
import { PadAnalyses } from "./pad-analyses.ts";
import { PadSlices } from "./pad-slices.ts";

/** Analyses and slices what the instrument's pads hold from now on, and what they hold already. */
export function openAnalyses(engine: LooperEngine, instrument: Instrument): void {
	instrument.analyses = {
		pads: new PadAnalyses(engine, instrument),
		grid: new GridEdits(instrument),
		slices: new PadSlices(engine, instrument),
	};
}
