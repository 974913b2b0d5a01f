import { LooperError } from "../errors.ts";

/** The timers that every realm has, for code compiled without one. */
export interface Timer {
	setTimeout(callback: () => void, milliseconds: number): unknown;
	clearTimeout(handle: unknown): void;
}

declare const setTimeout: Timer["setTimeout"];
declare const clearTimeout: Timer["clearTimeout"];
declare const console: { error: (...values: readonly unknown[]) => void };

/** A healthy start takes 0.1 s. The pool terminates a thread after 5 s of silence, so report the reason before that. */
const START_MILLISECONDS = 4_000;

/** A decoder that logs more messages than this in one call is in an infinite loop. */
const MESSAGES_PER_CALL = 64;

const realmTimer: Timer = {
	setTimeout: (callback, milliseconds) => setTimeout(callback, milliseconds),
	clearTimeout: (handle) => clearTimeout(handle),
};

/**
 * Waits for a decoder library to start. A library whose WebAssembly is blocked by the page's security policy never
 * settles, so the wait is bounded.
 *
 * @param what - the format, for the message
 * @throws LooperError `timed-out`.
 */
export async function started(ready: Promise<unknown>, what: string, timer: Timer = realmTimer): Promise<void> {
	let handle: unknown;
	const bound = new Promise<never>((_resolve, reject) => {
		handle = timer.setTimeout(() => {
			const seconds = START_MILLISECONDS / 1_000;
			const reason = `The ${what} decoder did not start within ${seconds} s.`;
			const remedy = "A content security policy must allow 'wasm-unsafe-eval'; otherwise try again.";
			reject(new LooperError("timed-out", `${reason} ${remedy}`));
		}, START_MILLISECONDS);
	});
	try {
		await Promise.race([ready, bound]);
	} finally {
		timer.clearTimeout(handle);
	}
}

/**
 * Calls a decoder library with its console output suppressed; a call that logs endlessly is aborted.
 *
 * @throws Error if the library fails; its instance is unusable afterwards.
 */
export function silently<Result>(call: () => Result): Result {
	const { error } = console;
	let messageCount = 0;
	console.error = (...values) => {
		messageCount++;
		if (messageCount > MESSAGES_PER_CALL) throw new Error(values.join(" "));
	};
	try {
		return call();
	} finally {
		console.error = error;
	}
}
