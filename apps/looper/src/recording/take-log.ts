import type { Performance, Take } from "flitzis-looper";
import type { PerformanceLog } from "../instrument/performance-log.ts";
import type { RecordingEngine } from "./recording-types.ts";
import { performanceOfTake } from "./take-performance.ts";

/** Keeps what is played while a take is recorded, cut to the very frames of the take. */
export class TakeLog {
	readonly #engine: RecordingEngine;
	readonly #performance: PerformanceLog;
	/** The engine's frame that the performance begins with; null while none is kept. */
	#startFrame: number | null = null;

	constructor(engine: RecordingEngine, performance: PerformanceLog) {
		this.#engine = engine;
		this.#performance = performance;
	}

	/** Begins, before the take does. */
	start(): void {
		this.#startFrame = this.#performance.startForTake() ? this.#findStart() : null;
	}

	/** Ends. @returns the performance of the take; null when there is none */
	async stop(take: Take | null): Promise<Performance | null> {
		const start = this.#startFrame;
		this.#startFrame = null;
		const performance = await this.#performance.stopForTake();
		if (performance === null || start === null || take === null) return null;
		return performanceOfTake(performance, { offset: take.startFrame - start, frames: take.frames });
	}

	#findStart(): number | null {
		for (;;) {
			const { frame } = this.#engine.stats();
			const { takenFrames } = this.#performance;
			if (takenFrames === null) return null;
			// A block may have ended between the two.
			if (this.#engine.stats().frame === frame) return frame - takenFrames;
		}
	}
}
