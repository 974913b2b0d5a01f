import type { AudioEngine } from "flitzis-looper";
import { expect, onTestFinished, test } from "vitest";
import { firstBitDifference } from "./bit-difference.ts";
import { SAMPLE_RATE } from "./engine-harness.ts";
import { playingEngine, rendered, samplesOf, stoppedOf } from "./recorded-takes.ts";

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
