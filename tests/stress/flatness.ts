/** How far a measure may rise before it counts as growing. */
export interface FlatnessLimit {
	/** Bytes. */
	readonly bytes: number;
	/** Share of the level it rose from. */
	readonly share: number;
}

/** How a measure of memory went, in bytes. */
export interface Trend {
	/** Median of the second third of the samples: what comes before is warming up. */
	readonly middle: number;
	/** Median of the last third. */
	readonly last: number;
	readonly highest: number;
	/** Whether the last third lies at most the limit's bytes plus the limit's share of the middle above the middle. */
	readonly isFlat: boolean;
}

function median(values: readonly number[]): number {
	return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Judges samples taken at even distances. @param samples - in bytes, at least three. */
export function trendOf(samples: readonly number[], limit: FlatnessLimit): Trend {
	const third = Math.floor(samples.length / 3);
	const middle = median(samples.slice(third, -third));
	const last = median(samples.slice(-third));
	return { middle, last, highest: Math.max(...samples), isFlat: last <= middle * (1 + limit.share) + limit.bytes };
}
