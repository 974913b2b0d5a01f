import { execFileSync } from "node:child_process";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import {
	isTerminal,
	offlineEngine,
	planar,
	pollAll,
	pollToEnd,
	pollUntil,
	SAMPLE_RATE,
	temporaryFile,
	temporaryFolder,
} from "./engine-harness.ts";
import { music, writeWave } from "./fixtures.ts";

// The scenarios of async-sample-loading.spec.md, one test each, by name.

const STAGE = /^[A-Z][a-z]+(?: [a-z]+)*(?: \([a-z]+\))?$/;

const tune = music(SAMPLE_RATE, SAMPLE_RATE, 2);
const tuneFile = writeWave(tune, { coding: "f32", sampleRate: SAMPLE_RATE, channels: 2 });
const slowTuneFile = writeWave(music(3 * 44_100, 44_100, 2), { coding: "s16", sampleRate: 44_100, channels: 2 });

test("Non-blocking call returns immediately", async () => {
	const engine = await offlineEngine();
	const pipe = join(temporaryFolder(), "pipe.wav");
	execFileSync("mkfifo", [pipe]);
	// Opening a pipe for reading blocks until it has a writer: a call that touched the file would not return.
	expect(engine.loadSampleAsync(1, pipe)).toBe(1);
	expect(engine.pollLoaderEvents()).toBeNull();
	const writer = await open(pipe, "w");
	await writer.writeFile(tuneFile);
	await writer.close();
	const events = await pollToEnd(engine);
	expect(events.at(-1)).toMatchObject({ type: "success", id: 1, durationSec: 1 });
});

test("Event sent on load start", async () => {
	const engine = await offlineEngine();
	const path = temporaryFile("tune.wav", tuneFile);
	const requestId = engine.loadSampleAsync(5, path);
	const events = await pollToEnd(engine);
	expect(events[0]).toEqual({ type: "started", id: 5, requestId, source: path });
	expect(events.filter(({ type }) => type === "started")).toHaveLength(1);
});

test("Progress events include stage and total percentage", async () => {
	const engine = await offlineEngine();
	engine.loadSampleAsync(1, temporaryFile("tune.wav", slowTuneFile));
	const progress = (await pollToEnd(engine)).filter((event) => event.type === "progress");
	expect(progress.length).toBeGreaterThan(1);
	for (const { percent, stage } of progress) {
		expect(percent).toBeGreaterThanOrEqual(0);
		expect(percent).toBeLessThanOrEqual(1);
		expect(stage).toMatch(STAGE);
	}
});

test("Progress increases monotonically and completes", async () => {
	const engine = await offlineEngine();
	const stages: string[] = [];
	const percents: number[] = [];
	await engine.loadSample(1, temporaryFile("tune.wav", slowTuneFile), {
		onProgress: ({ percent, stage }) => {
			percents.push(percent);
			if (stages.at(-1) !== stage) stages.push(stage);
		},
	});
	expect(percents).toEqual(percents.toSorted((one, other) => one - other));
	expect(percents.filter((percent) => percent === 1)).toEqual([percents.at(-1)]);
	expect(stages).toEqual(["Loading (reading)", "Loading (decoding)", "Loading (resampling)", "Loading (publishing)"]);
});

test("UI polls and receives progress event", async () => {
	const engine = await offlineEngine();
	engine.loadSampleAsync(3, tuneFile);
	const events = await pollUntil(engine, ({ type }) => type === "progress");
	expect(events.at(-1)).toMatchObject({
		type: "progress",
		id: 3,
		percent: expect.any(Number),
		stage: expect.any(String),
	});
});

test("UI polls and receives success event", async () => {
	const engine = await offlineEngine();
	const requestId = engine.loadSampleAsync(3, tuneFile);
	const events = await pollToEnd(engine);
	const success = { type: "success", id: 3, requestId, source: "bytes", durationSec: 1, warnings: [] };
	expect(events.at(-1)).toEqual(success);
	expect(events.at(-2)).toMatchObject({ type: "progress", id: 3, percent: 1 });
	expect(engine.pollLoaderEvents()).toBeNull();
});

test("Sample pushed to ring buffer", async () => {
	const engine = await offlineEngine();
	await engine.loadSample(0, tuneFile);
	engine.playSample(0, 1);
	expect(engine.renderOffline(SAMPLE_RATE)).toEqual(planar(tune));
});

test("Safe transfer of handle to worker thread", async () => {
	const engine = await offlineEngine();
	await engine.loadSample(7, tuneFile);
	const { descriptor, transfer } = engine.createStreamHandle();
	const worker = new Worker(new URL("./threads/play-once.mjs", import.meta.url));
	worker.postMessage({ descriptor, id: 7, velocity: 1 }, [...transfer]);
	await new Promise((resolve) => worker.once("exit", resolve));
	expect(engine.renderOffline(SAMPLE_RATE)).toEqual(planar(tune));
});

test("Error during file read", async () => {
	const engine = await offlineEngine();
	const path = join(temporaryFolder(), "missing.flac");
	const requestId = engine.loadSampleAsync(2, path);
	const events = await pollToEnd(engine);
	const error = { type: "error", id: 2, requestId, source: path, msg: "File not found", code: "file-not-found" };
	expect(events.at(-1)).toEqual(error);
});

test("UI updates based on poll", async () => {
	const engine = await offlineEngine();
	const pads = new Map<number, "loading" | "ready" | "failed">();
	engine.loadSampleAsync(0, tuneFile);
	engine.loadSampleAsync(1, "/no/such/file.wav");
	for (let ended = 0; ended < 2; ) {
		// One turn represents one animation frame: events up to then are polled without waiting.
		for (const event of pollAll(engine)) {
			if (isTerminal(event)) ended += 1;
			pads.set(event.id, event.type === "success" ? "ready" : event.type === "error" ? "failed" : "loading");
		}
		await new Promise((resolve) => setImmediate(resolve));
	}
	expect(pads).toEqual(
		new Map([
			[0, "ready"],
			[1, "failed"],
		]),
	);
});
