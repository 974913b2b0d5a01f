import { constants } from "node:os";
import type { Readable, Writable } from "node:stream";

/** The argument that means standard input or output instead of a file. */
export const STANDARD_STREAM = "-";

/** Signals that end a command. */
export const endings = ["SIGINT", "SIGTERM"] as const;

/** A command's streams and its abort signal. */
export interface Terminal {
	readonly stdin: Readable;
	readonly stdout: Writable;
	/** Progress and errors. `isTTY` if it is a terminal. */
	readonly stderr: Writable & { readonly isTTY?: boolean };
	/** Aborted when the user interrupts the command, with the signal's name as the reason. */
	readonly signal: AbortSignal;
}

/** A failure that the user can act on; printed without a stack trace. */
export class CommandError extends Error {
	override readonly name = "CommandError";
}

/** Exit code of a command that a signal has ended: 130 after Ctrl-C, as shells have it. */
export function interruptedCode({ reason }: AbortSignal): number {
	const name = endings.find((known) => known === reason) ?? "SIGINT";
	return 128 + constants.signals[name];
}
