import { expect, test } from "vitest";
import { ClockEstimate } from "./clock-estimate.ts";
import { ClockSender, type TimedMessage } from "./clock-sender.ts";

/** A transport that is read at 60 frames per second, as of blocks of up to `blockMs`. */
class Conductor {
	readonly sender = new ClockSender();
	readonly sent: TimedMessage[] = [];
	readonly blockMs: number;
	readonly latencyMs: number;
	tempo = 120;
	isRunning = false;
	timeMs = 5000;
	beat = 0;

	constructor({ blockMs = 0, latencyMs = 0 } = {}) {
		this.blockMs = blockMs;
		this.latencyMs = latencyMs;
	}

	read(frames: number, frameMs = 1000 / 60): void {
		for (let frame = 0; frame < frames; frame++) {
			// A reading is as old as the newest block.
			const ageMs = this.blockMs === 0 ? 0 : this.timeMs % this.blockMs;
			const beat = this.beat - (ageMs * this.tempo) / 60_000;
			const { timeMs, tempo, isRunning, latencyMs } = this;
			this.sent.push(...this.sender.advance({ timeMs, beat: Math.max(0, beat), tempo, isRunning, latencyMs }));
			this.timeMs += frameMs;
			if (isRunning) this.beat += (frameMs * tempo) / 60_000;
		}
	}

	times(status: number): readonly number[] {
		return this.sent.filter(({ data }) => data[0] === status).map(({ timeMs }) => timeMs);
	}
}

test("a transport that starts at its beginning sends start and then a tick every 24th of a beat, when it is heard", () => {
	const conductor = new Conductor({ latencyMs: 80 });
	conductor.read(3);
	const startedMs = conductor.timeMs;
	conductor.isRunning = true;
	conductor.read(600);
	expect(conductor.sent[0]!.data).toEqual([0xfa]);
	const ticks = conductor.times(0xf8);
	for (const [tick, timeMs] of ticks.entries()) {
		expect(timeMs).toBeCloseTo(startedMs + 80 + (tick * 60_000) / 120 / 24, 6);
	}
	expect(ticks.length).toBeGreaterThanOrEqual(480);
});

test("every tick is scheduled before it is due, also in a hidden page that reads five times a second", () => {
	const conductor = new Conductor({ latencyMs: 300 });
	conductor.isRunning = true;
	conductor.read(10);
	conductor.read(2, 200);
	for (let round = 0; round < 50; round++) {
		const from = conductor.sent.length;
		const readMs = conductor.timeMs;
		conductor.read(1, 200);
		for (const { timeMs } of conductor.sent.slice(from)) expect(timeMs).toBeGreaterThanOrEqual(readMs);
	}
	const ticks = conductor.times(0xf8);
	for (let tick = 1; tick < ticks.length; tick++) expect(ticks[tick]! - ticks[tick - 1]!).toBeCloseTo(500 / 24, 6);
});

test("readings as of blocks of 20 ms make ticks that are even to 1.5 ms, at the right tempo", () => {
	const conductor = new Conductor({ blockMs: 20, latencyMs: 40 });
	conductor.tempo = 133;
	conductor.isRunning = true;
	conductor.read(1800);
	const ticks = conductor.times(0xf8);
	const estimate = new ClockEstimate();
	for (const [tick, timeMs] of ticks.entries()) {
		estimate.tick(timeMs);
		if (tick > 0) expect(Math.abs(timeMs - ticks[tick - 1]! - 60_000 / 133 / 24)).toBeLessThan(1.5);
	}
	expect(Math.abs(estimate.tempo! / 133 - 1)).toBeLessThan(0.001);
});

test("stop comes after the ticks that are scheduled, and is sent once", () => {
	const conductor = new Conductor();
	conductor.isRunning = true;
	conductor.read(60);
	conductor.isRunning = false;
	conductor.read(5);
	expect(conductor.times(0xfc)).toHaveLength(1);
	expect(conductor.sent.at(-1)!.data).toEqual([0xfc]);
	expect(conductor.sent.at(-1)!.timeMs).toBeGreaterThanOrEqual(conductor.times(0xf8).at(-1)!);
});

test("a transport that runs already is continued at the next sixteenth", () => {
	const conductor = new Conductor();
	conductor.beat = 17.3;
	conductor.isRunning = true;
	conductor.read(1);
	expect(conductor.sent.slice(0, 2).map(({ data }) => data)).toEqual([[0xf2, 70, 0], [0xfb]]);
	conductor.read(30);
	expect(conductor.times(0xf8)[0]).toBeCloseTo(5000 + 0.2 * 500, 6);
});

test("a moved transport stops the other device and continues it at the new place", () => {
	const conductor = new Conductor();
	conductor.isRunning = true;
	conductor.read(60);
	conductor.beat = 100;
	const from = conductor.sent.length;
	conductor.read(2);
	expect(conductor.sent.slice(from, from + 3).map(({ data }) => data[0])).toEqual([0xfc, 0xf2, 0xfb]);
});

test("another tempo changes the distance of the ticks, and nothing else", () => {
	const conductor = new Conductor();
	conductor.isRunning = true;
	conductor.read(120);
	conductor.tempo = 60;
	conductor.read(120);
	expect(conductor.times(0xfc)).toEqual([]);
	const ticks = conductor.times(0xf8);
	const distances = ticks.slice(1).map((timeMs, tick) => timeMs - ticks[tick]!);
	expect(distances[0]).toBeCloseTo(60_000 / 120 / 24, 6);
	expect(distances.at(-1)).toBeCloseTo(60_000 / 60 / 24, 6);
	expect(ticks).toEqual(ticks.toSorted((first, second) => first - second));
});
