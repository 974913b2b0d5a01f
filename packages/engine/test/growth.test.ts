import { expect, onTestFinished, test, vi } from "vitest";
import { offlineEngine, SAMPLE_RATE } from "./engine-harness.ts";
import { music, writeWave } from "./fixtures.ts";

function file(frames: number): Uint8Array {
	return writeWave(music(frames, SAMPLE_RATE, 2), { coding: "f32", sampleRate: SAMPLE_RATE, channels: 2 });
}

test("memory that the platform does not grant is out of memory for its load alone; the engine plays on", async () => {
	const engine = await offlineEngine();
	await engine.loadSample(0, file(4_800));
	engine.playSample(0, 1, { loop: true });
	const { memoryBytes, pcmBytes } = engine.stats();
	const grow = vi.spyOn(WebAssembly.Memory.prototype, "grow").mockImplementation(() => {
		throw new RangeError("no");
	});
	onTestFinished(() => grow.mockRestore());
	// Longer than what lies ready from the first growth.
	const long = file(3_000_000);
	await expect(engine.loadSample(1, long)).rejects.toMatchObject({
		code: "out-of-memory",
		message: expect.stringContaining("which the platform does not grant"),
	});
	expect(engine.stats()).toMatchObject({ memoryBytes, pcmBytes });
	const [left] = engine.renderOffline(4_800);
	expect(left.some((sample) => Math.abs(sample) > 0.01)).toBe(true);
	await engine.loadSample(2, file(9_600));
	grow.mockRestore();
	await engine.loadSample(1, long);
	expect(engine.stats().memoryBytes).toBeGreaterThan(memoryBytes);
});

test("a voice sounds on, to the bit, while the memory grows", async () => {
	const engine = await offlineEngine();
	const tune = music(48_000, SAMPLE_RATE, 1);
	await engine.loadSample(0, writeWave(tune, { coding: "f32", sampleRate: SAMPLE_RATE, channels: 1 }));
	engine.playSample(0, 1);
	const { memoryBytes } = engine.stats();
	const loading = engine.loadSample(1, file(4_000_000));
	let isLoaded = false;
	void loading.then(() => (isLoaded = true));
	const heard: number[] = [];
	while (heard.length < 48_000) {
		const [left] = engine.renderOffline(128);
		heard.push(...left);
		if (!isLoaded) await new Promise((resolve) => setImmediate(resolve));
	}
	await loading;
	expect(engine.stats().memoryBytes).toBeGreaterThan(memoryBytes);
	expect(heard.slice(0, 48_000)).toEqual([...tune]);
});
