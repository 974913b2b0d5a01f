import type { GlitchReport } from "../protocol/engine-types.ts";
import type { AudioDevice } from "./audio-device.ts";
import { GlitchCounter } from "./glitch-counter.ts";

const SHORTEST_INTERVAL_MS = 10;
const INTERVAL_SPREAD_MS = 20;
/** Its multiples fall between each other, so that no look keeps step with the device's callbacks. */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

/** What a watch needs of a device. */
export type WatchedDevice = Pick<AudioDevice, "clock" | "sampleRate" | "state">;

/** What a watch needs of the host and the engine. */
export interface WatchSurroundings {
	/** The engine's frame clock. */
	readonly readFrame: () => number;
	readonly now: () => number;
	readonly after: (milliseconds: number, callback: () => void) => () => void;
}

/** Looks at a device's clock by itself, some fifty times per second, while the device runs. Thread: control. */
export class GlitchWatch {
	readonly #device: WatchedDevice;
	readonly #surroundings: WatchSurroundings;
	readonly #counter: GlitchCounter;
	#cancelNext: () => void = () => {};
	#looks = 0;

	constructor(device: WatchedDevice, surroundings: WatchSurroundings) {
		this.#device = device;
		this.#surroundings = surroundings;
		this.#counter = new GlitchCounter(device.sampleRate);
	}

	get report(): GlitchReport {
		return this.#counter.report;
	}

	/** Begins anew, or pauses, as the device's state says; to be called whenever that changes. */
	followDevice(): void {
		this.stop();
		this.#counter.restart();
		if (this.#device.state === "running" && this.#device.clock !== null) this.#lookAgainLater();
	}

	/** Takes one more look. */
	look(): void {
		const clock = this.#device.state === "running" ? this.#device.clock : null;
		if (clock === null) return;
		const { readFrame, now } = this.#surroundings;
		this.#counter.look({
			renderedFrames: clock.renderedFrames,
			discardedFrames: clock.discardedFrames,
			frame: readFrame(),
			milliseconds: now(),
		});
	}

	/** Looks no more by itself. */
	stop(): void {
		this.#cancelNext();
		this.#cancelNext = () => {};
	}

	#lookAgainLater(): void {
		this.#looks += 1;
		const interval = SHORTEST_INTERVAL_MS + INTERVAL_SPREAD_MS * ((this.#looks * GOLDEN_RATIO) % 1);
		this.#cancelNext = this.#surroundings.after(interval, () => {
			this.look();
			this.#lookAgainLater();
		});
	}
}
