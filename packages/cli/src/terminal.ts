import type { Writable } from "node:stream";

/** A command's output streams and its abort signal. */
export interface Terminal {
	readonly stdout: Writable;
	/** Progress and errors. `isTTY` if it is a terminal. */
	readonly stderr: Writable & { readonly isTTY?: boolean };
	/** Aborted when the user interrupts the command. */
	readonly signal: AbortSignal;
}

/** A failure that the user can act on; printed without a stack trace. */
export class CommandError extends Error {
	override readonly name = "CommandError";
}
