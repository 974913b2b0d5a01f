/** The stages of an analysis as events name them, in their order. */
export const ONSETS = "Analyzing (onsets)";
export const TEMPO = "Analyzing (tempo)";
export const BEAT_GRID = "Analyzing (beat grid)";
export const KEY = "Analyzing (key)";
export const LOUDNESS = "Analyzing (loudness)";

/** The application's own analyzer has the sample. */
export const ANALYZER = "Analyzing (analyzer)";

export type AnalysisStage =
	| typeof ONSETS
	| typeof TEMPO
	| typeof BEAT_GRID
	| typeof KEY
	| typeof LOUDNESS
	| typeof ANALYZER;
