import { AudioEngine, encodeWav, parsePerformance, renderPerformance } from "flitzis-looper";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Notices } from "../instrument/notices.ts";
import { PerformanceLog } from "../instrument/performance-log.ts";
import { MemoryTakeStorage } from "./memory-take-storage.ts";
import { Recorder } from "./recorder.ts";
import type { RecordingEngine } from "./recording-types.ts";
import { type MakeBlob, takeLayout } from "./take-wav.ts";
import { Takes } from "./takes.ts";

const sampleRate = 48_000;
const blockFrames = 128;
const tune = encodeWav([Float32Array.from({ length: 30_000 }, (_, index) => Math.sin(index / 20) / 2)], { sampleRate });

const makeBlob: MakeBlob = (parts) => new Blob([...parts] as ConstructorParameters<typeof Blob>[0]);

let engine: AudioEngine;
let recorder: Recorder;
let takes: Takes;
let performance: PerformanceLog;
let told: string[];

beforeEach(async () => {
	engine = new AudioEngine({ output: "offline", sampleRate, skipBackSeconds: 60 });
	await engine.run();
	await engine.loadSample(0, tune);
	const notices = new Notices();
	told = [];
	notices.added.add(({ text }) => told.push(text));
	performance = new PerformanceLog(engine, notices);
	takes = new Takes({ storage: new MemoryTakeStorage(makeBlob), makeBlob, now: () => 0 }, notices);
	recorder = new Recorder(engine, { performance, notices, takes });
});

afterEach(async () => {
	for (const { id } of takes.list) await takes.remove(id);
	await engine.shutDown();
});

function render(blocks: number): void {
	for (let block = 0; block < blocks; block++) engine.renderOffline(blockFrames);
}

/** The frames of a take, left and right in turn. */
async function samplesOf(id: string): Promise<Float32Array> {
	const saved = await takes.wav(id, "f32");
	const layout = await takeLayout(saved!.file);
	return new Float32Array(await saved!.file.slice(layout!.dataOffset).arrayBuffer());
}

test("a take that begins in mid-sound is the render of its performance, to the bit", async () => {
	engine.pad(0).press(0.8);
	render(20);
	await recorder.toggle();
	render(30);
	expect(recorder.seconds).toBeGreaterThan(0);
	engine.pad(0).press(0.5);
	render(30);
	await recorder.toggle();
	expect(recorder.state).toBeNull();
	const [take] = takes.list;
	expect(take).toMatchObject({ name: "Take 1", frames: 60 * blockFrames, hasPerformance: true });
	const played = parsePerformance(await new Response((await takes.performance(take!.id))!.file).text());
	expect(played.frames).toBe(take!.frames);
	const rendered: number[] = [];
	for await (const [left, right] of renderPerformance(played, () => tune)) {
		for (const [index, sample] of left.entries()) rendered.push(sample, right[index]!);
	}
	expect(await samplesOf(take!.id)).toEqual(Float32Array.from(rendered));
	expect(told).toEqual([]);
});

test("while a take keeps a performance, none of the performer's own begins; when that one runs, the take has none", async () => {
	await recorder.toggle();
	expect([performance.frames, performance.start()]).toEqual([null, false]);
	await recorder.toggle();
	expect(performance.start()).toBe(true);
	await recorder.toggle();
	render(2);
	await recorder.toggle();
	expect(performance.frames).toBe(2 * blockFrames);
	expect(await performance.stop()).not.toBeNull();
	expect(takes.list.map(({ hasPerformance }) => hasPerformance)).toContain(false);
	expect(told).toEqual([
		expect.stringMatching(/^The performance is kept with the take/),
		expect.stringMatching(/^The take has no performance of its own/),
	]);
});

test("a take that is ended in the moment of its start is kept, and one that is started in the moment of an end runs", async () => {
	void recorder.toggle();
	await recorder.toggle();
	expect(recorder.state).toBeNull();
	expect(takes.list).toHaveLength(1);
	void recorder.toggle();
	render(2);
	void recorder.toggle();
	await recorder.toggle();
	expect(recorder.state).toEqual({ recorded: "take", phase: "running" });
	await recorder.toggle();
	expect(takes.list).toHaveLength(3);
});

