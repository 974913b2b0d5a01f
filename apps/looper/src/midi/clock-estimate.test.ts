import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ClockEstimate, ticksPerBeat } from "./clock-estimate.ts";

/** Uniform numbers in −1..1 from a seed (mulberry32). */
function jitterFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
	};
}

interface Clock {
	readonly tempo: number;
	readonly beats: number;
	readonly jitterMs: number;
	readonly seed: number;
	readonly fromMs?: number;
}

/** Plays a jittered clock to an estimate. @returns the time of the tick after the last */
function play(estimate: ClockEstimate, { tempo, beats, jitterMs, seed, fromMs = 1000 }: Clock): number {
	const interval = 60_000 / tempo / ticksPerBeat;
	const jitter = jitterFrom(seed);
	const ticks = Math.round(beats * ticksPerBeat);
	let latest = 0;
	for (let tick = 0; tick < ticks; tick++) {
		// A port delivers in order, however much it delays.
		latest = Math.max(latest, fromMs + tick * interval + jitterMs * jitter());
		estimate.tick(latest);
	}
	return fromMs + ticks * interval;
}

test("an even clock is exact after one beat", () => {
	const estimate = new ClockEstimate();
	play(estimate, { tempo: 97.5, beats: 1, jitterMs: 0, seed: 1 });
	expect(estimate.tempo).toBeCloseTo(97.5, 6);
});

test("there is no tempo before one beat has been heard", () => {
	const estimate = new ClockEstimate();
	expect(estimate.tempo).toBeNull();
	play(estimate, { tempo: 120, beats: 23 / 24, jitterMs: 0, seed: 1 });
	expect(estimate.tempo).toBeNull();
});

test("with ±2 ms of jitter the tempo is within 0.1 %, from 40 to 240 BPM", () => {
	fc.assert(
		fc.property(fc.double({ min: 40, max: 240, noNaN: true }), fc.integer(), (tempo, seed) => {
			const estimate = new ClockEstimate();
			play(estimate, { tempo, beats: 8, jitterMs: 2, seed });
			expect(Math.abs(estimate.tempo! / tempo - 1)).toBeLessThan(0.001);
		}),
		{ numRuns: 500 },
	);
});

test("with ±2 ms of jitter the tempo stays within 0.1 % for five minutes", () => {
	const estimate = new ClockEstimate();
	const jitter = jitterFrom(7);
	const interval = 60_000 / 128 / ticksPerBeat;
	let worst = 0;
	for (let tick = 0; tick < 128 * 5 * ticksPerBeat; tick++) {
		estimate.tick(1000 + tick * interval + 2 * jitter());
		if (tick >= 8 * ticksPerBeat) worst = Math.max(worst, Math.abs(estimate.tempo! / 128 - 1));
	}
	expect(worst).toBeLessThan(0.001);
});

test("the newest tick lies where it would have come without jitter, within 0.7 ms", () => {
	const estimate = new ClockEstimate();
	const next = play(estimate, { tempo: 120, beats: 16, jitterMs: 2, seed: 3 });
	expect(Math.abs(estimate.newestMs + estimate.intervalMs! - next)).toBeLessThan(0.7);
});

test("another tempo is followed within two beats, and is exact after eight", () => {
	for (const [from, to] of [
		[120, 140],
		[174, 87],
		[100, 101],
	] as const) {
		const estimate = new ClockEstimate();
		const changed = play(estimate, { tempo: from, beats: 16, jitterMs: 1, seed: 5 });
		const later = play(estimate, { tempo: to, beats: to - from === 1 ? 8 : 2, jitterMs: 1, seed: 6, fromMs: changed });
		expect(Math.abs(estimate.tempo! / to - 1)).toBeLessThan(0.01);
		play(estimate, { tempo: to, beats: 16, jitterMs: 1, seed: 8, fromMs: later });
		expect(Math.abs(estimate.tempo! / to - 1)).toBeLessThan(0.001);
	}
});

test("a clock that pauses starts over", () => {
	const estimate = new ClockEstimate();
	const paused = play(estimate, { tempo: 120, beats: 8, jitterMs: 0, seed: 1 });
	estimate.tick(paused + 3000);
	expect(estimate.tempo).toBeNull();
	play(estimate, { tempo: 90, beats: 2, jitterMs: 0, seed: 1, fromMs: paused + 5000 });
	expect(estimate.tempo).toBeCloseTo(90, 6);
});

test("one tick that comes 15 ms late does not end the estimate", () => {
	const estimate = new ClockEstimate();
	const late = play(estimate, { tempo: 120, beats: 8, jitterMs: 0, seed: 1 });
	estimate.tick(late + 15);
	play(estimate, { tempo: 120, beats: 4, jitterMs: 0, seed: 1, fromMs: late + 60_000 / 120 / 24 });
	expect(Math.abs(estimate.tempo! / 120 - 1)).toBeLessThan(0.001);
});
