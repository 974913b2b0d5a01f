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
	| "timed-out"
	| "cancelled";

/** Codes of the engine's calls, which no load ends in. */
const ENGINE_ERROR_CODES = [
	"not-running",
	"closed",
	"unsupported-platform",
	"performance-running",
	"no-performance",
	"performance-overflow",
	"malformed-performance",
	"sample-differs",
] as const;

/** Every way in which the engine can fail, wrong arguments aside (those are `TypeError` and `RangeError`). */
export type LooperErrorCode = LoaderErrorCode | (typeof ENGINE_ERROR_CODES)[number];

/** Tells whether a load can end in the code. */
export function isLoaderErrorCode(code: LooperErrorCode): code is LoaderErrorCode {
	return !(ENGINE_ERROR_CODES as readonly string[]).includes(code);
}

/** An error with a code to branch on and a message that says what happened and what to do. */
export class LooperError extends Error {
	readonly code: LooperErrorCode;

	constructor(code: LooperErrorCode, message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = "LooperError";
		this.code = code;
	}
}

/** A file whose bytes contradict its format. */
export class MalformedAudioError extends LooperError {
	/** Where in the file the contradiction stands, in bytes from its start. */
	readonly byteOffset: number;

	constructor(byteOffset: number, message: string, options?: ErrorOptions) {
		super("malformed-audio", message, options);
		this.name = "MalformedAudioError";
		this.byteOffset = byteOffset;
	}
}

/** The error of a call after `shutDown`. */
export function closed(): LooperError {
	return new LooperError("closed", "the engine has been shut down; create a new one");
}
