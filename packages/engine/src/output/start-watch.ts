import type { AudioDevice } from "./audio-device.ts";

const LOOK_MS = 10;
/** So long an output has to keep time until what it renders is heard, the correction of its clock that follows a start included. */
const IN_TIME_MS = 300;
/** How far an output that keeps time strays: less than the 60 ms that it has in hand, so that nothing is lost by it. */
const TOLERANCE_MS = 50;
/** An output that never keeps time for long loses sound anyway, and a trigger must not wait for ever. */
const LONGEST_START_MS = 1000;

/** What a watch needs of a device. */
export type StartingDevice = Pick<AudioDevice, "clock" | "sampleRate">;

/** What a watch needs of the host. */
export interface StartTurns {
	readonly now: () => number;
	readonly after: (milliseconds: number, callback: () => void) => () => void;
}

/**
 * Tells when an output that has begun to run is past its start.
 *
 * Such an output computes nothing while it connects to the loudspeaker, though its time goes on, then catches up at once and
 * throws away what came too late. So its *lag*, a monotonic clock minus what was rendered, rises and falls until the start is over; then it
 * stays where it was least.
 *
 * Thread: control.
 */
export class StartWatch {
	readonly #device: StartingDevice;
	readonly #turns: StartTurns;
	#cancelNext: () => void = () => {};

	constructor(device: StartingDevice, turns: StartTurns) {
		this.#device = device;
		this.#turns = turns;
	}

	/** Watches from now on. @param onPast - called once, unless `stop` comes before */
	start(onPast: () => void): void {
		this.stop();
		const began = this.#turns.now();
		let leastLag = Number.POSITIVE_INFINITY;
		/** The look since which it keeps time; null while it is late. */
		let inTime: { readonly since: number; readonly lag: number } | null = null;
		const look = (): void => {
			const now = this.#turns.now();
			const lag = now - this.#renderedMilliseconds;
			leastLag = Math.min(leastLag, lag);
			const isLate = lag > leastLag + TOLERANCE_MS;
			const hasCaughtUp = inTime !== null && lag < inTime.lag - TOLERANCE_MS;
			if (isLate) inTime = null;
			else if (inTime === null || hasCaughtUp) inTime = { since: now, lag };
			const isPast = inTime !== null && now - inTime.since >= IN_TIME_MS;
			if (isPast || now - began >= LONGEST_START_MS) onPast();
			else this.#cancelNext = this.#turns.after(LOOK_MS, look);
		};
		look();
	}

	/** Watches no more. */
	stop(): void {
		this.#cancelNext();
		this.#cancelNext = () => {};
	}

	get #renderedMilliseconds(): number {
		return (1000 * (this.#device.clock?.renderedFrames ?? 0)) / this.#device.sampleRate;
	}
}
