import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AudioEngine, type TakeNotLoadedError } from "flitzis-looper";
import { expect, onTestFinished, test } from "vitest";
import { firstBitDifference } from "./bit-difference.ts";
import { offlineEngine, SAMPLE_RATE, temporaryFolder } from "./engine-harness.ts";
import { decodeWithFfmpeg } from "./fixtures.ts";
import { playingEngine, rendered, samplesOf, tuneFile } from "./recorded-takes.ts";

test("a take holds what was rendered, to the bit, at any block length", async () => {
	for (const blockFrames of [1, 128, 333, 2048]) {
		const engine = await playingEngine({ blockFrames });
		rendered(engine, 1_000);
		await engine.recording.start();
		const heard = rendered(engine, 30_000);
		const take = await engine.recording.stop();
		expect(take).toMatchObject({ startFrame: 1_000, frames: 30_000, sampleRate: SAMPLE_RATE, lostFrames: 0 });
		expect(firstBitDifference(await samplesOf(take), heard)).toBeNull();
	}
});

test("a take begins and ends on its frames", async () => {
	const engine = await playingEngine();
	await engine.recording.start({ atFrame: 1_001 });
	const stopped = engine.recording.stop({ atFrame: 20_003 });
	// It clears what waits for its frame, but no take's end.
	engine.stopAll();
	engine.playSample(0, 1);
	const heard = rendered(engine, 24_000);
	const take = await stopped;
	expect(take).toMatchObject({ startFrame: 1_001, frames: 19_002, failure: null });
	expect(firstBitDifference(await samplesOf(take), heard.subarray(2 * 1_001, 2 * 20_003))).toBeNull();
});

test("a pad's take holds what its strip adds to the master, and silence where it adds nothing", async () => {
	const engine = await playingEngine();
	const alone = await offlineEngine();
	await alone.loadSample(1, tuneFile);
	alone.playSample(1, 0.5, { loop: true });
	for (const one of [engine, alone]) one.pad(1).set({ gainDecibels: -7, pan: 0.3 });
	for (const one of [engine, alone]) one.stopSample(1, { atFrame: 10_000 });
	await engine.recording.start({ source: { pad: 1 } });
	rendered(engine, 20_000);
	const take = await engine.recording.stop();
	expect(firstBitDifference(await samplesOf(take), rendered(alone, 20_000))).toBeNull();
});

test("a pad that is recorded leaves the master's bits", async () => {
	const [engine, other] = [await playingEngine(), await playingEngine()];
	await engine.recording.start({ source: { pad: 0 } });
	expect(firstBitDifference(rendered(engine, 9_000), rendered(other, 9_000))).toBeNull();
	await (await engine.recording.stop()).discard();
});

test("24 bits are rounded to the nearest", async () => {
	const engine = await playingEngine();
	await engine.recording.start({ format: "s24" });
	const heard = rendered(engine, 5_000);
	const take = await engine.recording.stop();
	const rounded = heard.map((sample) => Math.round(sample * 2 ** 23) / 2 ** 23);
	expect(take.format).toBe("s24");
	expect(firstBitDifference(await samplesOf(take), rounded)).toBeNull();
});

test("a file has the name that was given, and nothing is overwritten", async () => {
	const path = join(temporaryFolder(), "take.wav");
	const engine = await playingEngine();
	await engine.recording.start({ path });
	rendered(engine, 100);
	const take = await engine.recording.stop();
	const bytes = readFileSync(path);
	expect([take.path, take.frames]).toEqual([path, 100]);
	await expect(engine.recording.start({ path })).rejects.toMatchObject({ code: "recording-failed" });
	expect(engine.recording.isRecording).toBe(false);
	expect(readFileSync(path)).toEqual(bytes);
	await take.discard();
	expect(existsSync(path)).toBe(false);
});

test("a take is loaded onto a pad and plays what was heard", async () => {
	const engine = await playingEngine();
	await engine.recording.start({ onto: 5 });
	const heard = rendered(engine, 12_000);
	const take = await engine.recording.stop();
	onTestFinished(() => take.discard());
	expect(engine.sampleInfo(5)).toMatchObject({ frames: 12_000, channels: 2 });
	engine.stopAll();
	rendered(engine, 2_000);
	engine.playSample(5, 1);
	expect(firstBitDifference(rendered(engine, 12_000), heard)).toBeNull();
});

