/** The master fader's range and where it starts, in decibels. */
export const masterRange = { lowest: -60, highest: 6, initial: -6 } as const;

const fallDecibelsPerSecond = 26;

/** Decibels of a peak against full scale. @param peak - highest absolute sample, 0 or more */
export function decibelsFromPeak(peak: number): number {
	return 20 * Math.log10(peak);
}

/** A gain as the fader shows it: "−6.0 dB", "+1.5 dB". */
export function formatDecibels(decibels: number): string {
	const magnitude = Math.abs(decibels).toFixed(1);
	if (magnitude === "0.0") return "0.0 dB";
	return `${decibels < 0 ? "−" : "+"}${magnitude} dB`;
}

/**
 * The meter's next level: it rises at once and falls evenly.
 *
 * @param decibels - what it shows now
 * @param peak - highest absolute sample since then, 0 or more
 * @param seconds - time since then
 */
export function nextLevel(decibels: number, peak: number, seconds: number): number {
	const fallen = decibels - fallDecibelsPerSecond * seconds;
	return Math.max(masterRange.lowest, fallen, decibelsFromPeak(peak));
}

/** Where a level lies between the ends of the master's range, 0..1. */
export function levelShare(decibels: number): number {
	const { lowest, highest } = masterRange;
	return Math.min(1, Math.max(0, (decibels - lowest) / (highest - lowest)));
}

/** Whether a peak reaches full scale. @param peak - highest absolute sample */
export function isOver(peak: number): boolean {
	return peak >= 1;
}
