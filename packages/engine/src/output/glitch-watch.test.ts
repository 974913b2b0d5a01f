import { expect, test } from "vitest";
import { DeviceModel } from "../../test/device-model.ts";
import type { DeviceState, OutputClock } from "./audio-device.ts";
import { GlitchWatch, type WatchedDevice } from "./glitch-watch.ts";

/** A modelled device with a clock and timers that run only when they are told to. */
class Surroundings implements WatchedDevice {
	readonly sampleRate = 48_000;
	state: DeviceState = "running";
	readonly model = new DeviceModel({ sampleRate: 48_000, bufferFrames: 512, buffers: 3 });
	isOffline = false;
	looks = 0;
	milliseconds = 0;
	#timer: { readonly at: number; readonly callback: () => void } | null = null;

	get clock(): OutputClock | null {
		if (this.isOffline) return null;
		this.looks += 1;
		return { renderedFrames: this.model.renderedFrames, discardedFrames: 0 };
	}

	get isTimerSet(): boolean {
		return this.#timer !== null;
	}

	readonly now = (): number => this.milliseconds;

	readonly after = (milliseconds: number, callback: () => void): (() => void) => {
		if (this.#timer !== null) throw new Error("a timer is set already");
		this.#timer = { at: this.milliseconds + milliseconds, callback };
		return () => {
			this.#timer = null;
		};
	};

	/** Lets time pass. @param isSounding - whether the device plays meanwhile */
	pass(milliseconds: number, isSounding = true): void {
		const end = this.milliseconds + milliseconds;
		while (this.milliseconds < end) {
			const due = Math.min(this.#timer?.at ?? end, end);
			if (isSounding) this.model.advance(due - this.milliseconds);
			this.milliseconds = due;
			if (this.#timer?.at !== due) continue;
			const { callback } = this.#timer;
			this.#timer = null;
			callback();
		}
	}
}

function watch(surroundings: Surroundings): GlitchWatch {
	const { now, after, model } = surroundings;
	return new GlitchWatch(surroundings, { now, after, readFrame: () => model.renderedFrames });
}

test("a running device is looked at some fifty times a second, unasked, and a stall is seen", () => {
	const surroundings = new Surroundings();
	const watching = watch(surroundings);
	watching.followDevice();
	surroundings.pass(3000);
	expect(surroundings.looks).toBeGreaterThan(140);
	expect(surroundings.looks).toBeLessThan(160);
	surroundings.model.stall(50);
	surroundings.pass(1500);
	expect(watching.report.count).toBe(1);
	expect(Math.abs(watching.report.lostFrames - surroundings.model.lostFrames)).toBeLessThan(256);
});

test("a device that is suspended and goes on has no glitch, and is not looked at meanwhile", () => {
	const surroundings = new Surroundings();
	const watching = watch(surroundings);
	watching.followDevice();
	for (const state of ["suspended", "interrupted"] as const) {
		surroundings.pass(2000);
		surroundings.state = state;
		watching.followDevice();
		const { looks } = surroundings;
		surroundings.pass(700, false);
		watching.look();
		expect(surroundings.looks).toBe(looks);
		surroundings.state = "running";
		watching.followDevice();
	}
	surroundings.pass(3000);
	expect(surroundings.looks).toBeGreaterThan(300);
	expect(watching.report.count).toBe(0);
});

test("an output that no device drives is not watched", () => {
	const surroundings = new Surroundings();
	surroundings.isOffline = true;
	const watching = watch(surroundings);
	watching.followDevice();
	watching.look();
	expect(surroundings.isTimerSet).toBe(false);
	expect(watching.report).toEqual({ count: 0, lostFrames: 0, latest: [] });
});

test("a watch that was stopped leaves no timer", () => {
	const surroundings = new Surroundings();
	const watching = watch(surroundings);
	watching.followDevice();
	surroundings.pass(100);
	watching.stop();
	expect(surroundings.isTimerSet).toBe(false);
});
