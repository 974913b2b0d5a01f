import { stat } from "node:fs/promises";
import { LooperError } from "flitzis-looper";
import { DecodeBar } from "../presentation/decode-bar.ts";
import { decodedFile, type FileReport, failedFile, isDecoded } from "../presentation/file-report.ts";
import { fileTable } from "../presentation/file-table.ts";
import { printable } from "../presentation/printable.ts";
import { readInput } from "../reading/read-input.ts";
import { SampleReader } from "../reading/sample-reader.ts";
import { CommandError, interruptedCode, STANDARD_STREAM, type Terminal } from "../terminal.ts";

/** Larger files are read in parts, and again when their rate is not the one of the file before. */
const MOST_BYTES = 2 ** 30;

/** Options of `flitzis-looper info`. */
export interface InfoOptions {
	/** Prints an array with one object per file. */
	readonly json: boolean;
}

/** What the file is decoded from: its bytes, which are read once. The engine says what is wrong with those that have none. */
async function sourceOf(path: string, terminal: Terminal): Promise<string | Uint8Array<ArrayBuffer>> {
	if (path === STANDARD_STREAM) return await readInput(path, "file", terminal);
	const found = await stat(path).catch(() => null);
	const isWithoutBytes = found === null || found.isDirectory() || found.size > MOST_BYTES;
	return isWithoutBytes ? path : await readInput(path, "file", terminal);
}

/** @returns null when the signal ended it */
async function readReport(path: string, reader: SampleReader, terminal: Terminal): Promise<FileReport | null> {
	const { stderr, signal } = terminal;
	const bar = new DecodeBar(stderr);
	bar.start(path);
	try {
		const onProgress = ({ percent, stage }: { percent: number; stage: string }) => bar.update(percent, stage);
		return decodedFile(path, await reader.read(await sourceOf(path, terminal), { signal, onProgress }));
	} catch (error) {
		if (error instanceof LooperError) return failedFile(path, error);
		if (error instanceof CommandError) return failedFile(path, { code: "read-failed", message: error.message });
		if (!signal.aborted) throw error;
		return null;
	} finally {
		bar.stop();
	}
}

/**
 * Decodes every file and prints its properties; a failure does not affect the other files.
 *
 * @param paths - `-` is standard input
 * @returns the exit code: 1 if a file failed, that of the signal if one ended the command
 */
export async function info(paths: readonly string[], { json }: InfoOptions, terminal: Terminal): Promise<number> {
	const { stdout, stderr, signal } = terminal;
	const reports: FileReport[] = [];
	const reader = new SampleReader();
	try {
		for (const path of paths) {
			if (signal.aborted) break;
			const report = await readReport(path, reader, terminal);
			if (report === null || signal.aborted) break;
			reports.push(report);
			if (!isDecoded(report)) stderr.write(`flitzis-looper: ${printable(path)}: ${printable(report.error.message)}\n`);
		}
	} finally {
		await reader.close();
	}
	const decoded = reports.filter(isDecoded);
	if (json) stdout.write(`${JSON.stringify(reports, null, "\t")}\n`);
	else if (decoded.length > 0) stdout.write(fileTable(decoded));
	if (signal.aborted) return interruptedCode(signal);
	return decoded.length === paths.length ? 0 : 1;
}
