import { isLoaderErrorCode, isLooperError, isMalformedAudio, LooperError, MalformedAudioError } from "../errors.ts";
import type { FailureCause, LoadFailure } from "../protocol/loader-messages.ts";

/** Causes of causes that are passed on: Node's `fetch` failed because a request failed because a socket did. */
const MOST_CAUSES = 4;

/** An error as a plain record. Thread: loader. */
export function describeFailure(error: unknown): LoadFailure {
	if (!isLooperError(error)) {
		const message = `The loader failed (${String(error)}). Report this file.`;
		return { code: "worker-crashed", message, ...describeCause(error) };
	}
	const { code, message, cause } = error;
	const told = { message, ...describeCause(cause) };
	if (isMalformedAudio(error)) return { code: "malformed-audio", ...told, byteOffset: error.byteOffset };
	// The pipeline throws none of the engine's own codes.
	return { code: isLoaderErrorCode(code) ? code : "unsupported-format", ...told };
}

function describeCause(error: unknown, depth: number = 1): { readonly cause?: FailureCause } {
	if (!(error instanceof Error)) return {};
	const { name, message, cause } = error;
	const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
	return { cause: { name, message, ...code, ...(depth < MOST_CAUSES && describeCause(cause, depth + 1)) } };
}

/** The error that a record was made from. Thread: control. */
export function rebuildFailure({ code, message, byteOffset, cause }: LoadFailure): LooperError {
	const options = rebuildCause(cause);
	if (code === "malformed-audio" && byteOffset !== undefined)
		return new MalformedAudioError(byteOffset, message, options);
	return new LooperError(code, message, options);
}

function rebuildCause(cause: FailureCause | undefined): ErrorOptions {
	if (cause === undefined) return {};
	const { name, message, code } = cause;
	const error = new Error(message, rebuildCause(cause.cause));
	return { cause: Object.assign(error, { name, ...(code !== undefined && { code }) }) };
}
