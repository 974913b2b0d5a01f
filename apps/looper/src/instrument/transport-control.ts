import type { LooperEngine } from "./looper-engine.ts";
import type { Notices } from "./notices.ts";
import type { SetControls } from "./set-controls.ts";
import { TapTempo } from "./tap-tempo.ts";

/** Starts and stops the transport, and taps its tempo. */
export class TransportControl {
	readonly #engine: Pick<LooperEngine, "transport">;
	readonly #notices: Notices;
	readonly #settings: SetControls;
	readonly #taps: TapTempo = new TapTempo();

	constructor(
		engine: Pick<LooperEngine, "transport">,
		parts: { readonly notices: Notices; readonly settings: SetControls },
	) {
		this.#engine = engine;
		this.#notices = parts.notices;
		this.#settings = parts.settings;
	}

	start(): void {
		this.#notices.attempt(() => this.#engine.transport.start());
	}

	/** Stops loops that follow the tempo, and cancels what waits for a line. */
	stop(): void {
		this.#notices.attempt(() => this.#engine.transport.stop());
	}

	/** Shifts the beat, as when the performer matches it by ear. */
	nudge(beats: number): void {
		this.#notices.attempt(() => this.#engine.transport.nudge(beats));
	}

	/** Takes a tap of the performer's beat; the third sets the tempo. @param milliseconds - when it came */
	tap(milliseconds: number): void {
		const tempo = this.#taps.tap(milliseconds);
		if (tempo !== null) this.#settings.set({ tempo }, "tap");
	}
}
