import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pathToFileURL } from "node:url";
import type { SampleSource } from "flitzis-looper";
import { expect, onTestFinished, test } from "vitest";
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
import { differenceDecibels, music, sines, writeWave } from "./fixtures.ts";

const wave = (samples: Float32Array, sampleRate = SAMPLE_RATE): Uint8Array<ArrayBuffer> =>
	writeWave(samples, { coding: "f32", sampleRate, channels: 2 });
const first = music(4_800, SAMPLE_RATE, 2, 1);
const second = music(4_800, SAMPLE_RATE, 2, 2);

test("every kind of source loads the same sample", async () => {
	const engine = await offlineEngine();
	const bytes = wave(first);
	const path = temporaryFile("a tune: 100%.wav", bytes);
	const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
	shared.set(bytes);
	const framed = new Uint8Array(bytes.length + 20);
	framed.set(bytes, 10);
	const sources = [
		path,
		pathToFileURL(path).href,
		pathToFileURL(path),
		new Blob([bytes]),
		bytes,
		bytes.buffer,
		shared,
		shared.buffer,
		framed.subarray(10, 10 + bytes.length),
		new DataView(bytes.buffer),
		`data:audio/wav;base64,${Buffer.from(bytes).toString("base64")}`,
	];
	for (const [slot, source] of sources.entries()) {
		await engine.loadSample(slot, source);
		engine.playSample(slot, 1);
		expect(engine.renderOffline(4_800)).toEqual(planar(first));
	}
	expect(bytes.length).toBeGreaterThan(0);
	await engine.loadSample(0, bytes, { transfer: true });
	expect(bytes.length).toBe(0);
});

