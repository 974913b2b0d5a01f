import type { Performance } from "flitzis-looper";
import type { LooperEngine } from "./looper-engine.ts";
import { messageOf, type Notices } from "./notices.ts";

/** The log of what is played, from start to stop. */
export class PerformanceLog {
	readonly #engine: LooperEngine;
	readonly #notices: Notices;

	constructor(engine: LooperEngine, notices: Notices) {
		this.#engine = engine;
		this.#notices = notices;
	}

	/** Frames performed so far; null while no performance runs. */
	get frames(): number | null {
		return this.#engine.performance.frames;
	}

	/** @returns false, and the performer is told, when no performance can start */
	start(): boolean {
		return this.#notices.attempt(() => this.#engine.performance.start());
	}

	/** @returns the performance; null, and the performer is told, when it is incomplete */
	async stop(): Promise<Performance | null> {
		try {
			return await this.#engine.performance.stop();
		} catch (error) {
			this.#notices.tell("error", `The performance is lost: ${messageOf(error)}`);
			return null;
		}
	}
}
