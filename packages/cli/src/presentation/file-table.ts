import type { DecodedFile } from "./file-report.ts";
import { printable } from "./printable.ts";
import { tableOf } from "./table.ts";

/** Minutes, seconds and milliseconds: "1:02.345"; preceded by hours if there are any. */
export function durationText(durationSec: number): string {
	const milliseconds = Math.round(durationSec * 1_000);
	const hours = Math.floor(milliseconds / 3_600_000);
	const minutes = Math.floor(milliseconds / 60_000) % 60;
	const seconds = ((milliseconds % 60_000) / 1_000).toFixed(3).padStart(6, "0");
	return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${seconds}` : `${minutes}:${seconds}`;
}

/** Decibels relative to full scale: "-6.02 dB"; "silence" for 0. */
export function peakText(peak: number): string {
	return peak === 0 ? "silence" : `${(20 * Math.log10(peak)).toFixed(2)} dB`;
}

const HEADINGS = ["Format", "Rate", "Channels", "Duration", "Peak", "File"];

function cellsOf({ format, sampleRate, channels, durationSec, peak, file }: DecodedFile): string[] {
	return [
		format,
		`${sampleRate} Hz`,
		String(channels),
		durationText(durationSec),
		peakText(peak),
		// The name is last, because terminals disagree about the width of some characters.
		printable(file),
	];
}

/**
 * A table with one line per file, followed by its warnings.
 *
 * @returns lines, each with a line feed
 */
export function fileTable(files: readonly DecodedFile[]): string {
	return tableOf(
		HEADINGS,
		files.map((file) => ({
			cells: cellsOf(file),
			notes: file.warnings.map((warning) => `  warning: ${printable(warning)}`),
		})),
	);
}
