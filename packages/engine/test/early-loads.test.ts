import { AudioEngine, type AudioEngineOptions } from "flitzis-looper";
import { AudioNode, OfflineAudioContext } from "node-web-audio-api";
import { expect, onTestFinished, test } from "vitest";
import { pollToEnd, SAMPLE_RATE } from "./engine-harness.ts";
import { firstDifference, noise, writeWave } from "./fixtures.ts";

const tunes = [1, 2].map((seed) => noise(9_600, 1, { seed, amplitude: 0.25 }));
const [tuneFile, otherFile] = tunes.map((tune) =>
	writeWave(tune, { coding: "f32", sampleRate: SAMPLE_RATE, channels: 1 }),
);

/** An engine that does not run, shut down when the test ends. */
function idleEngine(options: AudioEngineOptions = {}): AudioEngine {
	const engine = new AudioEngine({ output: "offline", sampleRate: SAMPLE_RATE, ...options });
	onTestFinished(() => engine.shutDown());
	return engine;
}

test("a load ends before run, and its sample plays after it", async () => {
	const engine = idleEngine();
	await engine.loadSample(0, otherFile!);
	const { frames } = await engine.loadSample(0, tuneFile!);
	expect(engine.sampleInfo(0)?.frames).toBe(frames);
	expect(engine.stats()).toMatchObject({ state: "idle", frame: 0, sampleRate: SAMPLE_RATE });
	expect(() => engine.playSample(0, 1)).toThrow(expect.objectContaining({ code: "not-running" }));
	expect(() => engine.renderOffline(1)).toThrow(expect.objectContaining({ code: "not-running" }));
	expect(await engine.run()).toBe("running");
	engine.playSample(0, 1);
	expect(firstDifference(engine.renderOffline(9_600)[0], tunes[0]!)).toBeNull();
});

test("events of a load end before run, too", async () => {
	const engine = idleEngine();
	const requestId = engine.loadSampleAsync(5, tuneFile!);
	expect((await pollToEnd(engine)).at(-1)).toMatchObject({ type: "success", id: 5, requestId });
});

test("a slot that is unloaded before run is empty after it", async () => {
	const engine = idleEngine();
	await engine.loadSample(0, tuneFile!);
	engine.unloadSample(0);
	expect(engine.sampleInfo(0)).toBeNull();
	await engine.run();
	engine.playSample(0, 1);
	expect(engine.renderOffline(1_000)[0].every((sample) => sample === 0)).toBe(true);
});

test("pads that were set before their load and before run are as they were set", async () => {
	const engine = idleEngine();
	engine.pad(0).gainDecibels = Number.NEGATIVE_INFINITY;
	await engine.loadSample(0, tuneFile!);
	await engine.run();
	engine.playSample(0, 1);
	expect(engine.renderOffline(1_000)[0].every((sample) => sample === 0)).toBe(true);
});

test("an engine that never runs is shut down whole", async () => {
	const engine = idleEngine();
	const loading = engine.loadSample(0, tuneFile!);
	const closing = engine.shutDown();
	await expect(loading).rejects.toMatchObject({ code: "cancelled" });
	await closing;
	const loaded = idleEngine();
	await loaded.loadSample(0, tuneFile!);
	await loaded.shutDown();
	expect([loaded.stats().state, loaded.sampleInfo(0)]).toEqual(["closed", null]);
});

test("loads of an engine that cannot start end at once in its reason, and run tries again", async () => {
	const assets = { kernel: "/no-such-file", kernelUnshared: "/no-such-file" };
	const engine = idleEngine({ assets });
	const failure = { code: "unsupported-platform", message: expect.stringMatching(/no-such-file.*set assets/) };
	await expect(engine.loadSample(0, tuneFile!)).rejects.toMatchObject(failure);
	engine.loadSampleAsync(1, tuneFile!);
	expect((await pollToEnd(engine)).at(-1)).toMatchObject({ type: "error", code: "unsupported-platform" });
	await expect(engine.run()).rejects.toMatchObject(failure);
});

test("a graph is wired before run, in the caller's context", async () => {
	const context = new OfflineAudioContext(1, 9_600, SAMPLE_RATE);
	const engine = new AudioEngine({ audioContext: context });
	onTestFinished(() => engine.shutDown());
	await engine.loadSample(0, tuneFile!);
	if (!(engine.output instanceof AudioNode)) throw new Error("The engine has no output node.");
	engine.output.connect(context.destination);
	await engine.run();
	engine.playSample(0, 1);
	await engine.resume();
	const rendered = await context.startRendering();
	expect(firstDifference(rendered.getChannelData(0), tunes[0]!)).toBeNull();
});
