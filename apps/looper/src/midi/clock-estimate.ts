/** Clock messages per beat. */
export const ticksPerBeat = 24;

/** Eight beats: at 240 BPM and ±2 ms of jitter the tempo is then within 0.02 % (one standard deviation). */
const mostTicks = 192;
/** Ticks before there is an estimate: one beat. */
const fewestTicks = ticksPerBeat;
/** A clock that is off the line by more than this, several times in a row, has another tempo now. */
const strayMilliseconds = 8;
const mostStrayTicks = 6;
/** A gap after which the clock counts as new. */
const pauseMilliseconds = 500;

/**
 * The line through the latest ticks of a clock: when they come and how far they lie apart.
 *
 * Least squares over up to eight beats. A tick's jitter moves the slope little, and a tempo change that the line cannot
 * follow begins a new one. A PLL of the same noise would need longer to settle and keep a phase error on ramps.
 *
 * Source: any text on linear regression; the slope's standard deviation is σ·√(12/N³) ticks.
 */
export class ClockEstimate {
	/** Arrival times of the newest ticks, a ring. */
	readonly #times = new Float64Array(mostTicks);
	#count = 0;
	#strays = 0;
	#slope = 0;
	/** Time of the newest tick on the line. */
	#newest = 0;

	/** Milliseconds between two ticks; null until there is an estimate. */
	get intervalMs(): number | null {
		return this.#kept < fewestTicks ? null : this.#slope;
	}

	/** Beats per minute; null until there is an estimate. */
	get tempo(): number | null {
		return this.#kept < fewestTicks ? null : 60_000 / (ticksPerBeat * this.#slope);
	}

	/** When the newest tick would have come without jitter, in milliseconds. */
	get newestMs(): number {
		return this.#newest;
	}

	/** Takes a tick. Does not allocate. @param timeMs - when it came */
	tick(timeMs: number): void {
		const latest = this.#times[(this.#count - 1 + mostTicks) % mostTicks]!;
		if (this.#count > 0 && (timeMs < latest || timeMs - latest > pauseMilliseconds)) this.reset();
		else if (this.#hasStrayed(timeMs)) this.#restart();
		this.#times[this.#count % mostTicks] = timeMs;
		this.#count++;
		this.#fit();
	}

	reset(): void {
		this.#count = 0;
		this.#strays = 0;
		this.#slope = 0;
	}

	get #kept(): number {
		return Math.min(this.#count, mostTicks);
	}

	#hasStrayed(timeMs: number): boolean {
		if (this.#kept < fewestTicks) return false;
		const isStray = Math.abs(timeMs - (this.#newest + this.#slope)) > strayMilliseconds;
		this.#strays = isStray ? this.#strays + 1 : 0;
		return this.#strays >= mostStrayTicks;
	}

	/** Keeps only the ticks that strayed. */
	#restart(): void {
		const strays = mostStrayTicks - 1;
		const kept = Array.from({ length: strays }, (_, index) => this.#times[(this.#count - strays + index) % mostTicks]!);
		this.#times.set(kept);
		this.#count = strays;
		this.#strays = 0;
	}

	#fit(): void {
		const kept = this.#kept;
		const first = this.#count - kept;
		const origin = this.#times[first % mostTicks]!;
		const middle = (kept - 1) / 2;
		let sum = 0;
		let moment = 0;
		for (let index = 0; index < kept; index++) {
			const time = this.#times[(first + index) % mostTicks]! - origin;
			sum += time;
			moment += (index - middle) * time;
		}
		this.#slope = kept < 2 ? 0 : moment / ((kept * (kept * kept - 1)) / 12);
		this.#newest = origin + sum / kept + middle * this.#slope;
	}
}
