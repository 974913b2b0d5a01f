import { AudioEngine } from "flitzis-looper";
import { expect, onTestFinished, test } from "vitest";
import { offlineEngine, SAMPLE_RATE } from "./engine-harness.ts";
import { writeWave } from "./fixtures.ts";

const steady = writeWave(new Float32Array(4800).fill(0.5), { sampleRate: SAMPLE_RATE, channels: 1, coding: "f32" });

test("an activity shows what each pad and the master do, and reading it changes nothing", async () => {
	const engine = await offlineEngine();
	const activity = engine.createActivity();
	await engine.loadSample(3, steady);
	engine.pad(3).set({ loop: true, gainDecibels: -20 * Math.log10(2) });
	engine.pad(3).press(1);
	engine.playSample(3, 0.5);
	engine.renderOffline(1280);
	for (let read = 0; read < 2; read++) {
		engine.readActivity(activity);
		expect([activity.padState[3], activity.voices[3], activity.playhead[3]]).toEqual([1, 2, 1280]);
		expect(activity.peak[3]).toBeCloseTo(0.375, 6);
		expect([activity.frame, activity.masterPeak]).toEqual([1280, activity.peak[3]]);
		expect([activity.padState[2], activity.voices[2], activity.peak[2]]).toEqual([0, 0, 0]);
		expect(engine.stats().peak).toBe(activity.masterPeak);
	}
});

test("the pads' meters are kept while any activity is open, and begin at silence with the next", async () => {
	const engine = await offlineEngine();
	await engine.loadSample(0, steady);
	engine.playSample(0, 1, { loop: true });
	const [first, second] = [engine.createActivity(), engine.createActivity()];
	const peakAfter = (frames: number): number => {
		engine.renderOffline(frames);
		engine.readActivity(first);
		return first.peak[0] ?? Number.NaN;
	};
	expect(peakAfter(128)).toBe(0.5);
	second.close();
	second.close();
	expect(peakAfter(128)).toBe(0.5);
	first.close();
	expect(peakAfter(128)).toBe(0);
	const third = engine.createActivity();
	engine.renderOffline(128);
	engine.readActivity(third);
	expect(third.peak[0]).toBe(0.5);
});

test("an activity made before the engine runs is silent until then, and works afterwards", async () => {
	const engine = new AudioEngine({ output: "offline", sampleRate: SAMPLE_RATE });
	onTestFinished(() => engine.shutDown());
	const activity = engine.createActivity();
	engine.readActivity(activity);
	expect([activity.frame, activity.masterPeak, activity.voices[0]]).toEqual([0, 0, 0]);
	await engine.run();
	await engine.loadSample(0, steady);
	engine.pad(0).press(1);
	engine.renderOffline(128);
	engine.readActivity(activity);
	expect([activity.frame, activity.masterPeak, activity.peak[0], activity.voices[0]]).toEqual([128, 0.5, 0.5, 1]);
});

test("an activity of another engine, or none, is refused; after shutDown all is 0", async () => {
	const [engine, other] = [await offlineEngine(), await offlineEngine()];
	const activity = engine.createActivity();
	for (const wrong of [other.createActivity(), {}, null, { ...activity }]) {
		expect(() => engine.readActivity(wrong as typeof activity)).toThrow(
			/^The value of activity must be what createActivity\(\) of this engine returned, not /,
		);
	}
	await engine.loadSample(0, steady);
	engine.pad(0).press(1);
	engine.renderOffline(128);
	engine.readActivity(activity);
	expect(activity.padState[0]).toBe(1);
	await engine.shutDown();
	engine.readActivity(activity);
	expect([activity.padState[0], activity.frame, activity.masterPeak]).toEqual([0, 0, 0]);
});

/** Bytes by which the heap grows meanwhile; the most of several rounds, because a collection in between hides it. */
function growthOf(rounds: number, act: () => void): number {
	const growths = Array.from({ length: rounds }, () => {
		const before = process.memoryUsage().heapUsed;
		act();
		return process.memoryUsage().heapUsed - before;
	});
	return Math.max(...growths);
}

test("reading an activity allocates nothing: one object per read would be found", async () => {
	const engine = await offlineEngine();
	const activity = engine.createActivity();
	const reads = 50_000;
	const readMany = (): void => {
		for (let read = 0; read < reads; read++) engine.readActivity(activity);
	};
	readMany();
	const kept: object[] = Array.from({ length: reads }, () => activity);
	const allocateMany = (): void => {
		for (let read = 0; read < reads; read++) kept[read] = { read };
	};
	expect(growthOf(6, allocateMany)).toBeGreaterThan(reads * 12);
	expect(growthOf(6, readMany)).toBeLessThan(reads * 6);
});
