import type { Instrument } from "../instrument/instrument.ts";
import { dropTargets } from "./drop-targets.ts";
import { titleFromFileName } from "./file-names.ts";

/** A file with its name; a `File` is one. */
interface NamedFile extends Blob {
	readonly name: string;
}

/** Loads files onto pads as `dropTargets` decides, and tells the performer when some are left out. */
export function putFiles(instrument: Instrument, files: readonly NamedFile[], droppedOn: number | null): void {
	const targets = dropTargets(files.length, droppedOn, instrument.pads);
	for (const [index, pad] of targets.entries()) {
		const { name } = files[index]!;
		// What loops in the demo kit says nothing about the performer's file.
		const isLooping = instrument.pads[pad]?.sample?.isDemo === true ? false : null;
		instrument.load(pad, {
			source: files[index]!,
			title: titleFromFileName(name),
			isDemo: false,
			isLooping,
			color: null,
		});
	}
	const leftOut = files.length - targets.length;
	if (leftOut > 0) instrument.notify("info", leftOutText(leftOut));
	if (files.length === 0) instrument.notify("info", "There is no audio file in what was dropped.");
}

function leftOutText(leftOut: number): string {
	const files = leftOut === 1 ? "1 file was" : `${leftOut} files were`;
	return `${files} left out: no empty pad is left. Empty some pads, or drop a file on the pad it shall replace.`;
}
