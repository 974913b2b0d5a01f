import type { OwnedFloats, PlatformAbortSignal } from "./platform-types.ts";
import type { SampleAnalysis } from "./sample-analysis.ts";

/** What an application's own analyzer is given of one sample. */
export interface AnalyzerInput {
	/** All of the sample in mono, the mean of its channels, nominally -1..1: a copy, which may be transferred. */
	readonly pcm: OwnedFloats;
	/** Frames per second: the engine's. */
	readonly sampleRate: number;
	/** Length of `pcm`, in seconds. */
	readonly durationSec: number;
	/** The source as its caller named it: path, URL, file name, or "bytes". */
	readonly name: string;
	/** What the file, its name and the built-in detector say. */
	readonly analysis: SampleAnalysis;
	/** Aborts when nobody waits for the answer any more: the sample was replaced, the engine shut down, or five minutes have passed. */
	readonly signal: PlatformAbortSignal;
}

/**
 * An application's own analyzer: called on the control thread, for one sample at a time, after the built-in detector. It posts `pcm` to a
 * worker of its own, and answers with what that has found.
 *
 * @returns the fields that replace those of the built-in answer; a `tempo` without `beats` moves the beats to that tempo.
 * @throws anything: the analysis then ends in `analysis-failed`, and the sample plays nevertheless.
 */
export type SampleAnalyzer = (input: AnalyzerInput) => Promise<Partial<SampleAnalysis>> | Partial<SampleAnalysis>;
