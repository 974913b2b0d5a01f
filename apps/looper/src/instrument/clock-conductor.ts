import type { LooperEngine } from "./looper-engine.ts";
import type { Notices } from "./notices.ts";
import type { SetControls } from "./set-controls.ts";

/** The transport in the hands of an outer clock. */
export class ClockConductor {
	readonly #engine: Pick<LooperEngine, "transport">;
	readonly #settings: Pick<SetControls, "follow">;
	readonly #notices: Notices;

	constructor(
		engine: Pick<LooperEngine, "transport">,
		parts: { readonly settings: Pick<SetControls, "follow">; readonly notices: Notices },
	) {
		this.#engine = engine;
		this.#settings = parts.settings;
		this.#notices = parts.notices;
	}

	/** @param tempo - beats per minute, 20..400 */
	setTempo(tempo: number): void {
		this.#settings.follow(tempo);
	}

	start(): void {
		this.#notices.attempt(() => this.#engine.transport.start());
	}

	stop(): void {
		this.#notices.attempt(() => this.#engine.transport.stop());
	}

	/** Moves a running transport, or says where one that stands still starts. @param beat - 0..10^9 */
	moveTo(beat: number): void {
		this.#notices.attempt(() => this.#engine.transport.moveTo(beat));
	}

	/** Shifts the beat; what waits keeps its line. */
	nudge(beats: number): void {
		this.#notices.attempt(() => this.#engine.transport.nudge(beats));
	}
}