test("an engine's first take can be stopped in the same breath", async () => {
	const engine = await playingEngine();
	const started = engine.recording.start();
	expect([engine.recording.isRecording, engine.recording.frames]).toEqual([true, 0]);
	const take = await engine.recording.stop();
	await started;
	expect(take).toMatchObject({ startFrame: 0, frames: 0 });
	expect(engine.recording.isRecording).toBe(false);
	await take.discard();
});

test("a take that is stopped twice is loaded once, and both calls get it", async () => {
	const engine = await playingEngine();
	await engine.recording.start({ onto: 5 });
	rendered(engine, 12_000);
	const stops = [engine.recording.stop({ atFrame: 20_000 }), engine.recording.stop({ atFrame: 16_000 })];
	rendered(engine, 12_000);
	const [first, second] = await Promise.all(stops);
	expect(second).toBe(first);
	await first?.discard();
	expect([first?.frames, engine.sampleInfo(5)?.frames]).toEqual([16_000, 16_000]);
	// Both learn of a load that fails: a take of no frames is no sample.
	await engine.recording.start({ onto: 5 });
	const ends = await Promise.allSettled([engine.recording.stop(), engine.recording.stop()]);
	const errors = ends.map((end) => (end.status === "rejected" ? end.reason : end.value));
	expect(errors[0]).toMatchObject({ name: "TakeNotLoadedError", code: "malformed-audio" });
	expect(errors[1]).toBe(errors[0]);
	await (errors[0] as TakeNotLoadedError).take.discard();
});

test("what was played is saved after the fact, and put on a pad", async () => {
	const engine = await playingEngine({ skipBackSeconds: 0.5 });
	const heard = rendered(engine, 60_000);
	const take = await engine.recording.keepLast(0.25, { pad: 7 });
	expect(take.frames).toBe(12_000);
	expect(engine.sampleInfo(7)).toMatchObject({ frames: 12_000 });
	expect(take.startFrame + take.frames).toBeGreaterThan(60_000 - 1_024);
	const expected = heard.subarray(2 * take.startFrame, 2 * (take.startFrame + take.frames));
	expect(firstBitDifference(await samplesOf(take), expected)).toBeNull();
	const longest = await engine.recording.keepLast(600);
	onTestFinished(() => longest.discard());
	expect(longest.frames).toBe(24_000);
});

test("a take that runs when the engine is shut down is whole, and stop returns it once", async () => {
	const path = join(temporaryFolder(), "take.wav");
	const engine = await playingEngine();
	await engine.recording.start({ path });
	const heard = rendered(engine, 7_000);
	await engine.shutDown();
	expect(firstBitDifference(decodeWithFfmpeg(readFileSync(path), "wav"), heard)).toBeNull();
	expect(await engine.recording.stop()).toMatchObject({ path, frames: 7_000, lostFrames: 0 });
	await expect(engine.recording.stop()).rejects.toMatchObject({ code: "closed" });
	await expect(engine.recording.start()).rejects.toMatchObject({ code: "closed" });
});

test("captures are no part of a performance", async () => {
	const engine = await playingEngine();
	engine.performance.start();
	await engine.recording.start();
	rendered(engine, 1_000);
	await (await engine.recording.stop()).discard();
	expect((await engine.performance.stop()).commands.map(({ type }) => type)).toEqual(["load", "load", "play", "play"]);
});

