import type { Performance } from "./performance.ts";
import type { PerformanceLog } from "./performance-log.ts";

/** How a control reaches its engine. */
interface EngineAccess {
	/** @throws LooperError `not-running` or `closed`. */
	readonly running: () => PerformanceLog;
	readonly frames: () => number | null;
	/** What was running when the engine was shut down; null while it is open. */
	readonly finished: () => Promise<Performance> | null;
}

/** Keeps what is played, as `engine.performance`. Thread: control. */
export class PerformanceControl {
	readonly #access: EngineAccess;

	constructor(access: EngineAccess) {
		this.#access = access;
	}

	/** Frames performed so far; null while no performance runs, and after it has failed. */
	get frames(): number | null {
		return this.#access.frames();
	}

	/**
	 * Begins a performance: from the first frame that has not been rendered, every command is kept with the frame at which it
	 * takes effect. What sounds already, and how it came to sound, is kept as the performance's pre-roll.
	 *
	 * @throws LooperError `performance-running`; `performance-overflow` when commands were missed since the last moment of silence;
	 * `not-running` before `run`, or `closed`.
	 */
	start(): void {
		this.#access.running().start();
	}

	/**
	 * Ends the performance with the newest frame that has been rendered. After `shutDown` it still returns, once, what was
	 * performed until then.
	 *
	 * @returns the performance, which `formatPerformance` writes and `renderPerformance` plays to the bit.
	 * @throws LooperError, from the promise: `no-performance`, or `performance-overflow` when the performance is not whole.
	 */
	async stop(): Promise<Performance> {
		return this.#access.finished() ?? this.#access.running().stop();
	}
}
