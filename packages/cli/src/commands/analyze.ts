import { type AnalyzedFile, analysisTable } from "../presentation/analysis-table.ts";
import { readFiles } from "../reading/read-files.ts";
import { interruptedCode, type Terminal } from "../terminal.ts";

/** Options of `flitzis-looper analyze`. */
export interface AnalyzeOptions {
	/** Prints an array with one object per file. */
	readonly json: boolean;
}

/**
 * Finds tempo, beats, key and loudness of every file and prints them; a failure does not affect the other files.
 *
 * @param paths - `-` is standard input
 * @returns the exit code: 1 if a file failed, that of the signal if one ended the command
 */
export async function analyze(paths: readonly string[], { json }: AnalyzeOptions, terminal: Terminal): Promise<number> {
	const { stdout, signal } = terminal;
	const reports = await readFiles<AnalyzedFile>(paths, terminal, async (reader, path, source, options) => ({
		file: path,
		// The name may say tempo and key.
		analysis: await reader.analyze(source instanceof Uint8Array ? new File([source], path) : source, options),
	}));
	const analyzed = reports.filter((report) => "analysis" in report);
	if (json) stdout.write(`${JSON.stringify(reports, null, "\t")}\n`);
	else if (analyzed.length > 0) stdout.write(analysisTable(analyzed));
	if (signal.aborted) return interruptedCode(signal);
	return analyzed.length === paths.length ? 0 : 1;
}
