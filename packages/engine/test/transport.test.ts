import {
	AudioEngine,
	formatPerformance,
	type PadEvent,
	parsePerformance,
	renderPerformance,
	type TimingOptions,
} from "flitzis-looper";
import { AudioStreamHandle } from "flitzis-looper/stream";
import { expect, test } from "vitest";
import { firstBitDifference } from "./bit-difference.ts";
import { offlineEngine, SAMPLE_RATE } from "./engine-harness.ts";
import { noise, writeWave } from "./fixtures.ts";
import { join } from "./random-performance.ts";

/** At 120 BPM. */
const BEAT = SAMPLE_RATE / 2;
const click = writeWave(Float32Array.of(1, 1), { coding: "f32", sampleRate: SAMPLE_RATE, channels: 2 });

async function clickEngine(): Promise<AudioEngine> {
	const engine = await offlineEngine({ sampleSlots: 4 });
	await engine.loadSample(0, click);
	return engine;
}

/** The frames on which clicks begin, and their levels. */
function clicks(engine: AudioEngine, frames: number): [number, number][] {
	const { frame } = engine.stats();
	const [left] = engine.renderOffline(frames);
	return [...left].flatMap((value, index) => (value === 0 ? [] : [[frame + index, value]]));
}

test("a press waits for the transport's quantum, and the activity shows for which beat", async () => {
	const engine = await clickEngine();
	const told: PadEvent[] = [];
	engine.addEventListener("pad", (event) => told.push(event));
	const activity = engine.createActivity();
	const { transport } = engine;
	transport.quantum = 4;
	transport.start();
	engine.renderOffline(BEAT);
	engine.pad(0).press(0.5);
	engine.renderOffline(128);
	engine.readActivity(activity);
	expect([activity.padState[0], activity.queuedBeat[0], activity.queuedBeat[1]]).toEqual([2, 4, Number.NaN]);
	expect([activity.beat, activity.tempo, activity.isTransportRunning]).toEqual([1 + 128 / BEAT, 120, true]);
	expect(clicks(engine, 4 * BEAT)).toEqual([[4 * BEAT, 0.5]]);
	engine.readActivity(activity);
	expect([activity.padState[0], activity.queuedBeat[0]]).toEqual([0, Number.NaN]);
	await Promise.resolve();
	expect(told.map(({ id, state }) => [id, state])).toEqual([
		[0, "queued"],
		[0, "idle"],
	]);
});

test("every action takes a frame or a line, and a queued start is cancelled", async () => {
	const engine = await clickEngine();
	const { transport } = engine;
	const pad = engine.pad(0);
	engine.transport.lateWindowSec = 0;
	transport.start({ atFrame: 100 });
	engine.renderOffline(200);
	transport.set({ tempo: 240 }, { atLine: 2 });
	engine.playSample(0, 1, { atLine: 1 });
	pad.press(0.5, { atLine: 2 });
	pad.set({ launchQuantum: 1 }, { atLine: 2 });
	expect(clicks(engine, 3 * BEAT)).toEqual([
		[100 + BEAT, 1],
		[100 + 2 * BEAT, 0.5],
	]);
	expect(transport.frameOfBeat(4)).toBe(100 + 3 * BEAT);
	pad.press(0.25);
	pad.cancelQueued({ atLine: 1 / 32 });
	transport.stop({ atFrame: 100 + 4 * BEAT });
	expect(clicks(engine, 2 * BEAT)).toEqual([]);
	expect(transport.frameOfBeat(4)).toBeNull();
});

test("a beat's frame and a frame's beat are those of the audio thread, across tempo changes, nudges and moves", async () => {
	const engine = await clickEngine();
	const { transport } = engine;
	const activity = engine.createActivity();
	transport.start();
	for (const act of [
		() => (transport.tempo = 97),
		() => transport.nudge(0.3),
		() => (transport.tempo = 133.37),
		() => transport.moveTo(17.1),
	]) {
		engine.renderOffline(12_345);
		act();
		engine.renderOffline(1);
		engine.readActivity(activity);
		expect(transport.beatOfFrame(activity.frame)).toBe(activity.beat);
		const line = Math.ceil(activity.beat);
		engine.playSample(0, 1, { atLine: 1 });
		expect(clicks(engine, 40_000)).toEqual([[transport.frameOfBeat(line), 1]]);
	}
	transport.stop();
	engine.renderOffline(1);
	expect(transport.beatOfFrame(5)).toBe(17.1);
});

