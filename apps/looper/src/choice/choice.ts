/** One of several. */
export interface Choice {
	readonly value: string;
	readonly text: string;
}

/** A quantum in beats, or the set's. */
type QuantumValue = number | "global";

/** Note lengths that are quanta, in beats of a quarter. */
const noteLengths = [
	[0.25, "1/16"],
	[0.5, "1/8"],
	[1, "1/4"],
	[2, "1/2"],
] as const;
const barCounts = [1, 2, 4] as const;

/** The quanta of a set: none, notes and bars. One that is none of them is listed too. @param current - in beats */
export function quantumChoices(beatsPerBar: number, current: QuantumValue): readonly Choice[] {
	const bars = barCounts.map((count): [number, string] => [
		count * beatsPerBar,
		count === 1 ? "1 bar" : `${count} bars`,
	]);
	const isBar = (beats: number): boolean => bars.some(([bar]) => bar === beats);
	const lengths: readonly (readonly [number, string])[] = [
		[0, "Off"],
		...noteLengths.filter(([beats]) => !isBar(beats)),
		...bars,
	];
	const isKnown = current === "global" || lengths.some(([beats]) => beats === current);
	const all = isKnown ? lengths : [...lengths, [current, `${formatBeats(current)} beats`] as const];
	return all.toSorted(([first], [second]) => first - second).map(([beats, text]) => ({ value: String(beats), text }));
}

/** The quanta of a pad: the set's, or one of its own. */
export function padQuantumChoices(beatsPerBar: number, current: QuantumValue): readonly Choice[] {
	return [{ value: "global", text: "As the set" }, ...quantumChoices(beatsPerBar, current)];
}

/** The quantum that a choice stands for. */
export function quantumOf(value: string): QuantumValue {
	return value === "global" ? value : Number(value);
}

/** A number of beats: "4", "1/16", "2.667". */
export function formatBeats(beats: number): string {
	const parts = 1 / beats;
	if (beats < 1 && beats > 0 && Number.isInteger(parts)) return `1/${parts}`;
	return String(Math.round(beats * 1000) / 1000);
}
