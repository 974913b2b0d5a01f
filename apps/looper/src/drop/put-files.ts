import type { Instrument } from "../instrument/instrument.ts";
import { emptyPad } from "../instrument/pad-state.ts";
import { type DropPoint, dropTargets } from "./drop-targets.ts";
import { titleFromFileName } from "./file-names.ts";

/** Where files go: an instrument's pads, its history and its notices. */
export type DropPlace = Pick<Instrument, "pads" | "history" | "notices">;

/** A file with its name; a `File` is one. */
interface NamedFile extends Blob {
	readonly name: string;
}

/** Loads files onto the pads that `dropTargets` chooses, and tells the performer how many found no pad. */
export function putFiles(place: DropPlace, files: readonly NamedFile[], point: DropPoint): void {
	const { pads, history, notices } = place;
	const targets = dropTargets(files.length, point, pads.states);
	const put = (): void => {
		for (const [index, pad] of targets.entries()) {
			const { name } = files[index]!;
			// The settings of a demo sound say nothing about the performer's file.
			const settings = pads.states[pad]?.sample?.isDemo === true ? { settings: emptyPad.settings } : {};
			pads.load(pad, {
				source: files[index]!,
				title: titleFromFileName(name),
				isDemo: false,
				color: null,
				followsFile: true,
				...settings,
			});
		}
	};
	if (targets.length > 1) history.group(`${targets.length} files on pads`, put);
	else put();
	const leftOut = files.length - targets.length;
	if (leftOut > 0) notices.tell("info", leftOutText(leftOut));
	if (files.length === 0) notices.tell("info", "The drop contains no audio file.");
}

function leftOutText(leftOut: number): string {
	const files = leftOut === 1 ? "1 file was" : `${leftOut} files were`;
	return `${files} left out because no empty pad is left. Empty some pads, or drop a file on the pad that it should replace.`;
}
