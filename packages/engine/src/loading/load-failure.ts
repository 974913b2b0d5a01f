import { isLoaderErrorCode, isLooperError, isMalformedAudio, LooperError, MalformedAudioError } from "../errors.ts";
import type { LoadFailure } from "../protocol/loader-messages.ts";

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

/** A copy that can be cloned, whatever the error and its causes carry. */
function describeCause(error: unknown, depth: number = 1): { readonly cause?: Error } {
	if (!(error instanceof Error)) return {};
	const code = "code" in error ? String(error.code) : error.name;
	const cause = depth < MOST_CAUSES ? describeCause(error.cause, depth + 1) : {};
	// Of several failed connections, Node names no more than the code.
	return { cause: Object.assign(new Error(error.message || code, cause), { name: error.name }) };
}

/** The error that a record was made from. Thread: control. */
export function rebuildFailure({ code, message, byteOffset, cause }: LoadFailure): LooperError {
	const options = cause && { cause };
	if (code === "malformed-audio" && byteOffset !== undefined)
		return new MalformedAudioError(byteOffset, message, options);
	return new LooperError(code, message, options);
}
