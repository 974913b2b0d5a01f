import { mustBe } from "../check-arguments.ts";
import type { Activity } from "../protocol/activity.ts";

/** Sets everything to 0, with nothing queued. */
export function clearActivity(into: Activity): void {
	into.frame = 0;
	into.beat = 0;
	into.tempo = 0;
	into.isTransportRunning = false;
	into.masterPeak = 0;
	into.masterRms = 0;
	into.queuedBeat.fill(Number.NaN);
	into.gainReductionDecibels = 0;
	const { padState, isRateHeld, voices, playhead, peak, rms } = into;
	for (const values of [padState, isRateHeld, voices, playhead, peak, rms]) values.fill(0);
}

/** Keeps the pads' meters on while anybody reads them. Thread: control. */
export class Metering {
	readonly #open: Set<Activity> = new Set();
	readonly #made: WeakSet<Activity> = new WeakSet();
	readonly #switch: (isOn: boolean) => void;

	/** @param switchMeters - called when the first activity is made, and when the last is closed */
	constructor(switchMeters: (isOn: boolean) => void) {
		this.#switch = switchMeters;
	}

	get isOn(): boolean {
		return this.#open.size > 0;
	}

	/** @throws TypeError when the activity was not made here. */
	checkActivity(activity: Activity): void {
		if (this.#made.has(activity)) return;
		throw new TypeError(mustBe("activity", "what createActivity() of this engine returned", activity));
	}

	createActivity(pads: number): Activity {
		const activity: Activity = {
			frame: 0,
			beat: 0,
			tempo: 0,
			isTransportRunning: false,
			masterPeak: 0,
			masterRms: 0,
			gainReductionDecibels: 0,
			padState: new Uint8Array(pads),
			isRateHeld: new Uint8Array(pads),
			queuedBeat: new Float64Array(pads).fill(Number.NaN),
			voices: new Uint16Array(pads),
			playhead: new Float64Array(pads),
			peak: new Float32Array(pads),
			rms: new Float32Array(pads),
			close: () => {
				if (this.#open.delete(activity) && !this.isOn) this.#switch(false);
			},
		};
		this.#open.add(activity);
		this.#made.add(activity);
		if (this.#open.size === 1) this.#switch(true);
		return activity;
	}
}
