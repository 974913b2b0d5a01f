import type { Performance } from "flitzis-looper";
import type { LooperEngine } from "./looper-engine.ts";
import { messageOf, type Notices } from "./notices.ts";

/** The log of what is played, from start to stop: the performer's own, or that of a take. */
export class PerformanceLog {
	readonly #engine: LooperEngine;
	readonly #notices: Notices;
	#isOfTake = false;

	constructor(engine: LooperEngine, notices: Notices) {
		this.#engine = engine;
		this.#notices = notices;
	}

	/** Frames performed so far; null while no performance runs but a take's. */
	get frames(): number | null {
		return this.#isOfTake ? null : this.#engine.performance.frames;
	}

	/** Frames of the performance that is kept for a take; null when none is. */
	get takenFrames(): number | null {
		return this.#isOfTake ? this.#engine.performance.frames : null;
	}

	/** @returns false, and the performer is told, when no performance can start */
	start(): boolean {
		if (this.#isOfTake) {
			this.#notices.tell(
				"info",
				"The performance is kept with the take that is being recorded. Save it with the take.",
			);
			return false;
		}
		return this.#notices.attempt(() => this.#engine.performance.start());
	}

	/** Keeps what is played while a take is recorded. @returns false, and the performer is told, when that is not possible */
	startForTake(): boolean {
		if (this.#engine.performance.frames !== null) {
			this.#notices.tell("info", "The take has no performance of its own, because one is running.");
			return false;
		}
		try {
			this.#engine.performance.start();
			this.#isOfTake = true;
		} catch (error) {
			this.#tellMissing(error);
		}
		return this.#isOfTake;
	}

	/** @returns the performance that was kept for a take; null, and the performer is told, when it is incomplete */
	async stopForTake(): Promise<Performance | null> {
		if (!this.#isOfTake) return null;
		try {
			return await this.#engine.performance.stop();
		} catch (error) {
			this.#tellMissing(error);
			return null;
		} finally {
			this.#isOfTake = false;
		}
	}

	#tellMissing(error: unknown): void {
		this.#notices.tell("info", `The take has no performance. ${messageOf(error)}`);
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
