import { decodedFile, isDecoded } from "../presentation/file-report.ts";
import { fileTable } from "../presentation/file-table.ts";
import { readFiles } from "../reading/read-files.ts";
import { interruptedCode, type Terminal } from "../terminal.ts";

/** Options of `flitzis-looper info`. */
export interface InfoOptions {
	/** Prints an array with one object per file. */
	readonly json: boolean;
}

/**
 * Decodes every file and prints its properties; a failure does not affect the other files.
 *
 * @param paths - `-` is standard input
 * @returns the exit code: 1 if a file failed, that of the signal if one ended the command
 */
export async function info(paths: readonly string[], { json }: InfoOptions, terminal: Terminal): Promise<number> {
	const { stdout, signal } = terminal;
	const reports = await readFiles(paths, terminal, async (reader, path, source, options) =>
		decodedFile(path, await reader.read(source, options)),
	);
	const decoded = reports.filter(isDecoded);
	if (json) stdout.write(`${JSON.stringify(reports, null, "\t")}\n`);
	else if (decoded.length > 0) stdout.write(fileTable(decoded));
	if (signal.aborted) return interruptedCode(signal);
	return decoded.length === paths.length ? 0 : 1;
}
