/** The value that a share of all does not exceed. @param {readonly number[]} values @param {number} share */
export function quantile(values, share) {
	const sorted = values.toSorted((one, other) => one - other);
	return sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)] ?? Number.NaN;
}
