import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AudioEngine, type Take, type TakeNotLoadedError } from "flitzis-looper";
import { expect, onTestFinished, test } from "vitest";
import { firstBitDifference } from "./bit-difference.ts";
import { offlineEngine, SAMPLE_RATE, temporaryFolder } from "./engine-harness.ts";
import { decodeWithFfmpeg, music, writeWave } from "./fixtures.ts";

const tune = music(SAMPLE_RATE, SAMPLE_RATE, 2);
const tuneFile = writeWave(tune, { coding: "f32", sampleRate: SAMPLE_RATE, channels: 2 });

/** An offline engine that plays a tune on slot 0 and, half as loud, on slot 1. */
async function playingEngine(options: ConstructorParameters<typeof AudioEngine>[0] = {}): Promise<AudioEngine> {
	const engine = await offlineEngine(options);
	await engine.loadSample(0, tuneFile);
	await engine.loadSample(1, tuneFile);
	engine.playSample(0, 1, { loop: true });
	engine.playSample(1, 0.5, { loop: true });
	return engine;
}

/** Renders in pieces of odd lengths, interleaved. */
function rendered(engine: AudioEngine, frames: number, piece = 4_801): Float32Array {
	const samples = new Float32Array(2 * frames);
	for (let frame = 0; frame < frames; frame += piece) {
		const [left, right] = engine.renderOffline(Math.min(piece, frames - frame));
		for (let index = 0; index < left.length; index++) {
			samples[2 * (frame + index)] = left[index] ?? 0;
			samples[2 * (frame + index) + 1] = right[index] ?? 0;
		}
	}
	return samples;
}

/** The take of a recording that is stopped now. */
async function stoppedOf(engine: AudioEngine): Promise<Take> {
	const take = await engine.recording.stop();
	onTestFinished(() => take.discard());
	return take;
}

/** The samples that a take's file has, as ffmpeg reads it. */
async function samplesOf(take: Take): Promise<Float32Array> {
	const bytes = new Uint8Array(await (await take.blob()).arrayBuffer());
	onTestFinished(() => take.discard());
	return decodeWithFfmpeg(bytes, "wav");
}

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

test("a take of so many bars begins with the next bar, ends by itself and lasts as many beats on its pad", async () => {
	const bar = 2 * SAMPLE_RATE;
	const engine = await playingEngine();
	engine.transport.set({ tempo: 120, beatsPerBar: 4 });
	await expect(engine.recording.start({ bars: 1 })).rejects.toMatchObject({ code: "not-running" });
	engine.transport.start();
	const before = rendered(engine, 10_000);
	await engine.recording.start({ bars: 1, onto: 5 });
	const heard = rendered(engine, 2 * bar);
	const take = await engine.recording.stop();
	expect(take).toMatchObject({ startFrame: bar, frames: bar, lostFrames: 0, failure: null });
	const from = 2 * bar - before.length;
	expect(firstBitDifference(await samplesOf(take), heard.subarray(from, from + 2 * bar))).toBeNull();
	expect([engine.pad(5).lengthBeats, engine.sampleInfo(5)?.frames]).toEqual([4, bar]);
});

test("a take of bars that is stopped before has as many beats on its pad as came of it", async () => {
	const bar = 2 * SAMPLE_RATE;
	const engine = await playingEngine();
	engine.transport.start();
	rendered(engine, 1);
	await engine.recording.start({ bars: 4, onto: 5 });
	rendered(engine, bar - 1);
	rendered(engine, bar + 10_000);
	const take = await engine.recording.stop({ nearestLine: 4 });
	onTestFinished(() => take.discard());
	expect([take.frames, engine.pad(5).lengthBeats]).toEqual([bar, 4]);
});

test("a take that is stopped on a line has that line's beats, at tempos whose lines lie between frames, too", async () => {
	const engine = await playingEngine();
	engine.transport.tempo = 97;
	engine.transport.start();
	rendered(engine, 1_000);
	await engine.recording.start({ bars: 16, onto: 7 });
	rendered(engine, 11 * SAMPLE_RATE);
	const stopping = engine.recording.stop({ nearestLine: 4 });
	rendered(engine, 5 * SAMPLE_RATE);
	const take = await stopping;
	onTestFinished(() => take.discard());
	expect(engine.pad(7).lengthBeats % 4).toBe(0);
});

test("a take of bars is recorded until its end, and stop hands it out afterwards", async () => {
	const engine = await playingEngine();
	engine.transport.start();
	rendered(engine, 1);
	await engine.recording.start({ bars: 1 });
	rendered(engine, 3 * SAMPLE_RATE);
	expect([engine.recording.isRecording, engine.recording.frames]).toEqual([true, expect.any(Number)]);
	rendered(engine, 2 * SAMPLE_RATE);
	await Promise.resolve();
	expect([engine.recording.isRecording, engine.recording.frames]).toEqual([false, null]);
	expect((await stoppedOf(engine)).frames).toBe(2 * SAMPLE_RATE);
});

