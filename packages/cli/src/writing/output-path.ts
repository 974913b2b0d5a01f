import { realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { printable } from "../presentation/printable.ts";
import { CommandError } from "../terminal.ts";
import { partialPath } from "./wave-file.ts";

/**
 * Checks a file that is about to be written.
 *
 * @param inputs - files that are read for it
 * @throws CommandError if its folder does not exist, it is a folder itself, or it would replace an input
 */
export async function checkOutput(output: string, inputs: readonly string[]): Promise<void> {
	const folder = dirname(resolve(output));
	const found = await stat(folder).catch(() => null);
	if (found?.isDirectory() !== true) {
		const message = `There is no folder ${printable(folder)} for the output. Make it, or name another file with -o.`;
		throw new CommandError(message);
	}
	if ((await stat(output).catch(() => null))?.isDirectory() === true)
		throw new CommandError(`The output ${printable(output)} is a folder. Name a file with -o.`);
	const written = new Set(await Promise.all([output, partialPath(output)].map(realPath)));
	for (const input of inputs) {
		if (!written.has(await realPath(input))) continue;
		const message = `The output ${printable(output)} would overwrite ${printable(input)}, which is rendered from.`;
		throw new CommandError(`${message} Name another file with -o.`);
	}
}

/** A file's path without links; of one that does not exist yet, where it will be. */
async function realPath(path: string): Promise<string> {
	try {
		return await realpath(path);
	} catch {
		const absolute = resolve(path);
		return join(await realpath(dirname(absolute)).catch(() => dirname(absolute)), basename(absolute));
	}
}
