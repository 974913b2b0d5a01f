import { expect, test } from "vitest";
import { offlineEngine, planar, pollUntil, SAMPLE_RATE, turnsUntil } from "./engine-harness.ts";
import { ascii, concat, music, writeWave } from "./fixtures.ts";

const wave = (samples: Float32Array): Uint8Array<ArrayBuffer> =>
	writeWave(samples, { coding: "f32", sampleRate: SAMPLE_RATE, channels: 2 });
const tune = music(50_000, SAMPLE_RATE, 2, 1);
/** The same sound in a unique file, so that every slot is decoded. */
const marked = (mark: number): Uint8Array<ArrayBuffer> =>
	concat([wave(tune), ascii("mark"), Uint8Array.of(4, 0, 0, 0, mark, 0, 0, 0)]);
const hostile = new TextEncoder().encode("HOSTILE");

test("a loader thread that writes endlessly is terminated, and other pads stay equal to the bit", async () => {
	const engine = await offlineEngine({
		loaderThreads: 2,
		assets: { loaderThread: new URL("./threads/hostile-loader.node.mjs", import.meta.url) },
	});
	await engine.loadSample(0, marked(0));
	const before = engine.stats().pcmBytes;
	engine.loadSampleAsync(1, hostile);
	await turnsUntil(() => engine.stats().pcmBytes > before);
	// The second thread keeps loading; its region must not be overwritten.
	for (let slot = 2; slot < 10; slot++) await engine.loadSample(slot, marked(slot));
	const [ended] = (await pollUntil(engine, ({ type }) => type === "error")).slice(-1);
	expect(ended).toMatchObject({ id: 1, code: "timed-out" });
	// The region is free only once the thread is dead; until then it must not be reused.
	await turnsUntil(() => engine.stats().pcmBytes === 9 * before);
	await engine.loadSample(10, marked(10));
	for (const slot of [0, 2, 3, 4, 5, 6, 7, 8, 9, 10]) {
		engine.playSample(slot, 1);
		expect(engine.renderOffline(50_000)).toEqual(planar(tune));
	}
});

test("loads cancelled on a stuck thread end immediately, and its region is freed when it is dead", async () => {
	const engine = await offlineEngine({
		loaderThreads: 1,
		assets: { loaderThread: new URL("./threads/hostile-loader.node.mjs", import.meta.url) },
	});
	engine.loadSampleAsync(1, hostile);
	await turnsUntil(() => engine.stats().pcmBytes > 0);
	engine.cancelLoad(1);
	const events = await pollUntil(engine, ({ type }) => type === "error");
	expect(events.at(-1)).toMatchObject({ id: 1, code: "cancelled" });
	// The only thread is stuck; the next load waits for its replacement.
	await engine.loadSample(1, wave(tune));
	await turnsUntil(() => engine.stats().pcmBytes === (50_000 + 32) * 8);
	engine.playSample(1, 1);
	expect(engine.renderOffline(50_000)).toEqual(planar(tune));
});

test("a loader thread that cannot start ends the load in unsupported-platform, names it, and the engine keeps playing", async () => {
	const engine = await offlineEngine({ assets: { loaderThread: new URL("./threads/none.mjs", import.meta.url) } });
	const message = expect.stringMatching(/none\.mjs.*set assets\.loaderThread/);
	const failure = { code: "unsupported-platform", message };
	await expect(engine.loadSample(0, wave(tune))).rejects.toMatchObject(failure);
	await expect(engine.loadSample(0, wave(tune))).rejects.toMatchObject(failure);
	expect(engine.renderOffline(128)[0]).toHaveLength(128);
});
