/** Samples on either side of a split at least. */
const MARGIN = 16;

/**
 * Where a stretch of signal turns into another one: the split that Akaike's criterion favours most for the signal, its first
 * or its second differences.
 *
 * Source: N. Maeda, "A method for reading and checking phase times in autoprocessing system of seismic wave data" (1985).
 *
 * @returns the first sample of the second part
 */
export function splitOf(signal: Float32Array): number {
	const first = differences(signal);
	const second = differences(first);
	let best = { at: 0, gain: Number.NEGATIVE_INFINITY };
	for (const [lost, values] of [signal, first, second].entries()) {
		const split = bestSplit(values);
		// A difference belongs to the later of its samples.
		if (split.gain > best.gain) best = { at: split.at + lost, gain: split.gain };
	}
	return best.at;
}

function bestSplit(values: Float32Array): { readonly at: number; readonly gain: number } {
	const { length } = values;
	const sums = new Float64Array(length + 1);
	const squares = new Float64Array(length + 1);
	for (let n = 0; n < length; n++) {
		sums[n + 1] = sums[n]! + values[n]!;
		squares[n + 1] = squares[n]! + values[n]! ** 2;
	}
	/** The part's share of the criterion. */
	const cost = (from: number, to: number): number => {
		const count = to - from;
		const mean = (sums[to]! - sums[from]!) / count;
		const variance = (squares[to]! - squares[from]!) / count - mean * mean;
		return count * Math.log(Math.max(variance, 1e-14));
	};
	const whole = cost(0, length);
	let best = { at: 0, gain: Number.NEGATIVE_INFINITY };
	for (let at = MARGIN; at <= length - MARGIN; at++) {
		const gain = whole - cost(0, at) - cost(at, length);
		if (gain > best.gain) best = { at, gain };
	}
	return best;
}

function differences(values: Float32Array): Float32Array {
	const result = new Float32Array(Math.max(values.length - 1, 0));
	for (let n = 0; n < result.length; n++) result[n] = values[n + 1]! - values[n]!;
	return result;
}
