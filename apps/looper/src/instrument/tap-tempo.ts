const mostTaps = 9;
/** Fewer say too little. */
const fewestTaps = 3;
/** A longer pause starts over; it is a beat at 20 BPM. */
const longestPauseMilliseconds = 3_000;
/** How far an interval may lie from the usual one, as a share of that. */
const tolerance = 0.25;
/** A tap that follows sooner is none: a finger that bounces. */
const shortestIntervalMilliseconds = 120;
const lowestTempo = 20;
const highestTempo = 400;
/** Nobody taps more precisely than a tenth of a beat per minute. */
const stepsPerBeat = 10;

/**
 * The tempo of a hand that taps the beat: the mean of the latest intervals that are like their median. Missed beats count as several
 * intervals, bounces not at all; two intervals of another tempo forget the old one.
 */
export class TapTempo {
	readonly #taps: number[] = [];

	/**
	 * Takes a tap.
	 *
	 * @param milliseconds - when it came, on a clock that never goes back
	 * @returns beats per minute, 20..400, in tenths; null while there are too few taps
	 */
	tap(milliseconds: number): number | null {
		const last = this.#taps.at(-1);
		if (last !== undefined && milliseconds - last > longestPauseMilliseconds) this.#taps.length = 0;
		const isBounce = last !== undefined && milliseconds - last < shortestIntervalMilliseconds;
		if (!isBounce) this.#taps.push(milliseconds);
		if (this.#taps.length > mostTaps) this.#taps.shift();
		this.#forgetOldTempo();
		if (this.#taps.length < fewestTaps) return null;
		const beats = likeIntervals(this.#intervals());
		const mean = beats.reduce((sum, beat) => sum + beat, 0) / beats.length;
		const tempo = Math.round((60_000 / mean) * stepsPerBeat) / stepsPerBeat;
		return Math.min(highestTempo, Math.max(lowestTempo, tempo));
	}

	#intervals(): readonly number[] {
		return this.#taps.slice(1).map((tap, index) => tap - this.#taps[index]!);
	}

	/** Two intervals that are like each other but not like those before are a new tempo. */
	#forgetOldTempo(): void {
		const intervals = this.#intervals();
		const [old, latest] = [intervals.slice(0, -2), intervals.slice(-2)];
		if (old.length < 2 || !isLike(latest[0]!, latest[1]!)) return;
		const usual = medianOf(old);
		if (latest.every((interval) => beatsOf(interval, usual) === null)) this.#taps.splice(0, this.#taps.length - 3);
	}
}

/** The lengths of single beats that the intervals say, without those that are unlike their median. */
function likeIntervals(intervals: readonly number[]): readonly number[] {
	const median = medianOf(intervals);
	return intervals.flatMap((interval) => {
		const beats = beatsOf(interval, median);
		return beats === null ? [] : [interval / beats];
	});
}

/** How many beats an interval is, when it is about a whole number of them; null else. */
function beatsOf(interval: number, usual: number): number | null {
	const beats = Math.max(1, Math.round(interval / usual));
	return isLike(interval / beats, usual) ? beats : null;
}

function isLike(interval: number, usual: number): boolean {
	return Math.abs(interval - usual) <= tolerance * usual;
}

/** The lower of the two in the middle, so that a missed beat among two intervals is none. */
function medianOf(values: readonly number[]): number {
	return values.toSorted((first, second) => first - second)[Math.floor((values.length - 1) / 2)]!;
}
