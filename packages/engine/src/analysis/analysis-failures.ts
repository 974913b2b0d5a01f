import { LooperError } from "../errors.ts";

const REMEDY = "It plays nevertheless.";

/** The error of an analysis whose thread has failed. */
export function crashed(reason: string): LooperError {
	return new LooperError("worker-crashed", `The sample could not be analysed (${reason}). ${REMEDY}`);
}

/** The error of an analysis without progress. */
export function timedOut(seconds: number): LooperError {
	return new LooperError("timed-out", `The analysis made no progress for ${seconds} s and was given up. ${REMEDY}`);
}

/** The error of an application's own analyzer. */
export function analyzerFailed(reason: string, cause: unknown): LooperError {
	const message = `The application's analyzer failed: ${reason} ${REMEDY}`;
	return new LooperError("analysis-failed", message, { cause });
}

/** The error of an analysis that nobody waits for. */
export function unwanted(): LooperError {
	return new LooperError("cancelled", "The sample was replaced before its analysis had ended.");
}
