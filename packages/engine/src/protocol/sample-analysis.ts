import type { MusicalKey } from "./musical-key.ts";

/** Who says something of a recording: a chunk or tag of its file, the file's name, or the detector. */
export type AnalysisOrigin = "file" | "name" | "detected";

/** How fast a recording is. */
export interface AnalyzedTempo {
	/** Beats per minute. */
	readonly bpm: number;
	/** 0, a guess, to 1, sure; 1 where the file or its name says so. */
	readonly confidence: number;
	/** Who says so. */
	readonly origin: AnalysisOrigin;
	/** The tempos that it is most easily taken for: ×2, ÷2, ×3/2, ×2/3, ×4/3, ×3/4. */
	readonly alternatives: readonly number[];
	/** False where the beats leave an even grid. */
	readonly isConstant: boolean;
}

/** Where the beats of a recording are, at even distances. */
export interface AnalyzedBeats {
	/** The first beat, in seconds from the start, below one period. */
	readonly firstBeatSec: number;
	/** From one beat to the next. */
	readonly periodSec: number;
	/** 3 or 4. */
	readonly beatsPerBar: number;
	/** The first beat that begins a bar. */
	readonly firstDownbeatSec: number;
	/** How many beats a loop is long; null for what is no loop. */
	readonly lengthBeats: number | null;
}

/** What key a recording is in. */
export interface AnalyzedKey extends MusicalKey {
	/** 0, as well another one, to 1, sure; 1 where the file or its name says so. */
	readonly confidence: number;
	/** Who says so. */
	readonly origin: AnalysisOrigin;
	/** How far its A4 is from 440 Hz, -50..50; 0 where that cannot be told. */
	readonly tuningCents: number;
}

/** How loud a recording is. */
export interface AnalyzedLoudness {
	/** Integrated loudness; null where nothing is above -70 LUFS. */
	readonly lufs: number | null;
	/** The highest value, between samples too, in dBTP; null for silence. */
	readonly truePeakDecibels: number | null;
}

/** What was found in a recording; null is what it does not have, or what could not be told. */
export interface SampleAnalysis {
	readonly tempo: AnalyzedTempo | null;
	/** Null where there is no tempo. */
	readonly beats: AnalyzedBeats | null;
	readonly key: AnalyzedKey | null;
	readonly loudness: AnalyzedLoudness;
	/** Where sounds begin, in seconds, ascending; at most 10,000. Empty for recordings longer than a minute. */
	readonly onsetsSec: readonly number[];
	/** Whether it is made of hits, as drums are, and therefore best played by slices. False for recordings longer than a minute. */
	readonly isPercussive: boolean;
}
