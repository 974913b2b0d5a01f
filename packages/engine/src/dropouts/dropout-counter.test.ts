import * as fc from "fast-check";
import { expect, test } from "vitest";
import { DeviceModel, type DeviceModelOptions } from "../../test/device-model.ts";
import { DropoutCounter } from "./dropout-counter.ts";

/** A counter that reads a modelled device's clock. */
class Watched {
	readonly device: DeviceModel;
	readonly counter: DropoutCounter;
	discardedFrames = 0;
	/** Added to the control thread's clock. */
	clockOffset = 0;
	#milliseconds = 123_456;

	constructor(options: DeviceModelOptions) {
		this.device = new DeviceModel(options);
		this.counter = new DropoutCounter(options.sampleRate);
	}

	/** Reads once after so many milliseconds, which the clock tells to the microsecond. */
	poll(milliseconds: number): void {
		this.device.advance(milliseconds);
		this.#milliseconds += milliseconds;
		this.counter.add({
			renderedFrames: this.device.renderedFrames,
			discardedFrames: this.discardedFrames,
			frame: this.device.renderedFrames,
			milliseconds: Math.round(1000 * (this.#milliseconds + this.clockOffset)) / 1000,
		});
	}

	/** Reads at uneven intervals, as the watch does. @param seed - where in their sequence it begins */
	run(seconds: number, seed = 0): void {
		for (let at = 0, polls = seed; at < 1000 * seconds; polls++) {
			const interval = 10 + 20 * ((polls * 0.618_034) % 1);
			this.poll(interval);
			at += interval;
		}
	}
}

const usual: DeviceModelOptions = { sampleRate: 48_000, bufferFrames: 512, buffers: 3 };

const devices = fc.record({
	sampleRate: fc.constantFrom(44_100, 48_000, 96_000),
	bufferFrames: fc.constantFrom(128, 256, 441, 512, 1024, 2048, 4096),
	buffers: fc.integer({ min: 2, max: 4 }),
	partsPerMillion: fc.integer({ min: -200, max: 200 }),
});

test("clock drift alone is never reported as a dropout", () => {
	fc.assert(
		fc.property(devices, fc.nat(1000), (options, seed) => {
			const watched = new Watched(options);
			watched.run(60, seed);
			expect(watched.counter.report).toEqual({ count: 0, lostFrames: 0, latest: [] });
		}),
		{ numRuns: 40 },
	);
});

test("polling once per second, as from a hidden page, reports no dropout where there is none", () => {
	for (const partsPerMillion of [-200, 200]) {
		const watched = new Watched({ ...usual, partsPerMillion });
		for (let poll = 0; poll < 600; poll++) watched.poll(1000.3);
		expect(watched.counter.report.count).toBe(0);
	}
});

test("a control thread that is blocked again and again is no dropout", () => {
	const watched = new Watched(usual);
	for (const blocked of [2000, 40, 350, 2000, 4900, 120]) {
		watched.run(1.7);
		watched.poll(blocked);
	}
	watched.run(3);
	expect(watched.counter.report.count).toBe(0);
	expect(watched.device.lostFrames).toBe(0);
});

test("callbacks that are late by less than the device's buffer are no dropouts", () => {
	const watched = new Watched(usual);
	for (let stall = 0; stall < 100; stall++) {
		watched.run(0.15, stall);
		watched.device.stall(((stall * 7) % 20) + 1);
	}
	watched.run(2);
	expect(watched.device.lostFrames).toBe(0);
	expect(watched.counter.report.count).toBe(0);
});

test("a stall is counted with what the device lost, and its buffer is the most it makes up for", () => {
	fc.assert(
		fc.property(devices, fc.nat(1000), fc.integer({ min: 0, max: 3000 }), (options, seed, beyond) => {
			const watched = new Watched(options);
			const { device, counter } = watched;
			const { bufferFrames, sampleRate } = options;
			// What a device loses when it runs dry: its period at least.
			const least = Math.max(128, bufferFrames);
			const stalledFrames = device.capacity + least + (beyond / 1000) * sampleRate;
			watched.run(6, seed);
			const before = device.renderedFrames;
			device.stall((1000 * stalledFrames) / sampleRate);
			watched.run(9, seed + 1);
			expect(device.lostFrames).toBeGreaterThan(least - 1);
			const { count, lostFrames, latest } = counter.report;
			expect(count).toBe(1);
			expect(latest).toEqual([{ frame: expect.any(Number), lostFrames }]);
			// A rest that passes for drift is not told of.
			const drift = 1e-3 * sampleRate;
			expect(Math.abs(lostFrames - device.lostFrames)).toBeLessThan(bufferFrames / 2 + 64 + drift);
			expect(Math.abs(lostFrames - stalledFrames)).toBeLessThanOrEqual(device.capacity + bufferFrames / 2 + 64 + drift);
			expect(Math.abs(latest[0]!.frame - before)).toBeLessThanOrEqual(device.capacity + 0.7 * sampleRate);
		}),
		{
			numRuns: 4000,
			// Readings in step with the device's period, which leave a rest.
			examples: [[{ sampleRate: 44_100, bufferFrames: 441, buffers: 2, partsPerMillion: -85 }, 859, 1796]],
		},
	);
});

test("a stall behind a blocked control thread is counted", () => {
	const watched = new Watched(usual);
	watched.run(3);
	watched.device.stall(50);
	watched.poll(2000);
	watched.run(1);
	const { count, lostFrames } = watched.counter.report;
	expect(count).toBe(1);
	expect(Math.abs(lostFrames - watched.device.lostFrames)).toBeLessThan(128);
});

test("stalls that lie apart are dropouts of their own, and the last 64 are remembered", () => {
	const watched = new Watched(usual);
	const places: number[] = [];
	watched.run(3);
	for (let stall = 0; stall < 70; stall++) {
		places.push(watched.device.renderedFrames);
		watched.device.stall(60);
		watched.run(3, stall);
	}
	const { count, lostFrames, latest } = watched.counter.report;
	expect(count).toBe(70);
	expect(Math.abs(lostFrames - watched.device.lostFrames)).toBeLessThan(70 * 40);
	expect(latest).toHaveLength(64);
	for (const [index, { frame }] of latest.entries())
		expect(Math.abs(frame - places[6 + index]!)).toBeLessThan(0.1 * usual.sampleRate);
});

test("an output that crawls at an eighth of its pace is told within seconds, and told on", () => {
	const watched = new Watched(usual);
	watched.run(3);
	for (let second = 0; second < 12; second++) {
		for (let turn = 0; turn < 8; turn++) {
			watched.device.stall(124);
			watched.run(0.125, 8 * second + turn);
		}
		if (second === 5) expect(watched.counter.report.count).toBeGreaterThan(0);
	}
	const { lostFrames } = watched.counter.report;
	expect(watched.device.lostFrames).toBeGreaterThan(4 * 48_000);
	expect(lostFrames).toBeGreaterThan(watched.device.lostFrames - 2.2 * 48_000);
	expect(lostFrames).toBeLessThan(watched.device.lostFrames + 512);
});

test("an output that stood still on purpose has no dropout", () => {
	const watched = new Watched(usual);
	watched.run(3);
	// Suspended, and resumed: the device begins to fill its queue anew.
	watched.clockOffset += 1234;
	watched.counter.restart();
	watched.run(3);
	expect(watched.counter.report.count).toBe(0);
});

test("a clock that jumps further than any stall, or back, is no dropout", () => {
	for (const jump of [3_600_000, 6000, -6000, -200, -40]) {
		const watched = new Watched(usual);
		watched.run(3);
		watched.clockOffset += jump;
		watched.run(3);
		expect(watched.counter.report.count).toBe(0);
	}
});

test("frames that the platform discarded are lost in addition, in the same dropout when they come with it", () => {
	const watched = new Watched(usual);
	watched.run(3);
	watched.device.stall(70);
	watched.run(0.9);
	watched.discardedFrames += 1024;
	watched.run(2);
	const { count, lostFrames } = watched.counter.report;
	expect(count).toBe(1);
	expect(Math.abs(lostFrames - watched.device.lostFrames - 1024)).toBeLessThan(128);
});

test("frames that were only discarded are a dropout where the output was latest", () => {
	const watched = new Watched(usual);
	watched.run(3);
	const before = watched.device.renderedFrames;
	watched.device.stall(20);
	watched.run(0.4);
	watched.discardedFrames += 512;
	watched.run(2);
	expect(watched.device.lostFrames).toBe(0);
	const { count, lostFrames, latest } = watched.counter.report;
	expect({ count, lostFrames }).toEqual({ count: 1, lostFrames: 512 });
	expect(Math.abs(latest[0]!.frame - before)).toBeLessThan(1100);
});

test("what was discarded before a restart is not counted after it", () => {
	const watched = new Watched(usual);
	watched.run(1);
	watched.counter.restart();
	watched.discardedFrames = 4800;
	watched.run(1);
	expect(watched.counter.report.count).toBe(0);
});

test("the report stays the same object until something is lost", () => {
	const watched = new Watched(usual);
	const { report } = watched.counter;
	watched.run(3);
	expect(watched.counter.report).toBe(report);
});
