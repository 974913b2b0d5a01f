import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { CommandError, STANDARD_STREAM, type Terminal } from "../terminal.ts";
import { fileProblem } from "./file-problem.ts";
import { untilAborted } from "./until-aborted.ts";

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
	if (path === "") throw new CommandError(`The name of the ${what} is empty. Name a ${what}.`);
	try {
		const reading = path === STANDARD_STREAM ? buffer(stdin) : readFile(path, { signal });
		const bytes = await untilAborted(reading, signal);
		return new Uint8Array(bytes);
	} catch (error) {
		const problem = signal.aborted ? null : fileProblem(error, what, path);
		throw problem === null ? error : new CommandError(problem, { cause: error });
	}
}
