/** Allowed growth of a measure. */
export interface FlatnessLimit {
	/** Bytes. */
	readonly bytes: number;
	/** Share of the previous level. */
	readonly share: number;
}

/** The trend of a measure of memory, in bytes. */
export interface Trend {
	/** Median of the second third of the samples; the first third is warm-up. */
	readonly middle: number;
	/** Median of the last third. */
	readonly last: number;
	readonly highest: number;
	/** Whether the last third exceeds the middle by at most the limit's bytes plus the limit's share of the middle. */
	readonly isFlat: boolean;
}

function median(values: readonly number[]): number {
	return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Computes the trend of evenly spaced samples. @param samples - in bytes, at least three. */
export function trendOf(samples: readonly number[], limit: FlatnessLimit): Trend {
	const third = Math.floor(samples.length / 3);
	const middle = median(samples.slice(third, -third));
	const last = median(samples.slice(-third));
	return { middle, last, highest: Math.max(...samples), isFlat: last <= middle * (1 + limit.share) + limit.bytes };
}
