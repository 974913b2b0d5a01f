/** The range of gains in decibels. Meters share its ends. */
export const gainScale = { lowest: -60, highest: 6 } as const;

/** A linear peak in decibels of full scale. @param peak - 0 or more */
export function decibelsFromPeak(peak: number): number {
	return 20 * Math.log10(peak);
}

/** A gain as text: "−6.0 dB", "+1.5 dB", "−∞ dB". */
export function formatDecibels(decibels: number): string {
	const magnitude = Math.abs(decibels).toFixed(1).replace("Infinity", "∞");
	if (magnitude === "0.0") return "0.0 dB";
	return `${decibels < 0 ? "−" : "+"}${magnitude} dB`;
}

/** Position of a level on a meter, 0..1. @param peak - linear, 0 or more */
export function meterShare(peak: number): number {
	const { lowest, highest } = gainScale;
	return Math.min(1, Math.max(0, (decibelsFromPeak(peak) - lowest) / (highest - lowest)));
}
