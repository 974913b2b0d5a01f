import { stat } from "node:fs/promises";
import { type AwaitedLoadOptions, LooperError } from "flitzis-looper";
import { DecodeBar } from "../presentation/decode-bar.ts";
import { type FailedFile, failedFile } from "../presentation/file-report.ts";
import { printable } from "../presentation/printable.ts";
import { CommandError, STANDARD_STREAM, type Terminal } from "../terminal.ts";
import { readInput } from "./read-input.ts";
import { type FileSource, SampleReader } from "./sample-reader.ts";

/** Larger files are read in parts, and again when their rate is not the one of the file before. */
const MOST_BYTES = 2 ** 30;

/** Asks a file what a command wants to know. */
type ReadFile<Report> = (
	reader: SampleReader,
	path: string,
	source: FileSource,
	options: AwaitedLoadOptions,
) => Promise<Report>;

/**
 * Reads files one after the other, with a progress bar, and says why one cannot be read; the others are not affected.
 *
 * @param paths - `-` is standard input
 * @returns what was read, in order, up to a signal.
 */
export async function readFiles<Report>(
	paths: readonly string[],
	terminal: Terminal,
	read: ReadFile<Report>,
): Promise<(Report | FailedFile)[]> {
	const { stderr, signal } = terminal;
	const reports: (Report | FailedFile)[] = [];
	const reader = new SampleReader();
	try {
		for (const path of paths) {
			if (signal.aborted) break;
			const report = await readFile(path, reader, terminal, read);
			if (report === null || signal.aborted) break;
			reports.push(report);
			const place = path === "" ? "" : `${printable(path)}: `;
			if (isFailed(report)) stderr.write(`flitzis-looper: ${place}${printable(report.error.message)}\n`);
		}
	} finally {
		await reader.close();
	}
	return reports;
}

function isFailed(report: unknown): report is FailedFile {
	return typeof report === "object" && report !== null && "error" in report;
}

/** @returns null when the signal ended it */
async function readFile<Report>(
	path: string,
	reader: SampleReader,
	terminal: Terminal,
	read: ReadFile<Report>,
): Promise<Report | FailedFile | null> {
	const { stderr, signal } = terminal;
	const bar = new DecodeBar(stderr);
	bar.start(path);
	try {
		const onProgress = ({ percent, stage }: { percent: number; stage: string }): void => bar.update(percent, stage);
		return await read(reader, path, await sourceOf(path, terminal), { signal, onProgress });
	} catch (error) {
		if (error instanceof LooperError) return failedFile(path, error);
		if (error instanceof CommandError) return failedFile(path, { code: "read-failed", message: error.message });
		if (!signal.aborted) throw error;
		return null;
	} finally {
		bar.stop();
	}
}

/** What the file is decoded from: its bytes, which are read once. The engine says what is wrong with those that have none. */
async function sourceOf(path: string, terminal: Terminal): Promise<FileSource> {
	if (path === STANDARD_STREAM || path === "") return await readInput(path, "file", terminal);
	const found = await stat(path).catch(() => null);
	const isWithoutBytes = found === null || found.isDirectory() || found.size > MOST_BYTES;
	return isWithoutBytes ? path : await readInput(path, "file", terminal);
}
