import { AudioEngine } from "flitzis-looper";
import { expect, test } from "vitest";
import { offlineEngine, planar, pollAll, SAMPLE_RATE } from "./engine-harness.ts";
import { music, writeWave } from "./fixtures.ts";

const tune = music(9_600, SAMPLE_RATE, 2);
const tuneFile = writeWave(tune, { coding: "f32", sampleRate: SAMPLE_RATE, channels: 2 });

test("invalid options are rejected with their name, value and range", () => {
	expect(() => new AudioEngine({ voices: 257 })).toThrow(
		/^The value of voices must be a whole number from 1 to 256, not 257\.$/,
	);
	expect(() => new AudioEngine({ sampleSlots: 0 })).toThrow(RangeError);
	expect(() => new AudioEngine({ memoryBudget: 2 ** 32 })).toThrow(RangeError);
	expect(() => new AudioEngine({ sampleRate: 44_100.5 })).toThrow(RangeError);
});

test.each([-1, 32, 0.5, Number.NaN, Number.POSITIVE_INFINITY])("id %s is rejected and changes nothing", async (id) => {
	const engine = await offlineEngine();
	await engine.loadSample(0, tuneFile);
	for (const call of [
		() => engine.playSample(id, 1),
		() => engine.stopSample(id),
		() => engine.unloadSample(id),
		() => engine.cancelLoad(id),
		() => engine.sampleInfo(id),
		() => engine.pad(id),
		() => engine.loadSampleAsync(id, tuneFile),
		() => engine.loadSample(id, tuneFile),
	]) {
		expect(call).toThrow(RangeError);
	}
	expect(pollAll(engine)).toEqual([]);
	engine.playSample(0, 1);
	expect(engine.renderOffline(9_600)).toEqual(planar(tune));
	expect(engine.stats()).toMatchObject({ activeVoices: 0, droppedVoices: 0 });
});

test.each([-0.001, 1.001, Number.NaN, Number.POSITIVE_INFINITY])(
	"velocity %s is rejected and starts no voice",
	async (velocity) => {
		const engine = await offlineEngine();
		await engine.loadSample(0, tuneFile);
		expect(() => engine.playSample(0, velocity)).toThrow(/velocity must be a number from 0 to 1/);
		engine.renderOffline(128);
		expect(engine.stats().activeVoices).toBe(0);
	},
);

test("an invalid source is rejected by the call", async () => {
	const engine = await offlineEngine();
	for (const source of [null, undefined, 7, {}, []]) {
		// @ts-expect-error untyped callers can pass anything
		expect(() => engine.loadSampleAsync(0, source)).toThrow(TypeError);
	}
	expect(pollAll(engine)).toEqual([]);
});

test("an empty slot is ignored", async () => {
	const engine = await offlineEngine();
	engine.playSample(31, 1);
	const [left] = engine.renderOffline(256);
	expect(left.every((sample) => sample === 0)).toBe(true);
	expect(engine.stats().activeVoices).toBe(0);
});

test("before run, loads wait and nothing plays", async () => {
	const engine = new AudioEngine({ output: "offline", sampleRate: SAMPLE_RATE });
	expect(engine.stats()).toMatchObject({ state: "idle", frame: 0 });
	const loading = engine.loadSample(0, tuneFile);
	expect(() => engine.playSample(0, 1)).toThrow(expect.objectContaining({ code: "not-running" }));
	expect(() => engine.renderOffline(1)).toThrow(expect.objectContaining({ code: "not-running" }));
	expect(await Promise.all([engine.run(), engine.run()])).toEqual(["running", "running"]);
	expect((await loading).frames).toBe(9_600);
	await engine.shutDown();
});

test("shutDown ends live loads in cancelled, keeps their events and closes everything else", async () => {
	const engine = await offlineEngine();
	engine.loadSampleAsync(0, tuneFile);
	const loading = engine.loadSample(1, tuneFile);
	const closing = engine.shutDown();
	expect(engine.shutDown()).toBe(closing);
	await expect(loading).rejects.toMatchObject({ code: "cancelled" });
	await closing;
	expect(pollAll(engine).at(-1)).toMatchObject({ type: "error", id: 0, code: "cancelled" });
	expect([engine.stats().state, engine.sampleInfo(0)]).toEqual(["closed", null]);
	expect(() => engine.playSample(0, 1)).toThrow(expect.objectContaining({ code: "closed" }));
	expect(() => engine.loadSampleAsync(0, tuneFile)).toThrow(expect.objectContaining({ code: "closed" }));
	await expect(engine.run()).rejects.toMatchObject({ code: "closed" });
});

test("without a device a full ring rejects no trigger, and all take effect", async () => {
	const engine = await offlineEngine();
	await engine.loadSample(0, tuneFile);
	engine.renderOffline(1);
	for (let trigger = 0; trigger < 1025; trigger++) engine.playSample(0, 0.01);
	engine.renderOffline(1);
	expect(engine.stats()).toMatchObject({ activeVoices: 32, droppedVoices: 1025 - 32 });
	engine.playSample(0, 0.01);
});

test("a master gain set before run applies from the first frame", async () => {
	const engine = new AudioEngine({ output: "offline", sampleRate: SAMPLE_RATE });
	engine.masterGainDecibels = Number.NEGATIVE_INFINITY;
	await engine.run();
	await engine.loadSample(0, tuneFile);
	engine.playSample(0, 1);
	const [left] = engine.renderOffline(1_000);
	expect(left.every((sample) => sample === 0)).toBe(true);
	expect(() => {
		engine.masterGainDecibels = Number.NaN;
	}).toThrow(RangeError);
	expect(engine.masterGainDecibels).toBe(Number.NEGATIVE_INFINITY);
	await engine.shutDown();
});

test("a looping voice continues until it is stopped", async () => {
	const engine = await offlineEngine();
	await engine.loadSample(0, tuneFile);
	engine.playSample(0, 1, { loop: true });
	const [left] = engine.renderOffline(3 * 9_600);
	expect(left.slice(2 * 9_600)).toEqual(planar(tune)[0]);
	const activity = engine.createActivity();
	engine.readActivity(activity);
	expect([activity.voices[0], activity.playhead[0]]).toEqual([1, 0]);
	engine.stopSample(0);
	engine.renderOffline(480);
	engine.readActivity(activity);
	expect(activity.voices[0]).toBe(0);
});

test("disposing of the engine shuts it down", async () => {
	const engine = new AudioEngine({ output: "offline" });
	await engine.run();
	await engine[Symbol.asyncDispose]();
	expect(engine.stats().state).toBe("closed");
});
