import type { Scheduler } from "../scheduler.ts";
import type { AudioDevice } from "./audio-device.ts";

const POLL_MS = 10;
/** How long an output has to keep time before what it renders is heard, including the clock correction that follows a start. */
const IN_TIME_MS = 300;
/** Largest deviation of an output that keeps time: less than the 60 ms that it buffers, so that nothing is lost. */
const TOLERANCE_MS = 50;
/** An output that never keeps time loses sound anyway, and a trigger must not wait for ever. */
const LONGEST_START_MS = 1000;

/** What a watch needs of a device. */
export type StartingDevice = Pick<AudioDevice, "clock" | "sampleRate">;

/**
 * Detects when an output that has begun to run is past its start.
 *
 * Such an output computes nothing while it connects to the loudspeaker, though its time goes on, then catches up at once and
 * discards what came too late. So its *lag*, a monotonic clock minus what was rendered, rises and falls until the start is
 * over; then it stays at its minimum.
 *
 * Thread: control.
 */
export class StartWatch {
	readonly #device: StartingDevice;
	readonly #scheduler: Pick<Scheduler, "now" | "after">;
	#cancelNext: () => void = () => {};

	constructor(device: StartingDevice, scheduler: Pick<Scheduler, "now" | "after">) {
		this.#device = device;
		this.#scheduler = scheduler;
	}

	/** Starts watching. @param onPast - called once, unless `stop` comes before */
	start(onPast: () => void): void {
		this.stop();
		const began = this.#scheduler.now();
		let leastLag = Number.POSITIVE_INFINITY;
		/** The poll since which it keeps time; null while it is late. */
		let inTime: { readonly since: number; readonly lag: number } | null = null;
		const poll = (): void => {
			const now = this.#scheduler.now();
			const lag = now - this.#renderedMilliseconds;
			leastLag = Math.min(leastLag, lag);
			const isLate = lag > leastLag + TOLERANCE_MS;
			const hasCaughtUp = inTime !== null && lag < inTime.lag - TOLERANCE_MS;
			if (isLate) inTime = null;
			else if (inTime === null || hasCaughtUp) inTime = { since: now, lag };
			const isPast = inTime !== null && now - inTime.since >= IN_TIME_MS;
			if (isPast || now - began >= LONGEST_START_MS) onPast();
			else this.#cancelNext = this.#scheduler.after(POLL_MS, poll);
		};
		poll();
	}

	/** Stops watching. */
	stop(): void {
		this.#cancelNext();
		this.#cancelNext = () => {};
	}

	get #renderedMilliseconds(): number {
		return (1000 * (this.#device.clock?.renderedFrames ?? 0)) / this.#device.sampleRate;
	}
}
