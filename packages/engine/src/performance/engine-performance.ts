import type { Performance } from "./performance.ts";
import type { PerformanceControl } from "./performance-control.ts";
import type { PerformanceLog } from "./performance-log.ts";

/** How a control reaches its engine. */
interface EngineAccess {
	/** @throws LooperError `not-running` or `closed`. */
	readonly running: () => PerformanceLog;
	readonly frames: () => number | null;
	/** What was running when the engine was shut down; null while it is open. */
	readonly finished: () => Promise<Performance> | null;
}

/** Hands the calls of `engine.performance` to the log. Thread: control. */
export class EnginePerformance implements PerformanceControl {
	readonly #access: EngineAccess;

	constructor(access: EngineAccess) {
		this.#access = access;
	}

	get frames(): number | null {
		return this.#access.frames();
	}

	start(): void {
		this.#access.running().start();
	}

	async stop(): Promise<Performance> {
		return this.#access.finished() ?? this.#access.running().stop();
	}
}
