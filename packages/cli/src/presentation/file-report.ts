import type { LooperError, SampleInfo } from "flitzis-looper";

/** The report of a decoded file. */
export interface DecodedFile {
	/** As the user named it. */
	readonly file: string;
	readonly format: string;
	/** Frames per second, as recorded. */
	readonly sampleRate: number;
	readonly channels: number;
	readonly frames: number;
	readonly durationSec: number;
	/** Highest absolute sample, nominally 0..1. */
	readonly peak: number;
	readonly warnings: readonly string[];
}

/** The report of a file that could not be decoded. */
export interface FailedFile {
	/** As the user named it. */
	readonly file: string;
	readonly error: { readonly code: string; readonly message: string };
}

/** @param file - as the user named it */
export function decodedFile(file: string, { source, peak, warnings }: SampleInfo): DecodedFile {
	const { format, sampleRate, channels, frames } = source;
	return { file, format, sampleRate, channels, frames, durationSec: frames / sampleRate, peak, warnings };
}

/** @param file - as the user named it */
export function failedFile(file: string, { code, message }: Pick<LooperError, "code" | "message">): FailedFile {
	return { file, error: { code, message } };
}

/** Whether the file could be decoded. */
export function isDecoded(report: DecodedFile | FailedFile): report is DecodedFile {
	return !("error" in report);
}
