import { expect, test } from "vitest";
import { DeviceModel } from "../../test/device-model.ts";
import type { DeviceState, OutputClock } from "../device/audio-device.ts";
import { DropoutWatch, type WatchedDevice } from "./dropout-watch.ts";

/** A modelled device with a clock and timers that run only when they are told to. */
class Surroundings implements WatchedDevice {
	readonly sampleRate = 48_000;
	state: DeviceState = "running";
	readonly model = new DeviceModel({ sampleRate: 48_000, bufferFrames: 512, buffers: 3 });
	isOffline = false;
	polls = 0;
	milliseconds = 0;
	#timer: { readonly at: number; readonly callback: () => void } | null = null;

	get clock(): OutputClock | null {
		if (this.isOffline) return null;
		this.polls += 1;
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

function watch(surroundings: Surroundings): DropoutWatch {
	const { now, after, model } = surroundings;
	return new DropoutWatch(surroundings, { now, after, readFrame: () => model.renderedFrames });
}

test("a running device is polled about fifty times per second, and a stall is seen", () => {
	const surroundings = new Surroundings();
	const watching = watch(surroundings);
	watching.followDevice();
	surroundings.pass(3000);
	expect(surroundings.polls).toBeGreaterThan(140);
	expect(surroundings.polls).toBeLessThan(160);
	surroundings.model.stall(50);
	surroundings.pass(1500);
	expect(watching.report.count).toBe(1);
	expect(Math.abs(watching.report.lostFrames - surroundings.model.lostFrames)).toBeLessThan(256);
});

test("each new dropout is reported once, and not again while it grows", () => {
	const surroundings = new Surroundings();
	const watching = watch(surroundings);
	const dropouts: number[] = [];
	watching.onDropout = ({ lostFrames }) => dropouts.push(lostFrames);
	watching.followDevice();
	surroundings.pass(3000);
	expect(dropouts).toEqual([]);
	for (const stalls of [1, 2]) {
		for (let stall = 0; stall < stalls; stall++) {
			surroundings.model.stall(60);
			surroundings.pass(700);
		}
		surroundings.pass(3000);
	}
	expect(dropouts).toHaveLength(2);
	expect(watching.report.count).toBe(2);
});

test("a device that is suspended and resumed has no dropout, and is not polled meanwhile", () => {
	const surroundings = new Surroundings();
	const watching = watch(surroundings);
	watching.followDevice();
	for (const state of ["suspended", "interrupted"] as const) {
		surroundings.pass(2000);
		surroundings.state = state;
		watching.followDevice();
		const { polls } = surroundings;
		surroundings.pass(700, false);
		watching.poll();
		expect(surroundings.polls).toBe(polls);
		surroundings.state = "running";
		watching.followDevice();
	}
	surroundings.pass(3000);
	expect(surroundings.polls).toBeGreaterThan(300);
	expect(watching.report.count).toBe(0);
});

test("an output that no device drives is not watched", () => {
	const surroundings = new Surroundings();
	surroundings.isOffline = true;
	const watching = watch(surroundings);
	watching.followDevice();
	watching.poll();
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
