import type { LoaderErrorCode, LooperErrorCode } from "../errors.ts";
import type { SampleAnalysis } from "./sample-analysis.ts";

/** What every event about a load says. */
interface LoaderEventOrigin {
	/** The slot, 0..slots-1. */
	readonly id: number;
	/** What `loadSampleAsync` returned for this load. */
	readonly requestId: number;
	/** The source as its caller named it: path, URL, file name, or "bytes". */
	readonly source: string;
}

/** A loader thread has taken the request. */
export interface LoaderStartedEvent extends LoaderEventOrigin {
	readonly type: "started";
}

/** How far the request is. */
export interface LoaderProgressEvent extends LoaderEventOrigin {
	readonly type: "progress";
	/**
	 * Share of the whole load, 0..1; never falls; 1 exactly once, just before `success`. After that, in the stages of an analysis, share of
	 * the analysis.
	 */
	readonly percent: number;
	/** Task with an optional sub-task: "Loading (decoding)", "Analyzing (tempo)". */
	readonly stage: string;
}

/** The slot's next trigger plays the new sample. */
export interface LoaderSuccessEvent extends LoaderEventOrigin {
	readonly type: "success";
	readonly durationSec: number;
	/** Damage that was played around: what, at which second. */
	readonly warnings: readonly string[];
}

/** The load ended; the slot keeps what it had. */
export interface LoaderErrorEvent extends LoaderEventOrigin {
	readonly type: "error";
	readonly msg: string;
	readonly code: LoaderErrorCode;
}

/** What was found in the loaded sample; comes after `success`, unless the slot holds another sample by then. */
export interface LoaderAnalysisEvent extends LoaderEventOrigin {
	readonly type: "analysis";
	readonly analysis: SampleAnalysis;
}

/** The loaded sample could not be analysed; it plays nevertheless. */
export interface LoaderAnalysisErrorEvent extends LoaderEventOrigin {
	readonly type: "analysis-error";
	readonly msg: string;
	/** "worker-crashed", "timed-out", "analysis-failed" or "unsupported-platform". */
	readonly code: LooperErrorCode;
}

/** What `pollLoaderEvents` gives. Further types may follow; ignore those you don't know. */
export type LoaderEvent =
	| LoaderStartedEvent
	| LoaderProgressEvent
	| LoaderSuccessEvent
	| LoaderErrorEvent
	| LoaderAnalysisEvent
	| LoaderAnalysisErrorEvent;
