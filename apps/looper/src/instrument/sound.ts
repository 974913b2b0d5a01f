import type { EngineState } from "flitzis-looper";
import { Listeners } from "./listeners.ts";
import type { LooperEngine } from "./looper-engine.ts";
import { messageOf, type Notices } from "./notices.ts";

/** Whether the engine sounds, and the latest news of its output device. */
export interface SoundStatus {
	readonly state: EngineState;
	readonly reason: string | null;
}

/** The engine's output: whether it sounds. */
export class Sound {
	readonly changes: Listeners<SoundStatus> = new Listeners();
	readonly #engine: LooperEngine;
	readonly #notices: Notices;
	#status: SoundStatus = { state: "idle", reason: null };

	constructor(engine: LooperEngine, notices: Notices) {
		this.#engine = engine;
		this.#notices = notices;
	}

	get status(): SoundStatus {
		return this.#status;
	}

	/** Starts the engine. @throws LooperError when it cannot run here */
	async start(): Promise<void> {
		this.follow(await this.#engine.run());
	}

	/** Resumes a suspended engine. Call it in an event that browsers accept as a user gesture. */
	resume(): void {
		const { state } = this.#status;
		if (state !== "suspended" && state !== "interrupted") return;
		this.#engine
			.resume()
			.catch((error: unknown) => this.#notices.tell("error", `Sound did not start: ${messageOf(error)}`));
	}

	/** Takes the engine's state from the latest poll. */
	follow(state: EngineState): void {
		if (state === this.#status.state) return;
		// Device news explains why sound stops; it is stale once sound is back.
		this.#change({ state, reason: state === "running" ? null : this.#status.reason });
	}

	/** Takes news of the output device, which the engine itself does not hear about. */
	followDevice(reason: string): void {
		this.#change({ state: this.#status.state, reason });
	}

	#change(status: SoundStatus): void {
		this.#status = status;
		this.changes.notify(status);
	}
}
