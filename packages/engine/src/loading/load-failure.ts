import { isLoaderErrorCode, isLooperError, isMalformedAudio, LooperError, MalformedAudioError } from "../errors.ts";
import type { LoadFailure } from "../protocol/loader-messages.ts";

/** An error as a plain record. Thread: loader. */
export function describeFailure(error: unknown): LoadFailure {
	if (isMalformedAudio(error)) {
		return { code: "malformed-audio", message: error.message, byteOffset: error.byteOffset };
	}
	if (!isLooperError(error)) {
		return { code: "worker-crashed", message: `The loader failed (${String(error)}). Report this file.` };
	}
	const { code, message } = error;
	// The pipeline throws none of the engine's own codes.
	return { code: isLoaderErrorCode(code) ? code : "unsupported-format", message };
}

/** The error that a record was made from. Thread: control. */
export function rebuildFailure({ code, message, byteOffset }: LoadFailure): LooperError {
	if (code === "malformed-audio" && byteOffset !== undefined) return new MalformedAudioError(byteOffset, message);
	return new LooperError(code, message);
}
