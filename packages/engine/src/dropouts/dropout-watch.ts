import type { AudioDevice } from "../device/audio-device.ts";
import type { Dropout, DropoutReport } from "../protocol/engine-types.ts";
import type { Scheduler } from "../scheduler.ts";
import { DropoutCounter } from "./dropout-counter.ts";

const SHORTEST_INTERVAL_MS = 10;
const INTERVAL_SPREAD_MS = 20;
/** Its multiples fall between each other, so no poll keeps step with the device's callbacks. */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

/** What a watch needs of a device. */
export type WatchedDevice = Pick<AudioDevice, "clock" | "sampleRate" | "state">;

/** What a watch needs of the host and the engine. */
export interface WatchSurroundings extends Pick<Scheduler, "now" | "after"> {
	/** The engine's frame clock. */
	readonly readFrame: () => number;
}

/** Polls a device's clock, about fifty times per second, while the device runs. Thread: control. */
export class DropoutWatch {
	readonly #device: WatchedDevice;
	readonly #surroundings: WatchSurroundings;
	readonly #counter: DropoutCounter;
	#cancelNext: () => void = () => {};
	#polls = 0;
	/** Called with each new dropout. */
	onDropout: (dropout: Dropout) => void = () => {};

	constructor(device: WatchedDevice, surroundings: WatchSurroundings) {
		this.#device = device;
		this.#surroundings = surroundings;
		this.#counter = new DropoutCounter(device.sampleRate);
	}

	get report(): DropoutReport {
		return this.#counter.report;
	}

	/** Starts over, or pauses, as the device's state says; to be called whenever that changes. */
	followDevice(): void {
		this.stop();
		this.#counter.restart();
		if (this.#device.state === "running" && this.#device.clock !== null) this.#pollLater();
	}

	/** Reads the clock once more. */
	poll(): void {
		const clock = this.#device.state === "running" ? this.#device.clock : null;
		if (clock === null) return;
		const { readFrame, now } = this.#surroundings;
		const { count } = this.report;
		this.#counter.add({
			renderedFrames: clock.renderedFrames,
			discardedFrames: clock.discardedFrames,
			frame: readFrame(),
			milliseconds: now(),
		});
		const newest = this.report.latest.at(-1);
		if (this.report.count > count && newest !== undefined) this.onDropout(newest);
	}

	/** Stops polling. */
	stop(): void {
		this.#cancelNext();
		this.#cancelNext = () => {};
	}

	#pollLater(): void {
		this.#polls += 1;
		const interval = SHORTEST_INTERVAL_MS + INTERVAL_SPREAD_MS * ((this.#polls * GOLDEN_RATIO) % 1);
		this.#cancelNext = this.#surroundings.after(interval, () => {
			this.poll();
			this.#pollLater();
		});
	}
}
