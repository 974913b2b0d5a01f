import { setImmediate } from "node:timers/promises";
import type { AudioEngine } from "flitzis-looper";
import { expect, onTestFinished, test, vi } from "vitest";
import { offlineEngine, SAMPLE_RATE, turnsUntil } from "./engine-harness.ts";
import { music, seededRandom, writeWave } from "./fixtures.ts";

const MEBIBYTE = 2 ** 20;

function file(frames: number): Uint8Array {
	return writeWave(music(frames, SAMPLE_RATE, 2), { coding: "f32", sampleRate: SAMPLE_RATE, channels: 2 });
}

/** A small file with a large sample: 8-bit mono. */
function largeSample(mebibytes: number): Uint8Array {
	const random = seededRandom(1);
	const block = Float32Array.from({ length: 48_000 }, () => random() - 0.5);
	const samples = new Float32Array((mebibytes * MEBIBYTE) / 4);
	for (let at = 0; at < samples.length; at += block.length) samples.set(block.subarray(0, samples.length - at), at);
	return writeWave(samples, { coding: "u8", sampleRate: SAMPLE_RATE, channels: 1 });
}

/** Limits the growth of this process's memories. @returns a function that lifts the limit */
function grantOnly(bytes: number): () => void {
	const grow: (this: WebAssembly.Memory, pages: number) => number = Reflect.get(WebAssembly.Memory.prototype, "grow");
	const refusing = vi.spyOn(WebAssembly.Memory.prototype, "grow").mockImplementation(function (
		this: WebAssembly.Memory,
		pages: number,
	) {
		if (this.buffer.byteLength + pages * 65_536 > bytes) throw new RangeError("no");
		return grow.call(this, pages);
	});
	const end = (): void => refusing.mockRestore();
	onTestFinished(end);
	return end;
}

/** Settles when the growth in advance is complete. */
async function grownAhead(engine: AudioEngine): Promise<number> {
	const { memoryBytes } = engine.stats();
	await turnsUntil(() => engine.stats().memoryBytes > memoryBytes);
	return engine.stats().memoryBytes;
}

test("memory that the platform does not grant is out-of-memory for its load only; the engine keeps playing", async () => {
	const grantMore = grantOnly(20 * MEBIBYTE);
	const engine = await offlineEngine();
	await engine.loadSample(0, file(4_800));
	engine.playSample(0, 1, { loop: true });
	const { memoryBytes, pcmBytes } = engine.stats();
	// Longer than the room from the first growth.
	const long = file(3_000_000);
	await expect(engine.loadSample(1, long)).rejects.toMatchObject({
		code: "out-of-memory",
		message: expect.stringContaining("which the platform does not grant"),
	});
	expect(engine.stats()).toMatchObject({ memoryBytes, pcmBytes });
	const [left] = engine.renderOffline(4_800);
	expect(left.some((sample) => Math.abs(sample) > 0.01)).toBe(true);
	await engine.loadSample(2, file(9_600));
	grantMore();
	await engine.loadSample(1, long);
	expect(engine.stats().memoryBytes).toBeGreaterThan(memoryBytes);
});

test("the memory grows before the first load, and again when half of it is in use, each time between two calls", async () => {
	const engine = await offlineEngine();
	expect(engine.stats().memoryBytes).toBeLessThan(8 * MEBIBYTE);
	expect(await grownAhead(engine)).toBe(256 * MEBIBYTE);
	await engine.loadSample(0, largeSample(120));
	await setImmediate();
	expect(engine.stats().memoryBytes).toBe(256 * MEBIBYTE);
	await engine.loadSample(1, largeSample(16));
	await turnsUntil(() => engine.stats().memoryBytes > 256 * MEBIBYTE);
	expect(engine.stats().memoryBytes).toBe(512 * MEBIBYTE);
});

test("growth in advance ends at the memory budget, and its failure fails no load", async () => {
	const small = await offlineEngine({ memoryBudget: 8 * MEBIBYTE });
	const limit = await grownAhead(small);
	expect(limit).toBeLessThan(32 * MEBIBYTE);
	await small.loadSample(0, largeSample(7));
	expect(small.stats().memoryBytes).toBe(limit);
	grantOnly(64 * MEBIBYTE);
	const refused = await offlineEngine();
	await setImmediate();
	await refused.loadSample(0, largeSample(40));
	expect(refused.stats().memoryBytes).toBeLessThanOrEqual(64 * MEBIBYTE);
});

test("a voice continues to the bit while the memory grows", async () => {
	const engine = await offlineEngine();
	await grownAhead(engine);
	const tune = music(48_000, SAMPLE_RATE, 1);
	await engine.loadSample(0, writeWave(tune, { coding: "f32", sampleRate: SAMPLE_RATE, channels: 1 }));
	engine.playSample(0, 1);
	const { memoryBytes } = engine.stats();
	const loading = engine.loadSample(1, largeSample(140));
	const heard = [...engine.renderOffline(20_000)[0]];
	await turnsUntil(() => engine.stats().memoryBytes > memoryBytes);
	while (heard.length < 48_000) heard.push(...engine.renderOffline(128)[0]);
	await loading;
	expect(heard.slice(0, 48_000)).toEqual([...tune]);
});
