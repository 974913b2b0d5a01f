/** Numbers that stand alone are tempi within these. */
const SLOWEST = 50;
const FASTEST = 220;

const BESIDE_UNIT = /(\d{2,3}(?:[.,]\d{1,2})?)[_\W]?bpm|bpm[_\W]?(\d{2,3}(?:[.,]\d{1,2})?)/gi;
const ALONE = /(?<=^|[_\s\-()[\]+])(\d{2,3})(?=$|[_\s\-()[\]+])/g;

/**
 * The tempi, in beats per minute, that a file's name may give: first what stands beside "bpm" ("drums_97bpm_Am.wav", "BPM 120"), then
 * numbers that stand alone ("SO_120_break.wav").
 */
export function tempiOfName(name: string): readonly number[] {
	const stem = name.replace(/^.*[/\\]/, "").replace(/\.[a-z]\w{1,4}$/i, "");
	const matches = [...stem.matchAll(BESIDE_UNIT), ...stem.matchAll(ALONE)];
	const numbers = matches.map(([, first, second]) => Number((first ?? second ?? "").replace(",", ".")));
	return [...new Set(numbers)].filter((tempo) => tempo >= SLOWEST && tempo <= FASTEST);
}