const wrong: [string, (engine: AudioEngine) => unknown, typeof RangeError | typeof TypeError, RegExp][] = [
	[
		"tempo 0",
		({ transport }) => (transport.tempo = 0),
		RangeError,
		/^The value of tempo must be a number from 20 to 400, not 0\./,
	],
	["tempo NaN", ({ transport }) => (transport.tempo = Number.NaN), RangeError, /not NaN/],
	["quantum -1", ({ transport }) => (transport.quantum = -1), RangeError, /of quantum must be 0 or a number of beats/],
	[
		"lengthBeats 1e9",
		(engine) => (engine.pad(0).lengthBeats = 1e9),
		RangeError,
		/of lengthBeats must be 0 or a number of beats/,
	],
	[
		"a bar of 0 beats",
		({ transport }) => (transport.beatsPerBar = 0),
		RangeError,
		/of beatsPerBar must be a whole number from 1 to 16/,
	],
	[
		"a late window of -1",
		(engine) => (engine.transport.lateWindowSec = -1),
		RangeError,
		/of lateWindowSec must be a number from 0 to 1/,
	],
	[
		"moveTo(-1)",
		({ transport }) => transport.moveTo(-1),
		RangeError,
		/of beat must be a number from 0 to 1000000000, not -1/,
	],
	[
		"nudge(NaN)",
		({ transport }) => transport.nudge(Number.NaN),
		RangeError,
		/of beats must be a number from -4096 to 4096, not NaN/,
	],
	["frameOfBeat(NaN)", ({ transport }) => transport.frameOfBeat(Number.NaN), RangeError, /of beat must/],
	["beatOfFrame(-1)", ({ transport }) => transport.beatOfFrame(-1), RangeError, /of frame must/],
	[
		"atLine 0",
		(engine) => engine.pad(0).press(1, { atLine: 0 }),
		RangeError,
		/of atLine must be a number from 0.03125 to 4096, not 0/,
	],
	["atLine NaN", (engine) => engine.playSample(0, 1, { atLine: Number.NaN }), RangeError, /of atLine must/],
	[
		"both moments",
		(engine) => engine.pad(0).stop({ atFrame: 1, atLine: 1 }),
		TypeError,
		/^The options have both atFrame and atLine\. Leave one/,
	],
	["no options", ({ transport }) => transport.start(1 as TimingOptions), TypeError, /of options must be an object/],
];

test.each(wrong)("%s is an error at the call, and changes nothing", async (_, call, type, message) => {
	const engine = await clickEngine();
	engine.transport.tempo = 100;
	expect(() => call(engine)).toThrow(type);
	expect(() => call(engine)).toThrow(message);
	engine.performance.start();
	engine.renderOffline(128);
	const { commands } = await engine.performance.stop();
	expect(commands.map((command) => command.type)).toEqual(["load", "set"]);
	expect([engine.transport.tempo, engine.transport.quantum, engine.transport.lateWindowSec]).toEqual([100, 0, 0.08]);
});

test("exclusive mode, the late window and other parameters set before run hold", async () => {
	const engine = new AudioEngine({ output: "offline" });
	engine.transport.tempo = 60;
	engine.transport.isExclusive = true;
	engine.transport.lateWindowSec = 0;
	expect([engine.transport.isExclusive, engine.transport.lateWindowSec]).toEqual([true, 0]);
	expect(() => engine.transport.start()).toThrow(expect.objectContaining({ code: "not-running" }));
	expect([engine.transport.frameOfBeat(1), engine.transport.beatOfFrame(1)]).toEqual([null, 0]);
	await engine.run();
	engine.transport.start();
	engine.renderOffline(1);
	expect(engine.transport.frameOfBeat(1)).toBe(48_000);
	await engine.shutDown();
	expect(() => engine.transport.stop()).toThrow(expect.objectContaining({ code: "closed" }));
});

test("a stream presses on lines and sets parameters, all or none", async () => {
	const engine = await clickEngine();
	const stream = AudioStreamHandle.open(engine.createStreamHandle().descriptor);
	engine.transport.start();
	engine.renderOffline(100);
	stream.set(0, { gainDecibels: Number.NEGATIVE_INFINITY, loop: false }, { atLine: 2 });
	stream.press(0, 0.5, { atLine: 1 });
	stream.press(0, 0.5, { atLine: 2 });
	expect(clicks(engine, 3 * BEAT)).toEqual([[BEAT, 0.5]]);
	expect(() => stream.set(9, { loop: true })).toThrow(RangeError);
	expect(() => stream.set(0, { loop: true, pan: 2 })).toThrow(/^The value of pan must/);
	for (let sent = 0; sent < 255; sent++) stream.press(0, 1, { atLine: 4096 });
	expect(() => stream.set(0, { loop: true, pan: 0 }, { atLine: 1 })).toThrow(
		expect.objectContaining({ code: "ring-full" }),
	);
	stream.set(0, { pan: 0 }, { atLine: 1 });
});

test("a performance that begins on a running transport is rendered to the bit, its lines on the same frames", async () => {
	const engine = await offlineEngine({ sampleSlots: 4 });
	await engine.loadSample(
		0,
		writeWave(noise(3000, 2, { seed: 3 }), { coding: "f32", sampleRate: SAMPLE_RATE, channels: 2 }),
	);
	const { transport } = engine;
	transport.set({ tempo: 97.3, quantum: 1 / 3, beatsPerBar: 3 });
	transport.moveTo(2.25);
	transport.start();
	engine.renderOffline(70_001);
	engine.performance.start();
	engine.pad(0).set({ launchMode: "repeat", launchQuantum: 0.25 });
	engine.pad(0).press(0.7);
	const first = engine.renderOffline(50_000);
	engine.pad(0).release();
	transport.set({ isMetronomeOn: true });
	transport.stop({ atLine: 1 });
	transport.start({ atFrame: engine.stats().frame + 60_000 });
	const second = engine.renderOffline(100_000);
	const performance = parsePerformance(formatPerformance(await engine.performance.stop()));
	expect(performance.start.transport).toMatchObject({ isRunning: true, startBeat: 2.25, anchorBeat: 2.25 });
	expect(performance.start.transport.anchorFrame).toBeLessThan(0);
	const left = join([first, second], 0);
	const source = (): Uint8Array<ArrayBuffer> =>
		writeWave(noise(3000, 2, { seed: 3 }), { coding: "f32", sampleRate: SAMPLE_RATE, channels: 2 });
	let frame = 0;
	for await (const [piece] of renderPerformance(performance, source, { blockFrames: 77, pieceFrames: 30_000 })) {
		expect(firstBitDifference(piece, left.subarray(frame, frame + piece.length))).toBeNull();
		frame += piece.length;
	}
	expect(frame).toBe(150_000);
});