test("a file from a server loads; 404 is File not found, 500 is read-failed", async () => {
	const server = createServer((request, response) => {
		if (request.url === "/tune.wav") response.end(wave(first));
		else response.writeHead(request.url === "/broken" ? 500 : 404).end("no");
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => void server.close());
	const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const engine = await offlineEngine();
	expect((await engine.loadSample(0, `${base}/tune.wav`)).frames).toBe(4_800);
	await expect(engine.loadSample(0, `${base}/none.wav`)).rejects.toMatchObject({
		code: "file-not-found",
		message: "File not found",
	});
	await expect(engine.loadSample(0, `${base}/broken`)).rejects.toMatchObject({
		code: "read-failed",
		message: expect.stringContaining("500"),
	});
	await expect(engine.loadSample(0, "http://127.0.0.1:1/x.wav")).rejects.toMatchObject({ code: "read-failed" });
});

test("an error of a load names its source as the events do, whatever the load ended in", async () => {
	const engine = await offlineEngine();
	const text = temporaryFile("words.wav", new TextEncoder().encode("These are words, not audio."));
	const cut = temporaryFile("cut.wav", wave(first).slice(0, 20));
	const sources: readonly (readonly [SampleSource, string, string])[] = [
		["no-such-file.wav", "no-such-file.wav", "file-not-found"],
		[text, text, "unsupported-format"],
		[cut, cut, "malformed-audio"],
		["http://localhost:1/refused.wav", "http://localhost:1/refused.wav", "read-failed"],
		[new TextEncoder().encode("More words."), "bytes", "unsupported-format"],
	];
	for (const [source, name, code] of sources) {
		await expect(engine.loadSample(0, source)).rejects.toMatchObject({ code, source: name });
		const requestId = engine.loadSampleAsync(0, source);
		expect((await pollToEnd(engine)).at(-1)).toMatchObject({ type: "error", code, requestId, source: name });
	}
	const ends = Promise.allSettled([engine.loadSample(0, text), engine.loadSample(1, cut)]);
	void engine.shutDown();
	expect(await ends).toMatchObject([text, cut].map((source) => ({ reason: { code: "cancelled", source } })));
	await expect(engine.resume()).rejects.toMatchObject({ code: "closed", source: null });
});

test("an error of the network keeps the platform's reason", async () => {
	const engine = await offlineEngine();
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	const failure = engine.loadSample(0, `http://127.0.0.1:${port}/refused.wav`);
	await expect(failure).rejects.toMatchObject({
		code: "read-failed",
		cause: { name: "TypeError", message: "fetch failed", cause: { message: expect.stringContaining("ECONNREFUSED") } },
	});
});

test("a failed load leaves the slot's old sample playable", async () => {
	const engine = await offlineEngine();
	await engine.loadSample(0, wave(first));
	const info = engine.sampleInfo(0);
	const folder = temporaryFolder();
	for (const [source, code] of [
		["/no/such/file.wav", "file-not-found"],
		[folder, "read-failed"],
		[new Uint8Array(0), "malformed-audio"],
		[new TextEncoder().encode("this is not audio, only a sentence that continues for a while"), "unsupported-format"],
		[writeWave(new Float32Array(600), { coding: "s16", sampleRate: SAMPLE_RATE, channels: 6 }), "unsupported-channels"],
	] as const) {
		await expect(engine.loadSample(0, source)).rejects.toMatchObject({ code });
	}
	await expect(engine.loadSample(0, new Uint8Array(0))).rejects.toMatchObject({
		name: "MalformedAudioError",
		byteOffset: 0,
	});
	expect(engine.sampleInfo(0)).toBe(info);
	engine.playSample(0, 1);
	expect(engine.renderOffline(4_800)).toEqual(planar(first));
});

test("a newer load of the slot wins and the older one ends in cancelled, once", async () => {
	const engine = await offlineEngine();
	const requests = Array.from({ length: 20 }, (_, index) =>
		engine.loadSampleAsync(0, wave(index === 19 ? second : first)),
	);
	const events = await pollUntil(engine, (event) => event.requestId === requests.at(-1) && isTerminal(event));
	for (const requestId of requests.slice(0, -1)) {
		expect(events.filter((event) => event.requestId === requestId && isTerminal(event))).toMatchObject([
			{ type: "error", code: "cancelled" },
		]);
	}
	expect(events.at(-1)).toMatchObject({ type: "success" });
	engine.playSample(0, 1);
	expect(engine.renderOffline(4_800)).toEqual(planar(second));
});

test("cancelLoad, a signal and unloadSample each end the live load immediately", async () => {
	const engine = await offlineEngine();
	const signal = new AbortController();
	engine.loadSampleAsync(0, wave(first));
	engine.loadSampleAsync(1, wave(first), { signal: signal.signal });
	engine.loadSampleAsync(2, wave(first));
	engine.loadSampleAsync(3, wave(first), { signal: AbortSignal.abort() });
	engine.cancelLoad(0);
	signal.abort();
	engine.unloadSample(2);
	const events = pollAll(engine);
	expect(events.filter(isTerminal).map(({ id }) => id)).toEqual([3, 0, 1, 2]);
	expect(events.filter(isTerminal)).toMatchObject(
		Array.from({ length: 4 }, () => ({ type: "error", code: "cancelled" })),
	);
	await engine.loadSample(4, wave(second));
	expect([0, 1, 2, 3].map((id) => engine.sampleInfo(id))).toEqual([null, null, null, null]);
});

test("urgent requests precede waiting ones", async () => {
	const engine = await offlineEngine({ loaderThreads: 1 });
	for (let slot = 0; slot < 6; slot++)
		engine.loadSampleAsync(slot, wave(first), { priority: slot === 5 ? "high" : "normal" });
	const events = await pollToEnd(engine, 6);
	const started = events.filter(({ type }) => type === "started").map(({ id }) => id);
	expect(started).toEqual([0, 5, 1, 2, 3, 4]);
});

test("a load over the memory budget fails with the sizes, and unloading frees room", async () => {
	const engine = await offlineEngine({ memoryBudget: 60_000 });
	await engine.loadSample(0, wave(first));
	await expect(engine.loadSample(1, wave(second))).rejects.toMatchObject({
		code: "out-of-memory",
		message: expect.stringMatching(/needs 0\.0 MiB.*budget of 0\.1 MiB/),
	});
	engine.unloadSample(0);
	engine.renderOffline(128);
	await engine.loadSample(1, wave(second));
	engine.unloadSample(1);
	engine.renderOffline(128);
	expect(engine.stats().pcmBytes).toBe(0);
});

test("replacing a sounding sample lets its voice finish and plays the new one next", async () => {
	const engine = await offlineEngine();
	await engine.loadSample(0, wave(first));
	engine.playSample(0, 1);
	const head = engine.renderOffline(1_000)[0];
	await engine.loadSample(0, wave(second));
	const tail = engine.renderOffline(3_800)[0];
	expect(Float32Array.from([...head, ...tail])).toEqual(planar(first)[0]);
	engine.playSample(0, 1);
	expect(engine.renderOffline(4_800)).toEqual(planar(second));
	engine.unloadSample(0);
	engine.renderOffline(256);
	expect(engine.stats().pcmBytes).toBe(0);
});

test("another rate is resampled to the engine's: the same sine in every frame", async () => {
	const engine = await offlineEngine();
	const info = await engine.loadSample(0, wave(sines(44_100, 44_100, [1_000, 3_000]), 44_100));
	expect(info).toMatchObject({
		frames: 48_000,
		channels: 2,
		source: { sampleRate: 44_100, frames: 44_100, format: "WAV" },
	});
	engine.playSample(0, 1);
	const expected = planar(sines(48_000, 48_000, [1_000, 3_000]));
	for (const [channel, samples] of engine.renderOffline(48_000).entries()) {
		// The abrupt start and end of the sine ring near the edges.
		const inner = [500, 47_500] as const;
		expect(differenceDecibels(samples.subarray(...inner), expected[channel]?.subarray(...inner) ?? [])).toBeLessThan(
			-90,
		);
	}
});
