import { readlink, realpath, stat } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { printable } from "../presentation/printable.ts";
import { CommandError, STANDARD_STREAM } from "../terminal.ts";

/** What WAV files are called; a name may also do without. */
const WAVE_EXTENSIONS: ReadonlySet<string> = new Set([".wav", ".wave", ""]);
/** More links than any system follows. */
const MAX_LINKS = 40;

/**
 * Checks a file that is about to be written.
 *
 * @param inputs - files that are read for it
 * @throws CommandError if its folder does not exist, it is a folder itself, it would replace an input, or its name says that it is no WAV
 *   file
 */
export async function checkOutput(output: string, inputs: readonly string[]): Promise<void> {
	if (output === STANDARD_STREAM) return;
	const target = await realPath(output);
	const folder = dirname(target);
	const found = await stat(folder).catch(() => null);
	if (found?.isDirectory() !== true) {
		const message = `There is no folder ${printable(folder)} for the output. Make it, or name another file with -o.`;
		throw new CommandError(message);
	}
	const present = await stat(target).catch(() => null);
	if (present?.isDirectory() === true)
		throw new CommandError(`The output ${printable(output)} is a folder. Name a file with -o.`);
	const written = new Set([target, await realPath(partialPath(target))]);
	for (const input of inputs) {
		if (!written.has(await realPath(input))) continue;
		const message = `The output ${printable(output)} would overwrite ${printable(input)}, which is rendered from.`;
		throw new CommandError(`${message} Name another file with -o.`);
	}
	// Whatever a device or a pipe is called.
	if (present !== null && !present.isFile()) return;
	const extension = extname(output);
	if (WAVE_EXTENSIONS.has(extension.toLowerCase())) return;
	throw new CommandError(
		`The output ${printable(output)} would be a WAV file, not what ${printable(extension)} says. Name it .wav with -o.`,
	);
}

/** A file's path without links; of one that does not exist yet, where it will be. */
export async function realPath(path: string, links = 0): Promise<string> {
	try {
		return await realpath(path);
	} catch {
		const absolute = resolve(path);
		const folder = await realpath(dirname(absolute)).catch(() => dirname(absolute));
		const linked = links < MAX_LINKS ? await readlink(absolute).catch(() => null) : null;
		return linked === null ? join(folder, basename(absolute)) : realPath(resolve(folder, linked), links + 1);
	}
}

/** Where a file is written until it is complete. */
export function partialPath(path: string): string {
	return `${path}.part`;
}
