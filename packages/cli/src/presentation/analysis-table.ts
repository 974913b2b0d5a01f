import type { AnalysisOrigin, SampleAnalysis } from "flitzis-looper";
import { printable } from "./printable.ts";
import { tableOf } from "./table.ts";

/** One entry of `flitzis-looper analyze --json`. */
export interface AnalyzedFile {
	/** As the user named it. */
	readonly file: string;
	readonly analysis: SampleAnalysis;
}

const HEADINGS = ["Tempo", "Sure", "Beats", "Key", "Tuning", "Loudness", "True peak", "Onsets", "File"];
/** What was not found, or is not there. */
const NONE = "–";

/** Names the source, unless it is the detector. */
function sourceOf({ origin }: { readonly origin: AnalysisOrigin }): string {
	return origin === "detected" ? "" : ` (${origin})`;
}

function cellsOf({ file, analysis: { tempo, beats, key, loudness, onsetsSec } }: AnalyzedFile): string[] {
	return [
		tempo === null ? NONE : `${tempo.bpm.toFixed(2)}${tempo.isConstant ? "" : " ~"}${sourceOf(tempo)}`,
		tempo === null ? NONE : `${Math.round(100 * tempo.confidence)} %`,
		beats === null ? NONE : `${beats.lengthBeats ?? ""} in ${beats.beatsPerBar}`.trim(),
		key === null ? NONE : `${key.tonic} ${key.mode}${sourceOf(key)}`,
		key === null ? NONE : `${key.tuningCents.toFixed(0)} cents`,
		loudness.lufs === null ? "silence" : `${loudness.lufs.toFixed(1)} LUFS`,
		loudness.truePeakDecibels === null ? NONE : `${loudness.truePeakDecibels.toFixed(2)} dB`,
		String(onsetsSec.length),
		// The name is last, because terminals disagree about the width of some characters.
		printable(file),
	];
}

/**
 * A table with one line per file; "~" stands behind a tempo that moves, "(file)" and "(name)" behind what these say.
 *
 * @returns lines, each with a line feed
 */
export function analysisTable(files: readonly AnalyzedFile[]): string {
	return tableOf(
		HEADINGS,
		files.map((file) => ({ cells: cellsOf(file), notes: [] })),
	);
}
