/** One reading of the output's clock. */
export interface ClockReading {
	/** Frames that the output has asked for so far. */
	readonly renderedFrames: number;
	/** The engine's frame clock. */
	readonly frame: number;
	/** A monotonic clock, read after the others: a thread that is preempted in between then only seems late. */
	readonly milliseconds: number;
}

/** A stretch of time for which the device got nothing. */
export interface LostTime {
	/** The engine's frame clock when it was last in time. */
	readonly frame: number;
	readonly lostFrames: number;
}

/** How late the output was at one reading. */
interface Lag {
	readonly lagFrames: number;
	readonly frame: number;
}

/** Enough for one of them to come in the first half of the device's period. */
const WINDOW_READINGS = 20;
/** Readings of a window that show more rendered frames than the reading before. */
const WINDOW_ADVANCES = 12;
/** Of rendered time, so that a stall does not fill a window. */
const WINDOW_SECONDS = 0.5;
/** Of the control thread's time, for an output that crawls. */
const STARVED_WINDOW_SECONDS = 2;
/** Five times the usual deviation of a crystal: anything slower is drift. */
const GREATEST_DRIFT = 1e-3;
/** Less than any device's buffer. */
const LEAST_LOSS_FRAMES = 64;
/** A jump beyond any stall: the machine slept, or a clock was set. */
const CLOCK_JUMP_SECONDS = 5;
const REMEMBERED_SPREADS = 4;

/**
 * Compares the output's clock with a monotonic one and detects when the output has lost time.
 *
 * The *lag* is the monotonic clock minus what was rendered. It rises and falls with the device's buffer, and whatever
 * delays the control thread or a callback only raises it; so its minimum over a window is the output's schedule as long as one
 * reading of the window came in time. A minimum that rises from one window to the next by more than drift explains is time
 * that the device spent without us. What its buffer made up for has not raised the minimum and is not lost.
 *
 * Thread: control.
 * Source: V. Paxson, "On Calibrating Measurements of Packet Transit Times" (1998), which takes minima over windows for the
 * undelayed clock in the same way.
 */
export class LagMeter {
	readonly #sampleRate: number;
	#window: Lag[] = [];
	#advances = 0;
	#renderedFrames = 0;
	#windowBegan: ClockReading | null = null;
	#lastWindow: readonly Lag[] = [];
	/** False in the first window, in which the device fills its buffer. */
	#isSettled = false;
	/** Least lag of the last window, and when that ended. */
	#schedule: { readonly lagFrames: number; readonly milliseconds: number } | null = null;
	#spreads: readonly number[] = [];

	/** @param sampleRate - frames per second */
	constructor(sampleRate: number) {
		this.#sampleRate = sampleRate;
	}

	/** Starts over, as after the output has stood still on purpose. */
	restart(): void {
		this.#beginWindow();
		this.#lastWindow = [];
		this.#isSettled = false;
		this.#schedule = null;
		this.#spreads = [];
	}

	/** Takes a reading into account. @returns what was lost when a window ends that shows it, else null. */
	add(reading: ClockReading): LostTime | null {
		const lagFrames = (reading.milliseconds / 1000) * this.#sampleRate - reading.renderedFrames;
		const last = this.#window.at(-1) ?? this.#lastWindow.at(-1);
		const isJump = Math.abs(lagFrames - (last?.lagFrames ?? lagFrames)) > CLOCK_JUMP_SECONDS * this.#sampleRate;
		if (isJump) this.restart();
		this.#windowBegan ??= reading;
		this.#window.push({ lagFrames, frame: reading.frame });
		if (reading.renderedFrames > this.#renderedFrames) this.#advances += 1;
		this.#renderedFrames = reading.renderedFrames;
		const windowSeconds = (reading.renderedFrames - this.#windowBegan.renderedFrames) / this.#sampleRate;
		const isStarved = reading.milliseconds - this.#windowBegan.milliseconds >= 1000 * STARVED_WINDOW_SECONDS;
		const hasEnough = this.#window.length >= WINDOW_READINGS && this.#advances >= WINDOW_ADVANCES;
		const isOver = hasEnough && (windowSeconds >= WINDOW_SECONDS || isStarved);
		return isOver ? this.#endWindow(reading.milliseconds) : null;
	}

	/** @returns the engine's frame clock when the output was latest, of the readings since the window before this one. */
	get latestFrame(): number {
		return [...this.#lastWindow, ...this.#window].reduce<Lag>(
			(latest, lag) => (lag.lagFrames > latest.lagFrames ? lag : latest),
			{ lagFrames: -Infinity, frame: 0 },
		).frame;
	}

	#endWindow(milliseconds: number): LostTime | null {
		const lags = this.#window.map(({ lagFrames }) => lagFrames);
		const leastLag = Math.min(...lags);
		this.#spreads = [...this.#spreads, Math.max(...lags) - leastLag].slice(-REMEMBERED_SPREADS);
		const lost = this.#judge(leastLag, milliseconds);
		this.#isSettled = true;
		this.#lastWindow = this.#window;
		this.#beginWindow();
		return lost;
	}

	/** Compares the window with the schedule, and updates that. */
	#judge(leastLag: number, milliseconds: number): LostTime | null {
		const before = this.#schedule;
		// While the device fills its buffer it is early, which is no schedule.
		if (!this.#isSettled) return null;
		this.#schedule = { lagFrames: leastLag, milliseconds };
		if (before === null) return null;
		const drift = (GREATEST_DRIFT * this.#sampleRate * (milliseconds - before.milliseconds)) / 1000;
		const rise = leastLag - before.lagFrames;
		if (rise > this.#tolerance + drift) return this.#locate(before.lagFrames, rise);
		// A window whose readings all came late in the period must not pass for the schedule.
		this.#schedule = { lagFrames: Math.min(leastLag, before.lagFrames + drift), milliseconds };
		return null;
	}

	#beginWindow(): void {
		this.#window = [];
		this.#windowBegan = null;
		this.#advances = 0;
	}

	/**
	 * Half of the spread of the readings, which is the device's period or a coarse clock's tick: a device that runs dry loses about a
	 * period or more, and a minimum is off by half of one only if every reading of its window is.
	 */
	get #tolerance(): number {
		return Math.max(LEAST_LOSS_FRAMES, Math.min(...this.#spreads) / 2);
	}

	/** The last reading nearer to the old schedule than to the new one. */
	#locate(scheduledLag: number, rise: number): LostTime {
		const readings = [...this.#lastWindow, ...this.#window];
		const inTime = readings.findLast(({ lagFrames }) => lagFrames < scheduledLag + rise / 2) ?? readings[0];
		return { frame: inTime?.frame ?? 0, lostFrames: Math.round(rise) };
	}
}
