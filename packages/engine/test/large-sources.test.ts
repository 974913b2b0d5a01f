import { execFileSync } from "node:child_process";
import { createWriteStream, truncateSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { AudioEngine } from "flitzis-looper";
import { expect, test } from "vitest";
import { offlineEngine, pollUntil, SAMPLE_RATE, temporaryFolder, turnsUntil } from "./engine-harness.ts";
import { serve } from "./file-server.ts";
import { music, writeWave } from "./fixtures.ts";

const MEBIBYTE = 2 ** 20;
/** 60 MiB of 16-bit stereo. */
const FRAMES = 15 * MEBIBYTE;
const PERIOD = 48_000;
const tune = Int16Array.from(music(PERIOD, SAMPLE_RATE, 2, 1), (sample) => Math.round(sample * 32_767));

/** The tune repeated, with a number at the start of each period, so that a misplaced part is detected. */
function* pieces(): Generator<Buffer, void, undefined> {
	const header = writeWave([], { sampleRate: SAMPLE_RATE, channels: 2, declaredDataSize: 4 * FRAMES });
	new DataView(header.buffer).setUint32(4, header.length - 8 + 4 * FRAMES, true);
	yield Buffer.from(header);
	for (let frame = 0; frame < FRAMES; frame += PERIOD) {
		const period = tune.slice(0, 2 * Math.min(PERIOD, FRAMES - frame));
		period[0] = frame / PERIOD;
		yield Buffer.from(period.buffer);
	}
}

async function writeLongFile(): Promise<string> {
	const path = join(temporaryFolder(), "long.wav");
	await pipeline(pieces(), createWriteStream(path));
	return path;
}

/** Renders the whole sample and compares it by frame. @returns the first frame that differs, or null. */
function firstWrongFrame(engine: AudioEngine, slot: number): number | null {
	engine.playSample(slot, 1);
	for (let frame = 0; frame < FRAMES; frame += PERIOD) {
		const frames = Math.min(PERIOD, FRAMES - frame);
		const [left, right] = engine.renderOffline(frames);
		for (let at = 0; at < frames; at++) {
			const first = at === 0 ? frame / PERIOD : tune[2 * at]!;
			if (left[at] !== first / 32_768 || right[at] !== tune[2 * at + 1]! / 32_768) return frame + at;
		}
	}
	return null;
}

test("a file of 60 MiB loads correctly from a path and from a server, and is in memory once", async () => {
	const engine = await offlineEngine();
	const path = await writeLongFile();
	const base = await serve((_, response) => void Readable.from(pieces()).pipe(response));
	const fromPath = await engine.loadSample(0, path);
	expect(fromPath).toMatchObject({ frames: FRAMES, warnings: [] });
	expect(firstWrongFrame(engine, 0)).toBeNull();
	engine.unloadSample(0);
	engine.renderOffline(256);
	expect(engine.stats().pcmBytes).toBe(0);
	expect(await engine.loadSample(1, base)).toMatchObject({ frames: FRAMES, warnings: [] });
	expect(firstWrongFrame(engine, 1)).toBeNull();
	await engine.loadSample(2, path);
	expect(engine.stats().pcmBytes).toBe((FRAMES + 32) * 8);
});

test("a long file truncated while being decoded fails and leaves nothing", async () => {
	const engine = await offlineEngine();
	const path = await writeLongFile();
	let isCut = false;
	const loading = engine.loadSample(0, path, {
		onProgress: ({ stage }) => {
			if (stage !== "Loading (decoding)" || isCut) return;
			isCut = true;
			truncateSync(path, 30 * MEBIBYTE);
		},
	});
	await expect(loading).rejects.toMatchObject({ code: "read-failed", message: expect.stringContaining("changed") });
	expect([engine.sampleInfo(0), engine.stats().pcmBytes]).toEqual([null, 0]);
});

test("requests that fail by status or halfway through the file are retried, and the load reports it", async () => {
	const wave = writeWave(music(100_000, SAMPLE_RATE, 2), { sampleRate: SAMPLE_RATE, channels: 2 });
	let requests = 0;
	const base = await serve((_, response) => {
		requests += 1;
		if (requests === 1) response.writeHead(503).end("later");
		else if (requests > 2) response.end(wave);
		else {
			response.writeHead(200, { "content-length": wave.length });
			response.write(wave.subarray(0, wave.length / 2), () => response.destroy());
		}
	});
	const engine = await offlineEngine();
	const stages: string[] = [];
	const percents: number[] = [];
	const info = await engine.loadSample(0, base, {
		onProgress: ({ stage, percent }) => {
			if (stages.at(-1) !== stage) stages.push(stage);
			percents.push(percent);
		},
	});
	expect([info.frames, requests]).toEqual([100_000, 3]);
	expect(stages.filter((stage) => stage === "Loading (retrying)")).toHaveLength(2);
	expect(percents).toEqual(percents.toSorted((one, other) => one - other));
});

test("a failing server gets four requests", async () => {
	let requests = 0;
	const base = await serve((_, response) => {
		requests += 1;
		response.writeHead(503).end();
	});
	const engine = await offlineEngine();
	await expect(engine.loadSample(0, base)).rejects.toMatchObject({ code: "read-failed" });
	expect(requests).toBe(4);
});

test("a cancelled load aborts its request", async () => {
	let isAsked = false;
	let isClosed = false;
	const base = await serve((_, response) => {
		isAsked = true;
		response.once("close", () => {
			isClosed = true;
		});
		response.writeHead(200, { "content-length": 1000 });
		response.write("RIFF");
	});
	const engine = await offlineEngine();
	engine.loadSampleAsync(0, base);
	await turnsUntil(() => isAsked);
	engine.cancelLoad(0);
	await turnsUntil(() => isClosed);
	expect(isClosed).toBe(true);
});

test("an engine shuts down while loads wait for a pipe without a writer", async () => {
	const pipe = join(temporaryFolder(), "pipe.wav");
	execFileSync("mkfifo", [pipe]);
	const engine = await offlineEngine({ loaderThreads: 2 });
	for (const slot of [0, 1, 2]) engine.loadSampleAsync(slot, pipe);
	await pollUntil(engine, ({ type, id }) => type === "started" && id === 1);
	engine.cancelLoad(0);
	// The released thread takes the next request.
	await pollUntil(engine, ({ type, id }) => type === "started" && id === 2);
	await engine.shutDown();
	expect(engine.stats().state).toBe("closed");
});