test("wrong calls are refused with what to do", async () => {
	const idle = new AudioEngine({ output: "offline" });
	await expect(idle.recording.start()).rejects.toMatchObject({ code: "not-running" });
	await expect(idle.recording.stop()).rejects.toMatchObject({ code: "not-running" });
	const engine = await playingEngine();
	await expect(engine.recording.stop()).rejects.toMatchObject({ code: "no-recording" });
	await expect(engine.recording.keepLast(1)).rejects.toMatchObject({ code: "no-recording" });
	const wrong = [
		{ source: "left" },
		{ source: { pad: 32 } },
		{ source: { pad: Number.NaN } },
		{ source: null },
		{ source: {} },
		{ source: { input: null } },
		{ format: "mp3" },
		{ path: "" },
		{ path: 5 },
		{ onto: -1 },
		{ atFrame: 0.5 },
		{ atFrame: -1 },
		null,
	];
	for (const options of wrong) {
		const start = engine.recording.start(options as Parameters<typeof engine.recording.start>[0]);
		await expect(start).rejects.toThrow(/^The value of .* must be .*\.$/);
	}
	const source = 'The value of source must be "master", "cue", { pad } or { input }, not "left".';
	await expect(engine.recording.start({ source: "left" as "cue" })).rejects.toThrow(new TypeError(source));
	const noOptions = new TypeError("The value of options must be an object, not null.");
	await expect(engine.recording.stop(null as unknown as object)).rejects.toThrow(noOptions);
	const input = engine.recording.start({ source: { input: {} } });
	await expect(input).rejects.toMatchObject({ code: "unsupported-platform" });
	for (const seconds of [0, -1, 601, Number.NaN, "1"])
		await expect(engine.recording.keepLast(seconds as number)).rejects.toThrow(
			"The value of seconds must be a number above 0, at most 600, not ",
		);
	const { recording } = engine;
	const unknown = [
		() => recording.start({ bar: 2 } as object),
		() => recording.stop({ atframe: 5 } as object),
		() => recording.keepLast(1, { onto: 5 } as object),
	];
	for (const call of unknown) await expect(call()).rejects.toThrow(/^There is no option \w+\. The nearest is \w+\.$/);
	await engine.recording.start();
	await expect(engine.recording.start()).rejects.toMatchObject({ code: "recording-running" });
	expect(engine.recording.isRecording).toBe(true);
	await (await engine.recording.stop()).discard();
	expect(engine.recording.isRecording).toBe(false);
	expect(() => new AudioEngine({ skipBackSeconds: 601 })).toThrow(RangeError);
});

test("a take that has been discarded has no file any more, and says so", async () => {
	const engine = await playingEngine();
	await engine.recording.start();
	const take = await engine.recording.stop();
	await Promise.all([take.discard(), take.discard()]);
	await take.discard();
	const message = "The take has been discarded. Call blob() before discard().";
	await expect(take.blob()).rejects.toMatchObject({ code: "no-recording", message });
});

test("a file that cannot be made is named, with what fits the cause", async () => {
	const engine = await playingEngine();
	const folder = temporaryFolder();
	const missing = join(folder, "missing");
	await expect(engine.recording.start({ path: join(missing, "take.wav") })).rejects.toMatchObject({
		code: "recording-failed",
		message: `The take cannot be written: ${missing} is no folder. Make it, or choose another path.`,
	});
	const path = join(folder, "take.wav");
	writeFileSync(path, "");
	await expect(engine.recording.start({ path })).rejects.toMatchObject({
		code: "recording-failed",
		message: `The take cannot be written: there is a file at ${path} already. Choose another path.`,
	});
	await expect(engine.recording.start({ path: join(path, "take.wav") })).rejects.toThrow(`${path} is no folder.`);
});

test("memory that a ring finds too little of is refused before anything is recorded", async () => {
	const engine = await offlineEngine({ memoryBudget: 2 ** 20 });
	await expect(engine.recording.start()).rejects.toMatchObject({ code: "out-of-memory" });
	expect(engine.recording.isRecording).toBe(false);
});

test("what is kept finds its memory once there is some", async () => {
	const engine = new AudioEngine({
		output: "offline",
		sampleRate: SAMPLE_RATE,
		memoryBudget: 2 ** 22,
		skipBackSeconds: 0.5,
	});
	onTestFinished(() => engine.shutDown());
	await engine.loadSample(0, { channels: [new Float32Array(800_000)], sampleRate: SAMPLE_RATE });
	await engine.run();
	await expect(engine.recording.keepLast(0.1)).rejects.toMatchObject({ code: "out-of-memory" });
	engine.unloadSample(0);
	rendered(engine, 10_000);
	await (await engine.recording.keepLast(0.1)).discard();
	rendered(engine, 10_000);
	const take = await engine.recording.keepLast(0.1);
	onTestFinished(() => take.discard());
	expect(take.frames).toBe(4_800);
});

test("the cue bus is recorded: what cued pads send, and silence when none does", async () => {
	const engine = await playingEngine();
	const alone = await offlineEngine();
	await alone.loadSample(1, tuneFile);
	alone.playSample(1, 0.5, { loop: true });
	engine.pad(1).set({ isCued: true, gainDecibels: -20 });
	engine.pad(1).set({ isCued: false }, { atFrame: 9_000 });
	await engine.recording.start({ source: "cue" });
	rendered(engine, 20_000);
	const recorded = await samplesOf(await engine.recording.stop());
	expect(firstBitDifference(recorded.subarray(0, 2 * 9_000), rendered(alone, 9_000))).toBeNull();
	expect(recorded.subarray(2 * 12_000).every((sample) => sample === 0)).toBe(true);
});
