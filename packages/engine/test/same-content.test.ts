import { type AudioEngine, contentHashes, type SampleSource } from "flitzis-looper";
import { expect, test } from "vitest";
import { offlineEngine, planar, SAMPLE_RATE, temporaryFile } from "./engine-harness.ts";
import { serve } from "./file-server.ts";
import { music, writeLongWave, writeWave } from "./fixtures.ts";

const FRAMES = 20_000;
/** Guard frames included. */
const REGION_BYTES = (FRAMES + 32) * 8;
/** Edge frames of a loop resampled from 44.1 to 48 kHz. */
const EDGES_44_TO_48 = 2 * 134 + 33;
const tune = music(FRAMES, SAMPLE_RATE, 2, 1);
const wave = writeWave(tune, { coding: "f32", sampleRate: SAMPLE_RATE, channels: 2 });

/** The same file as every kind of source. */
async function everywhere(): Promise<SampleSource[]> {
	const base = await serve((_, response) => response.end(wave));
	return [
		temporaryFile("tune.wav", wave),
		new Blob([wave]),
		wave,
		`${base}/tune.wav`,
		temporaryFile("copy.flac", wave),
	];
}

/** Loads a source. @returns the stages of the load. */
async function stagesOf(engine: AudioEngine, slot: number, source: SampleSource): Promise<string[]> {
	const stages = new Set<string>();
	await engine.loadSample(slot, source, { onProgress: ({ stage }) => stages.add(stage) });
	return [...stages];
}

function expectTune(engine: AudioEngine, slot: number): void {
	engine.playSample(slot, 1);
	expect(engine.renderOffline(FRAMES)).toEqual(planar(tune));
}

test("the same bytes from a path, a Blob, memory and a server are in memory once and decoded once", async () => {
	const engine = await offlineEngine();
	const sources = await everywhere();
	const decoding = [];
	for (const [slot, source] of sources.entries()) {
		const stages = await stagesOf(engine, slot, source);
		if (stages.includes("Loading (decoding)")) decoding.push(slot);
		expect(engine.stats().pcmBytes).toBe(REGION_BYTES);
	}
	expect(decoding).toEqual([0]);
	for (const slot of sources.keys()) expectTune(engine, slot);
	expect(engine.sampleInfo(1)?.source.name).toBe("blob");
	expect(engine.sampleInfo(3)?.source.name).toMatch(/^http:.*tune\.wav$/);
});

test("the same bytes loaded at the same time are decoded once", async () => {
	const engine = await offlineEngine({ loaderThreads: 4 });
	const sources = [...(await everywhere()), ...(await everywhere())];
	const loads = await Promise.all(sources.map((source, slot) => stagesOf(engine, slot, source)));
	expect(loads.filter((stages) => stages.includes("Loading (decoding)"))).toHaveLength(1);
	expect(engine.stats().pcmBytes).toBe(REGION_BYTES);
	for (const slot of sources.keys()) expectTune(engine, slot);
});

test("the region is freed with the last slot that uses it, and the next load decodes again", async () => {
	const engine = await offlineEngine();
	for (const slot of [0, 1, 2]) await engine.loadSample(slot, wave);
	for (const slot of [1, 0]) {
		engine.unloadSample(slot);
		engine.renderOffline(256);
		expect(engine.stats().pcmBytes).toBe(REGION_BYTES);
		expectTune(engine, 2);
	}
	engine.unloadSample(2);
	engine.renderOffline(256);
	expect(engine.stats().pcmBytes).toBe(0);
	expect(await stagesOf(engine, 0, wave)).toContain("Loading (decoding)");
	expectTune(engine, 0);
});

test("a region still sounding from an emptied slot is shared by a new load of its content", async () => {
	const engine = await offlineEngine();
	await engine.loadSample(0, wave);
	engine.playSample(0, 1);
	const head = engine.renderOffline(5_000)[0];
	await engine.loadSample(0, writeWave(music(500, SAMPLE_RATE, 2, 2), { sampleRate: SAMPLE_RATE, channels: 2 }));
	engine.renderOffline(0);
	expect(await stagesOf(engine, 1, wave)).not.toContain("Loading (decoding)");
	const tail = engine.renderOffline(FRAMES - 5_000)[0];
	expect(Float32Array.from([...head, ...tail])).toEqual(planar(tune)[0]);
	expectTune(engine, 1);
});

test("a slot reloaded with the same content keeps one region", async () => {
	const engine = await offlineEngine();
	for (let load = 0; load < 20; load++) {
		await engine.loadSample(0, wave);
		engine.renderOffline(128);
		expect(engine.stats().pcmBytes).toBe(REGION_BYTES);
	}
	expectTune(engine, 0);
});

