import type { EngineReading } from "../instrument/engine-poller.ts";
import { Listeners } from "../instrument/listeners.ts";
import type { SetControls } from "../instrument/set-controls.ts";

/** Short pauses, as between two hits, count as sound. */
const pauseMs = 2_000;

/** What it follows. */
interface Followed {
	readonly readings: Listeners<EngineReading>;
	readonly settings: Pick<SetControls, "settings">;
	/** Milliseconds on a clock that only goes forward. */
	readonly now: () => number;
}

/** Whether the instrument sounds: a voice, or the metronome. */
export class Sounding {
	/** It began or ceased to sound. */
	readonly changes: Listeners<boolean> = new Listeners();
	#isOn = false;
	#lastMs = Number.NEGATIVE_INFINITY;

	constructor({ readings, settings, now }: Followed) {
		readings.add(({ stats, activity }) => {
			const clicks = activity.isTransportRunning && settings.settings.isMetronomeOn;
			// A suspended engine keeps its voices, but nobody hears them.
			const sounds = stats.state === "running" && (stats.activeVoices > 0 || clicks);
			if (sounds) this.#lastMs = now();
			this.#follow(sounds || now() - this.#lastMs < pauseMs);
		});
	}

	get isOn(): boolean {
		return this.#isOn;
	}

	#follow(isOn: boolean): void {
		if (isOn === this.#isOn) return;
		this.#isOn = isOn;
		this.changes.notify(isOn);
	}
}
