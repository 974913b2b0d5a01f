import { Worker } from "node:worker_threads";
import type { AudioEngine, StreamGrant } from "flitzis-looper";
import { AudioStreamHandle } from "flitzis-looper/stream";
import { expect, test } from "vitest";
import { offlineEngine, planar, SAMPLE_RATE, turnsUntil } from "./engine-harness.ts";
import { music, writeWave } from "./fixtures.ts";

const tune = music(4_800, SAMPLE_RATE, 2);
const tuneFile = writeWave(tune, { coding: "f32", sampleRate: SAMPLE_RATE, channels: 2 });

async function loadedEngine(): Promise<AudioEngine> {
	const engine = await offlineEngine({ voices: 256 });
	await engine.loadSample(0, tuneFile);
	return engine;
}

function open({ descriptor }: StreamGrant): AudioStreamHandle {
	return AudioStreamHandle.open(descriptor);
}

test("a stream on another thread plays the engine's samples", async () => {
	const engine = await loadedEngine();
	const { descriptor, transfer } = engine.createStreamHandle();
	const worker = new Worker(new URL("threads/play-once.mjs", import.meta.url));
	worker.postMessage({ descriptor, id: 0, velocity: 1 }, [...transfer] as ArrayBuffer[]);
	await new Promise((resolve) => worker.once("exit", resolve));
	expect(engine.renderOffline(4_800)).toEqual(planar(tune));
});

test("a stream holds 256 commands for a kernel on another thread, rejects the next, and all accepted ones take effect", async () => {
	const engine = await loadedEngine();
	const { descriptor, transfer } = engine.createStreamHandle();
	// Cloned, so that it does not know that the kernel runs on this thread.
	const stream = AudioStreamHandle.open(structuredClone(descriptor, { transfer: [...transfer] as ArrayBuffer[] }));
	for (let round = 0; round < 3; round++) {
		for (let command = 0; command < 256; command++) stream.playSample(0, 0);
		expect(() => stream.playSample(0, 0)).toThrow(expect.objectContaining({ code: "ring-full" }));
		engine.renderOffline(1);
		expect(engine.stats()).toMatchObject({ activeVoices: 256, droppedVoices: 256 * round });
	}
});

test("each stream's commands take effect in order", async () => {
	const engine = await loadedEngine();
	const streams = [0, 1, 2].map(() => open(engine.createStreamHandle()));
	for (const stream of streams) {
		stream.playSample(0, 1);
		stream.stopSample(0);
	}
	engine.renderOffline(1);
	expect(engine.stats().activeVoices).toBe(0);
	streams[2]!.stopSample(0);
	streams[2]!.playSample(0, 1);
	expect(engine.renderOffline(4_800)).toEqual(planar(tune));
});

test("commands sent before a stream was closed still play, and its ring is immediately reusable", async () => {
	const engine = await loadedEngine();
	const streams = Array.from({ length: 16 }, () => open(engine.createStreamHandle()));
	streams[4]!.playSample(0, 1);
	expect(() => engine.createStreamHandle()).toThrow(expect.objectContaining({ code: "ring-full" }));
	streams[4]!.close();
	expect(() => streams[4]!.playSample(0, 1)).toThrow(expect.objectContaining({ code: "closed" }));
	const grant = engine.createStreamHandle();
	expect(grant.descriptor.ring).toBe(5);
	expect(engine.renderOffline(4_800)).toEqual(planar(tune));
	open(grant).playSample(0, 1);
	expect(engine.renderOffline(4_800)).toEqual(planar(tune));
});

test("a released stream is closed for its thread, and its ring is granted again", async () => {
	const engine = await loadedEngine();
	const grants = Array.from({ length: 16 }, () => engine.createStreamHandle());
	const released = open(grants[0]!);
	released.playSample(0, 1);
	engine.renderOffline(1);
	grants[0]!.release();
	grants[0]!.release();
	expect(() => released.playSample(0, 1)).toThrow(expect.objectContaining({ code: "closed" }));
	let granted: StreamGrant | null = null;
	await turnsUntil(() => {
		try {
			granted = engine.createStreamHandle();
		} catch {
			granted = null;
		}
		return granted !== null;
	});
	expect(granted!).toMatchObject({ descriptor: { ring: 1 } });
	const newer = open(granted!);
	newer.stopAll();
	newer.playSample(0, 0.5);
	engine.renderOffline(1);
	expect(engine.stats().activeVoices).toBe(1);
});

test("streams of an engine that has been shut down are closed", async () => {
	const engine = await loadedEngine();
	const stream = open(engine.createStreamHandle());
	stream.playSample(0, 1);
	await engine.shutDown();
	expect(() => stream.playSample(0, 1)).toThrow(expect.objectContaining({ code: "closed" }));
});