test("a difference of one byte is another sample", async () => {
	const engine = await offlineEngine();
	const other = wave.slice();
	other[other.length - 3]! ^= 1;
	await engine.loadSample(0, wave);
	await engine.loadSample(1, other);
	expect(engine.stats().pcmBytes).toBe(2 * REGION_BYTES);
	expectTune(engine, 0);
});

test("cancelling the load that decodes does not fail those waiting for it", async () => {
	const long = writeWave(music(4 * SAMPLE_RATE, 44_100, 2, 3), { sampleRate: 44_100, channels: 2 });
	const engine = await offlineEngine({ loaderThreads: 3 });
	const loads = [0, 1, 2].map((slot) => {
		let decodes = false;
		const signal = new AbortController();
		const outcome = engine
			.loadSample(slot, long, {
				signal: signal.signal,
				onProgress: ({ stage }) => {
					if (stage !== "Loading (decoding)" || decodes || slot === 2) return;
					decodes = true;
					signal.abort();
				},
			})
			.then(
				({ frames }) => frames,
				(error: unknown) => (error instanceof Error && "code" in error ? error.code : error),
			);
		return outcome;
	});
	const outcomes = await Promise.all(loads);
	expect(outcomes[2]).toBe(Math.round((4 * SAMPLE_RATE * 48_000) / 44_100));
	for (const outcome of outcomes.slice(0, 2)) expect(["cancelled", outcomes[2]]).toContain(outcome);
	expect(engine.stats().pcmBytes).toBe(Math.ceil((Number(outcomes[2]) + 32 + EDGES_44_TO_48) / 2) * 16);
});

/** Two long files that differ only in the middle. */
const longTunes = [1, 2].map((seed) => {
	const samples = music(FRAMES, SAMPLE_RATE, 2, seed);
	return { samples, bytes: writeLongWave(samples, { coding: "f32", sampleRate: SAMPLE_RATE, channels: 2 }) };
});

test("a long file, hashed while being decoded, is shared by later loads from any source", async () => {
	const engine = await offlineEngine();
	const { samples, bytes } = longTunes[0]!;
	const base = await serve((_, response) => response.end(bytes));
	const sources = [temporaryFile("tune.wav", bytes), bytes, new Blob([bytes]), base, temporaryFile("copy.wav", bytes)];
	const decoding = [];
	for (const [slot, source] of sources.entries()) {
		if ((await stagesOf(engine, slot, source)).includes("Loading (decoding)")) decoding.push(slot);
		expect(engine.stats().pcmBytes).toBe(REGION_BYTES);
	}
	expect(decoding).toEqual([0]);
	for (const slot of sources.keys()) {
		engine.playSample(slot, 1);
		expect(engine.renderOffline(FRAMES)).toEqual(planar(samples));
	}
});

test("long files with one fingerprint, loaded at the same time, are in memory once each and not confused", async () => {
	const engine = await offlineEngine({ loaderThreads: 3 });
	const paths = longTunes.map(({ bytes }) => temporaryFile("tune.wav", bytes));
	const order = [0, 1, 0, 1, 1, 0];
	await Promise.all(order.map((which, slot) => engine.loadSample(slot, paths[which]!)));
	expect(engine.stats().pcmBytes).toBe(2 * REGION_BYTES);
	for (const [slot, which] of order.entries()) {
		engine.playSample(slot, 1);
		expect(engine.renderOffline(FRAMES)).toEqual(planar(longTunes[which]!.samples));
	}
});

test("a long file that cannot be decoded fails every load and leaves nothing", async () => {
	const engine = await offlineEngine({ loaderThreads: 3 });
	const path = temporaryFile("zeros.wav", new Uint8Array(17 * 2 ** 20));
	const loads = [0, 1, 2, 3].map((slot) => engine.loadSample(slot, path));
	for (const { status } of await Promise.allSettled(loads)) expect(status).toBe("rejected");
	expect(engine.stats().pcmBytes).toBe(0);
});

test("a long file is identified by its hash in a performance, however it was loaded", async () => {
	const engine = await offlineEngine();
	const path = temporaryFile("tune.wav", longTunes[0]!.bytes);
	engine.performance.start();
	for (const slot of [0, 1]) {
		await engine.loadSample(slot, path);
		engine.playSample(slot, 1);
		engine.renderOffline(128);
	}
	const { samples } = await engine.performance.stop();
	const [hash] = await contentHashes(path);
	expect(samples.map(({ contentHash }) => contentHash)).toEqual(samples.map(() => hash));
	expect(samples.length).toBeGreaterThan(0);
});
