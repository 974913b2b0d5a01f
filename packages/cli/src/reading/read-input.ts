import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { CommandError, STANDARD_STREAM, type Terminal } from "../terminal.ts";
import { fileProblem } from "./file-problem.ts";

/**
 * Reads a file, a pipe or, named `-`, standard input, once and as a whole.
 *
 * @param what - "performance" …, for the message
 * @throws CommandError when it cannot be read; the signal's reason
 */
export async function readInput(
	path: string,
	what: string,
	{ stdin, signal }: Terminal,
): Promise<Uint8Array<ArrayBuffer>> {
	try {
		const bytes =
			path === STANDARD_STREAM ? await untilAborted(buffer(stdin), signal) : await readFile(path, { signal });
		return new Uint8Array(bytes);
	} catch (error) {
		const problem = signal.aborted ? null : fileProblem(error, what, path);
		throw problem === null ? error : new CommandError(problem, { cause: error });
	}
}

async function untilAborted<Value>(value: Promise<Value>, signal: AbortSignal): Promise<Value> {
	signal.throwIfAborted();
	const aborted = new Promise<never>((_, reject) => {
		signal.addEventListener("abort", () => reject(signal.reason), { once: true });
	});
	return await Promise.race([value, aborted]);
}
