/** How a knob's travel becomes the values of a parameter. */
export interface ValueScale {
	/** Steps of an endless knob from end to end. */
	readonly steps: number;
	/** @param position - 0..1 */
	readonly valueAt: (position: number) => number;
	/** @returns 0..1, the nearest end for values beyond it */
	readonly positionOf: (value: number) => number;
}

/** Values that are spread evenly. */
export function linear(lowest: number, highest: number, steps = 127): ValueScale {
	return {
		steps,
		valueAt: (position) => lowest + position * (highest - lowest),
		positionOf: (value) => share((value - lowest) / (highest - lowest)),
	};
}

/** Whole numbers. */
export function wholeNumbers(lowest: number, highest: number): ValueScale {
	const { steps, valueAt, positionOf } = linear(lowest, highest, highest - lowest);
	// `+ 0` turns −0, which is no number of semitones, into 0.
	return { steps, valueAt: (position) => Math.round(valueAt(position)) + 0, positionOf };
}

/** Some values and none between them. @param values - in rising order, two at least */
export function stepped(values: readonly number[]): ValueScale {
	const last = values.length - 1;
	return {
		steps: last,
		valueAt: (position) => values[Math.round(share(position) * last)]!,
		positionOf(value) {
			const above = values.findIndex((other) => other > value);
			if (above <= 0) return above === 0 ? 0 : 1;
			const [lower, upper] = [values[above - 1]!, values[above]!];
			return (above - 1 + (value - lower) / (upper - lower)) / last;
		},
	};
}

/** Frames of a recording. An endless knob goes from one millisecond to the next. */
export function places({ frames, sampleRate }: { readonly frames: number; readonly sampleRate: number }): ValueScale {
	const { valueAt, positionOf } = linear(0, frames);
	return {
		steps: Math.min(frames, (1000 * frames) / sampleRate),
		valueAt: (position) => Math.round(valueAt(position)),
		positionOf,
	};
}

/** Factors: the same travel doubles everywhere. @param lowest - more than 0 */
export function geometric(lowest: number, highest: number, steps = 127): ValueScale {
	const { valueAt, positionOf } = linear(Math.log2(lowest), Math.log2(highest), steps);
	return {
		steps,
		valueAt: (position) => Math.min(highest, Math.max(lowest, 2 ** valueAt(position))),
		positionOf: (value) => (value <= lowest ? 0 : positionOf(Math.log2(value))),
	};
}

/** A band of an isolating equalizer: silent at the left end, 0 dB in the middle. @param highest - decibels at the right end */
export function isolator(highest: number): ValueScale {
	return {
		steps: 127,
		valueAt(position) {
			if (position >= 0.5) return (2 * position - 1) * highest;
			return position <= 0 ? Number.NEGATIVE_INFINITY : 20 * Math.log10(2 * position);
		},
		positionOf: (value) => (value >= 0 ? share(0.5 + value / highest / 2) : 10 ** (value / 20) / 2),
	};
}

function share(position: number): number {
	return Math.min(1, Math.max(0, position));
}
