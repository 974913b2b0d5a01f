import type { Cancellation } from "../source/cancellation.ts";
import type { Stage } from "./stages.ts";

const MIN_INTERVAL_MS = 1000 / 30;
/** Longest stretch of work before messages are handled again. */
const MAX_WORK_MS = 8;

/** Reports a load's progress to the control thread, and lets its messages in. Thread: loader. */
export class ProgressReporter {
	readonly #report: (percent: number, stage: Stage) => void;
	readonly #turn: () => Promise<void>;
	readonly #now: () => number;
	readonly #cancellation: Cancellation;
	#stage: Stage | null = null;
	#reportedAt = 0;
	#turnedAt: number;

	/** @param turn - settles when the messages that wait have been handled */
	constructor(
		report: (percent: number, stage: Stage) => void,
		thread: { turn(): Promise<void>; now(): number },
		cancellation: Cancellation,
	) {
		this.#report = report;
		this.#turn = () => thread.turn();
		this.#now = () => thread.now();
		this.#cancellation = cancellation;
		this.#turnedAt = thread.now();
	}

	/**
	 * Reports when the stage is new or the last report is old enough.
	 *
	 * @param percent - share of the whole load, 0..1
	 * @throws LooperError `cancelled`.
	 */
	async at(stage: Stage, percent: number): Promise<void> {
		const now = this.#now();
		if (stage !== this.#stage || now - this.#reportedAt >= MIN_INTERVAL_MS) {
			this.#stage = stage;
			this.#reportedAt = now;
			this.#report(percent, stage);
		}
		if (now - this.#turnedAt >= MAX_WORK_MS) {
			await this.#turn();
			this.#turnedAt = this.#now();
		}
		this.#cancellation.check();
	}
}
