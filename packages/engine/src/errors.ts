/** Why a load failed, as the `error` event names it. */
export type LoaderErrorCode =
	| "file-not-found"
	| "read-failed"
	| "unsupported-format"
	| "malformed-audio"
	| "unsupported-channels"
	| "out-of-memory"
	| "ring-full"
	| "worker-crashed"
	| "unsupported-platform"
	| "timed-out"
	| "cancelled"
	| "closed";

/** Codes of the engine's calls, which no load ends in. */
const ENGINE_ERROR_CODES = [
	"not-running",
	"performance-running",
	"no-performance",
	"performance-overflow",
	"malformed-performance",
	"sample-differs",
	"empty-pad",
	"no-free-slot",
	"device-unavailable",
	"recording-running",
	"no-recording",
	"recording-failed",
	"analysis-failed",
] as const;

/** Every way in which the engine can fail, wrong arguments aside (those are `TypeError` and `RangeError`). */
export type LooperErrorCode = LoaderErrorCode | (typeof ENGINE_ERROR_CODES)[number];

/** Tells whether a load can end in the code. */
export function isLoaderErrorCode(code: LooperErrorCode): code is LoaderErrorCode {
	return !(ENGINE_ERROR_CODES as readonly string[]).includes(code);
}

/** What an error may carry beside its message. */
export interface LooperErrorOptions extends ErrorOptions {
	/** The source of the load that it is of. */
	readonly source?: string | null;
}

/** An error with a code to branch on and a message that says what happened and what to do. */
export class LooperError extends Error {
	readonly code: LooperErrorCode;
	/** What could not be loaded, as its events name it: path, URL, file name, or "bytes"; null for errors that are not of a load. */
	readonly source: string | null;

	constructor(code: LooperErrorCode, message: string, options?: LooperErrorOptions) {
		super(message, options);
		this.name = "LooperError";
		this.code = code;
		this.source = options?.source ?? null;
	}
}

/** A file whose bytes contradict its format. */
export class MalformedAudioError extends LooperError {
	/** Where in the file the contradiction stands, in bytes from its start. */
	readonly byteOffset: number;

	constructor(byteOffset: number, message: string, options?: LooperErrorOptions) {
		super("malformed-audio", message, options);
		this.name = "MalformedAudioError";
		this.byteOffset = byteOffset;
	}
}

/**
 * Tells a `LooperError` of any copy of this module: files that loader threads import have their own, so that `instanceof`
 * fails for what they throw.
 */
export function isLooperError(error: unknown): error is LooperError {
	return error instanceof Error && (error.name === "LooperError" || isMalformedAudio(error)) && "code" in error;
}

/** Tells a `MalformedAudioError` of any copy of this module. */
export function isMalformedAudio(error: unknown): error is MalformedAudioError {
	return error instanceof Error && error.name === "MalformedAudioError" && "byteOffset" in error;
}

/** @returns the error as that of one load: several may end in the same. @param source - as events name it */
export function errorOfLoad(error: LooperError, source: string): LooperError {
	const { code, message, cause } = error;
	const options = { source, ...(cause !== undefined && { cause }) };
	if (isMalformedAudio(error)) return new MalformedAudioError(error.byteOffset, message, options);
	return new LooperError(code, message, options);
}

/** The error of a call before `run`. */
export function notRunning(): LooperError {
	return new LooperError("not-running", "The engine does not run yet. Await run() first.");
}

/** The error of a call that needs a sample. */
export function emptyPad(slot: number): LooperError {
	return new LooperError("empty-pad", `Pad ${slot} holds no sample. Load one and await it first.`);
}

/** The error for one more name than there are slots. */
export function noFreeSlot(slots: number): LooperError {
	const message = `All ${slots} slots hold a sample. Unload one, or make the engine with more sampleSlots.`;
	return new LooperError("no-free-slot", message);
}

/** The error of a call that cannot wait until the audio thread runs again. */
export function suspended(): LooperError {
	return new LooperError("not-running", "The audio thread is suspended. Call resume() in a user's gesture.");
}

/** The error of a choice of device without one. */
export function withoutDevice(): LooperError {
	const message = 'An engine with output: "offline" plays on no device. Leave the option out to play on one.';
	return new LooperError("unsupported-platform", message);
}

/** The error of a recording of an input where there is none. */
export function withoutInput(): LooperError {
	const message = "This output has no input to record. Use an AudioContext that is not an OfflineAudioContext.";
	return new LooperError("unsupported-platform", message);
}

/** The error of a call after `shutDown`. */
export function closed(): LooperError {
	return new LooperError("closed", "The engine has been shut down. Create a new one.");
}

/** The error of everything whose context somebody has closed. */
export function contextClosed(): LooperError {
	return new LooperError("closed", "The audioContext has been closed. Create a new engine with one that is open.");
}

/** The error of a call on a stream that was closed. */
export function streamClosed(): LooperError {
	return new LooperError("closed", "The stream has been closed. Create a new one.");
}

/** The error of a call that found its ring full. */
export function ringFull(capacity: number): LooperError {
	return new LooperError(
		"ring-full",
		`${capacity} commands wait for the audio thread already. Send fewer commands per block.`,
	);
}

/** The error of a call that found as many commands waiting for their frame as its ring holds. */
export function timedFull(capacity: number): LooperError {
	return new LooperError(
		"ring-full",
		`${capacity} commands wait for their frame already. Send them later, or clear them with stopAll().`,
	);
}