test("what was heard before is kept as a take", async () => {
	engine.pad(0).press(0.8);
	render(100);
	await recorder.keepLast();
	expect(takes.list).toMatchObject([{ name: "Take 1", frames: 100 * blockFrames, hasPerformance: false }]);
	expect(told).toEqual(["The last 0 s are kept as “Take 1”."]);
});

test("bars of a running transport are recorded from line to line, and end by themselves", async () => {
	engine.transport.tempo = 240;
	engine.transport.start();
	render(10);
	const recording = recorder.recordOnPad({ pad: 3, source: "master", bars: 1 });
	await expect.poll(() => recorder.state?.phase).toBe("running");
	render(1000);
	const take = await recording;
	expect([take?.startFrame, take?.frames]).toEqual([48_000, 48_000]);
	await take?.discard();
});

test("from bar to bar, a sound ends with the bar that is nearest to the stop", async () => {
	engine.transport.tempo = 240;
	engine.transport.start();
	render(10);
	const recording = recorder.recordOnPad({ pad: 3, source: "master", bars: "open" });
	await expect.poll(() => recorder.state?.phase).toBe("running");
	// A bar is 375 blocks: a little more than two bars behind the first line.
	render(375 * 3 + 10);
	recorder.stopOnPad();
	await expect.poll(() => recorder.state?.phase).not.toBe("running");
	render(2);
	const take = await recording;
	expect([take?.startFrame, take?.frames]).toEqual([48_000, 96_000]);
	await take?.discard();
});

test("a sound that is thrown away is none, and its file is gone", async () => {
	const recording = recorder.recordOnPad({ pad: 3, source: "master", bars: null });
	await expect.poll(() => recorder.state?.phase).toBe("running");
	render(10);
	recorder.cancelOnPad();
	await expect.poll(() => recorder.state?.phase).not.toBe("running");
	render(2);
	expect([await recording, recorder.state, takes.list]).toEqual([null, null, []]);
});

test("a sound that waits for its bar can be thrown away at once", async () => {
	engine.transport.tempo = 240;
	engine.transport.start();
	render(10);
	const recording = recorder.recordOnPad({ pad: 3, source: "master", bars: "open" });
	await expect.poll(() => recorder.state?.phase).toBe("running");
	render(375 * 2 + 200);
	recorder.stopOnPad();
	await expect.poll(() => recorder.state?.phase).toBe("ending");
	recorder.cancelOnPad();
	render(2);
	expect([await recording, recorder.state, takes.list, told]).toEqual([null, null, [], []]);
});

test("bars cannot be recorded while the transport stands still, and the performer is told", async () => {
	expect(await recorder.recordOnPad({ pad: 3, source: "master", bars: 2 })).toBeNull();
	expect(recorder.state).toBeNull();
	expect(told).toEqual([expect.stringMatching(/^The transport stands still\./)]);
});

/** The engine, but that it refuses moments, as one does that has been suspended meanwhile. */
function refusingMoments(): RecordingEngine {
	const { recording, transport } = engine;
	return {
		transport,
		stats: () => engine.stats(),
		recording: {
			get frames() {
				return recording.frames;
			},
			start: (options) => recording.start(options),
			keepLast: (seconds) => recording.keepLast(seconds),
			stop: (end) =>
				Object.keys(end ?? {}).length === 0 ? recording.stop() : Promise.reject(new Error("The engine is suspended.")),
		},
	};
}

test("a sound whose end is refused ends at once, the performer is told, and the next one can be recorded", async () => {
	const notices = new Notices();
	notices.added.add(({ text }) => told.push(text));
	const careful = new Recorder(refusingMoments(), { performance, notices, takes });
	for (let time = 0; time < 2; time++) {
		const recording = careful.recordOnPad({ pad: 3, source: "master", bars: null });
		await expect.poll(() => careful.state?.phase).toBe("running");
		render(10);
		careful.stopOnPad();
		await expect.poll(() => careful.state?.phase).not.toBe("running");
		render(2);
		const take = await recording;
		expect([take?.frames, careful.state, engine.recording.frames]).toEqual([10 * blockFrames, null, null]);
		await take?.discard();
	}
	expect(told).toEqual(["The engine is suspended.", "The engine is suspended."]);
});
