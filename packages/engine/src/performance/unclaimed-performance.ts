import { closed } from "../errors.ts";
import type { Performance } from "./performance.ts";

/** The performance that was running when its engine was shut down; it is handed out once. Thread: control. */
export class UnclaimedPerformance {
	#performance: Promise<Performance> | null = null;

	keep(performance: Promise<Performance> | null): void {
		this.#performance = performance;
		// Suppress the unhandled rejection; `performance.stop()` rethrows it.
		performance?.catch(() => {});
	}

	/** @throws LooperError `closed`, from the promise, when there is none or it has been taken. */
	take(): Promise<Performance> {
		const performance = this.#performance ?? Promise.reject(closed());
		this.#performance = null;
		return performance;
	}
}
