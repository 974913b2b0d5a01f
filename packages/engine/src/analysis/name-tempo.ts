import { fileStem } from "./file-stem.ts";

/** A tempo that a file's name may give. */
export interface NamedTempo {
	/** Beats per minute. */
	readonly bpm: number;
	/** Half of its last digit, in beats per minute. */
	readonly rounding: number;
	/** Whether it stands beside "bpm"; any number may stand alone. */
	readonly isMarked: boolean;
}

/** Marked numbers beyond these are impossible. */
const SLOWEST = 30;
const FASTEST = 300;
/** Numbers that stand alone are tempos within these. */
const SLOWEST_ALONE = 50;
const FASTEST_ALONE = 220;

const MARKED = /(?<!\d|\d[.,])(\d{2,3}(?:[.,]\d{1,2})?)[_\W]?bpm|bpm[_\W]?(\d{2,3}(?:[.,]\d{1,2})?)(?!\d)/gi;
const ALONE = /(?<=^|[_\s\-()[\]+])(\d{2,3})(?=$|[_\s\-()[\]+])/g;

/**
 * The tempos that a file's name may give: first what stands beside "bpm" ("drums_97bpm_Am.wav", "BPM 120"), then numbers that stand
 * alone ("SO_120_break.wav").
 *
 * @param name - a path, a URL or a name alone
 */
export function tempoNamesOf(name: string): NamedTempo[] {
	const stem = fileStem(name);
	const marked = [...stem.matchAll(MARKED)].map(([, before, behind]) => namedTempo(before ?? behind ?? "", true));
	const alone = [...stem.matchAll(ALONE)].map(([, digits]) => namedTempo(digits ?? "", false));
	return [
		...marked.filter(({ bpm }) => bpm >= SLOWEST && bpm <= FASTEST),
		...alone.filter(({ bpm }) => bpm >= SLOWEST_ALONE && bpm <= FASTEST_ALONE),
	];
}

function namedTempo(digits: string, isMarked: boolean): NamedTempo {
	const [, decimals = ""] = digits.split(/[.,]/);
	return { bpm: Number(digits.replace(",", ".")), rounding: 0.5 / 10 ** decimals.length, isMarked };
}
