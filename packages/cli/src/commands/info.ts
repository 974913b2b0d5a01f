import { LooperError } from "flitzis-looper";
import { DecodeBar } from "../presentation/decode-bar.ts";
import { decodedFile, type FileReport, failedFile, isDecoded } from "../presentation/file-report.ts";
import { fileTable } from "../presentation/file-table.ts";
import { printable } from "../presentation/printable.ts";
import { SampleReader } from "../reading/sample-reader.ts";
import type { Terminal } from "../terminal.ts";

/** Options of `flitzis-looper info`. */
export interface InfoOptions {
	/** Prints an array with one object per file. */
	readonly json: boolean;
}

async function readReport(path: string, reader: SampleReader, { stderr, signal }: Terminal): Promise<FileReport> {
	const bar = new DecodeBar(stderr);
	bar.start(path);
	try {
		const onProgress = ({ percent, stage }: { percent: number; stage: string }) => bar.update(percent, stage);
		return decodedFile(path, await reader.read(path, { signal, onProgress }));
	} catch (error) {
		if (error instanceof LooperError) return failedFile(path, error);
		throw error;
	} finally {
		bar.stop();
	}
}

/**
 * Decodes every file and prints its properties; a failure does not affect the other files.
 *
 * @returns the exit code: 1 if a file failed or the signal ended the command
 */
export async function info(paths: readonly string[], { json }: InfoOptions, terminal: Terminal): Promise<number> {
	const { stdout, stderr, signal } = terminal;
	const reports: FileReport[] = [];
	const reader = new SampleReader();
	try {
		for (const path of paths) {
			if (signal.aborted) break;
			const report = await readReport(path, reader, terminal);
			reports.push(report);
			if (!isDecoded(report)) stderr.write(`flitzis-looper: ${printable(path)}: ${printable(report.error.message)}\n`);
		}
	} finally {
		await reader.close();
	}
	const decoded = reports.filter(isDecoded);
	if (json) stdout.write(`${JSON.stringify(reports, null, "\t")}\n`);
	else if (decoded.length > 0) stdout.write(fileTable(decoded));
	return decoded.length === paths.length ? 0 : 1;
}