test.each([5_000, 150_000])("a take of a bar whose frame has passed at %d is whole from there on", async (frame) => {
	const engine = await playingEngine();
	engine.transport.start();
	rendered(engine, frame);
	await engine.recording.start({ bars: 1, atFrame: 1_000 });
	rendered(engine, 3 * SAMPLE_RATE);
	expect(await stoppedOf(engine)).toMatchObject({ startFrame: frame, frames: 2 * SAMPLE_RATE, lostFrames: 0 });
});

test("a take of a bar begins with its bar and has its length, whatever happens to the tempo before", async () => {
	const changes: readonly (readonly [(engine: AudioEngine) => void, number, number])[] = [
		// 3.5 beats are left, at half the tempo.
		[(engine) => (engine.transport.tempo = 60), 12_000 + 3.5 * 48_000, 192_000],
		[(engine) => engine.transport.set({ tempo: 240 }, { atFrame: 24_000 }), 24_000 + 3 * 12_000, 48_000],
		// The tempo changes with the bar itself.
		[(engine) => engine.transport.set({ tempo: 60 }, { atLine: 4 }), 96_000, 192_000],
		[(engine) => engine.transport.nudge(0.5), 84_000, 96_000],
		[(engine) => engine.transport.moveTo(6), 12_000 + 2 * 24_000, 96_000],
		// Later ones change nothing.
		[(engine) => engine.transport.set({ tempo: 60 }, { atFrame: 100_000 }), 96_000, 96_000],
		[(engine) => engine.transport.stop(), 96_000, 96_000],
	];
	for (const [change, startFrame, frames] of changes) {
		const engine = await playingEngine();
		engine.transport.start();
		rendered(engine, 12_000);
		await engine.recording.start({ bars: 1 });
		change(engine);
		const heard = rendered(engine, 400_000);
		const take = await stoppedOf(engine);
		expect(take).toMatchObject({ startFrame, frames, lostFrames: 0, failure: null });
		const from = 2 * (startFrame - 12_000);
		expect(firstBitDifference(await samplesOf(take), heard.subarray(from, from + 2 * frames))).toBeNull();
	}
});

test("a take of a bar from a frame on has the length of a bar at the tempo of that frame", async () => {
	const engine = await playingEngine();
	engine.transport.start();
	rendered(engine, 12_000);
	await engine.recording.start({ bars: 1, atFrame: 50_000 });
	engine.transport.tempo = 60;
	rendered(engine, 300_000);
	expect(await stoppedOf(engine)).toMatchObject({ startFrame: 50_000, frames: 192_000 });
	// An end that is named is the end.
	await engine.recording.start({ bars: 1, atFrame: 400_000 });
	const stopped = engine.recording.stop({ atFrame: 450_000 });
	engine.transport.tempo = 120;
	rendered(engine, 200_000);
	expect(await stopped).toMatchObject({ startFrame: 400_000, frames: 50_000 });
	await (await stopped).discard();
});

test("a take that is stopped by lines ends on the nearest: one that has passed cuts it, another is waited for", async () => {
	const beat = SAMPLE_RATE / 2;
	for (const pressed of [beat + 1_000, beat - 1_000]) {
		const engine = await playingEngine();
		engine.transport.set({ tempo: 120 });
		engine.transport.start();
		rendered(engine, 500);
		await engine.recording.start();
		const heard = rendered(engine, pressed - 500);
		const stopped = engine.recording.stop({ nearestLine: 1 });
		const more = rendered(engine, 2_000);
		const take = await stopped;
		expect(take).toMatchObject({ startFrame: 500, frames: beat - 500, lostFrames: 0, failure: null });
		const whole = Float32Array.from([...heard, ...more]).subarray(0, 2 * (beat - 500));
		expect(firstBitDifference(await samplesOf(take), whole)).toBeNull();
	}
});

test("a take that has just begun is not cut to nothing by a line before it", async () => {
	const engine = await playingEngine();
	engine.transport.start();
	rendered(engine, 1_000);
	await engine.recording.start();
	rendered(engine, 2_000);
	const stopped = engine.recording.stop({ nearestLine: 4 });
	rendered(engine, 4 * SAMPLE_RATE);
	expect(await stopped).toMatchObject({ startFrame: 1_000, frames: 2 * SAMPLE_RATE - 1_000 });
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

test("behind the transport's last beat there are no lines to record by, and the error says so", async () => {
	const engine = await playingEngine();
	engine.transport.moveTo(1e9);
	engine.transport.start();
	rendered(engine, 50_000);
	const message =
		/^The recording would need beat 10\d+ of the transport, but the last one is 1000000000\. Move it back with /;
	await expect(engine.recording.start({ bars: 1 })).rejects.toThrow(message);
	expect(engine.recording.isRecording).toBe(false);
	await engine.recording.start();
	rendered(engine, 5_000);
	await expect(engine.recording.stop({ nearestLine: 4_096 })).rejects.toThrow(message);
	expect((await stoppedOf(engine)).frames).toBe(5_000);
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

test("a file that cannot be made is named", async () => {
	const engine = await playingEngine();
	const path = join(temporaryFolder(), "missing", "take.wav");
	const start = engine.recording.start({ path });
	await expect(start).rejects.toThrow(/^The take cannot be written: .*missing.* Choose another path or free space\.$/);
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
