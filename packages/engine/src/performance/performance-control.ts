import type { Performance } from "./performance.ts";

/** Keeps what is played, as `engine.performance`. Thread: control. */
export interface PerformanceControl {
	/** Frames performed so far; null while no performance runs, and after it has failed. */
	readonly frames: number | null;
	/**
	 * Begins a performance: from the first frame that has not been rendered, every command is kept with the frame at which it
	 * takes effect. What sounds already, and how it came to sound, is kept as the performance's pre-roll.
	 *
	 * @throws LooperError `performance-running`; `performance-overflow` when commands were missed since the last moment of silence;
	 * `not-running` before `run`, or `closed`.
	 */
	start(): void;
	/**
	 * Ends the performance with the newest frame that has been rendered. After `shutDown` it still returns, once, what was
	 * performed until then.
	 *
	 * @returns the performance, which `formatPerformance` writes and `renderPerformance` plays to the bit.
	 * @throws LooperError, from the promise: `no-performance`, or `performance-overflow` when the performance is not whole.
	 */
	stop(): Promise<Performance>;
}
