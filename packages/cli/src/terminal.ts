import type { Writable } from "node:stream";

/** Where a command writes, and what tells it to end. */
export interface Terminal {
	readonly stdout: Writable;
	/** For people: progress, errors. `isTTY` where it is a screen. */
	readonly stderr: Writable & { readonly isTTY?: boolean };
	/** Aborted when the user wants the command to end. */
	readonly signal: AbortSignal;
}

/** A failure that a person can act on; its message says all there is to say. */
export class CommandError extends Error {
	override readonly name = "CommandError";
}
