import { setImmediate } from "node:timers/promises";
import { AudioEngine, type Pad, type SampleMetadata } from "flitzis-looper";
import { describe, expect, test } from "vitest";
import { exportWav } from "../dist/wav/export-wav.js";
import { NO_METADATA } from "../src/protocol/sample-metadata.ts";
import { encodeWav } from "../src/wav/encode-wav.ts";
import { offlineEngine, planar, SAMPLE_RATE, temporaryFile, temporaryFolder } from "./engine-harness.ts";
import { firstDifference, noise, writeWave } from "./fixtures.ts";
import { partsOf } from "./parts-of.ts";

/** More than two pieces of the export, and no whole number of them. */
const FRAMES = 70_001;
const channels = planar(noise(FRAMES, 2, { seed: 12 }));
const metadata: SampleMetadata = {
	loops: [{ startFrame: 5, endFrame: 9, type: "alternating" }],
	cuePoints: [
		{ frame: 0, label: "Gäng" },
		{ frame: 44_100, label: null },
	],
	tempo: 90,
	beats: 3,
	meter: { numerator: 3, denominator: 4 },
	isOneShot: false,
	rootKey: 61.5,
};
const source = encodeWav(channels, { sampleRate: SAMPLE_RATE, metadata });

describe.each(["shared", "messages"] as const)("%s", (threading) => {
	test("what is exported and loaded again has every bit and says the same", async () => {
		const engine = await offlineEngine({ threading });
		const { source: loaded } = await engine.loadSample(0, source);
		expect(loaded.metadata).toEqual(metadata);
		const pad = engine.pad(0);
		pad.set({ loop: true, loopRegion: { startFrame: 480, endFrame: 48_480 } });
		const info = await engine.loadSample(1, await pad.exportWav());
		const loops = [{ startFrame: 480, endFrame: 48_480, type: "forward" }];
		expect(info.source).toMatchObject({ format: "WAV", sampleRate: SAMPLE_RATE, channels: 2, frames: FRAMES });
		expect(info.source.metadata).toEqual({ ...metadata, loops });
		engine.playSample(1, 1);
		const [left, right] = engine.renderOffline(FRAMES);
		expect([firstDifference(left, channels[0]), firstDifference(right, channels[1])]).toEqual([null, null]);
		const again = engine.pad(1);
		again.set({ loop: true, loopRegion: { startFrame: 480, endFrame: 48_480 } });
		expect(firstDifference(await again.exportWav(), await pad.exportWav())).toBeNull();
	});

	test("24 bits are within half a step", async () => {
		const engine = await offlineEngine({ threading });
		await engine.loadSample(0, source);
		await engine.loadSample(1, await engine.pad(0).exportWav({ format: "s24" }));
		engine.playSample(1, 1);
		const [left] = engine.renderOffline(FRAMES);
		const largest = left.reduce((most, sample, frame) => Math.max(most, Math.abs(sample - channels[0][frame]!)), 0);
		expect(largest).toBeLessThanOrEqual(2 ** -24);
		expect(largest).toBeGreaterThan(0);
	});

	test("a sample that is replaced and unloaded meanwhile is exported whole, and freed at the end", async () => {
		const engine = await offlineEngine({ threading });
		await engine.loadSample(0, source);
		const other = planar(noise(FRAMES, 2, { seed: 13 }));
		let isReplaced = false;
		const replace = async (): Promise<void> => {
			if (isReplaced) return;
			isReplaced = true;
			engine.unloadSample(0);
			engine.renderOffline(128);
			// It would take the region's place.
			await engine.loadSample(0, encodeWav(other, { sampleRate: SAMPLE_RATE }));
		};
		const after = (milliseconds: number, callback: () => void) => {
			const step = async (): Promise<void> => {
				if (milliseconds === 0) await replace();
				callback();
			};
			const timer = setTimeout(() => void step(), milliseconds);
			return () => clearTimeout(timer);
		};
		const tools = { running: partsOf(engine), after };
		const exported = await exportWav(tools.running.publisher.published(0)!, engine.pad(0), "f32", tools);
		engine.unloadSample(0);
		engine.renderOffline(128);
		expect([isReplaced, engine.stats().pcmBytes]).toEqual([true, 0]);
		await engine.loadSample(1, exported);
		engine.playSample(1, 1);
		const [left, right] = engine.renderOffline(FRAMES);
		expect([firstDifference(left, channels[0]), firstDifference(right, channels[1])]).toEqual([null, null]);
	});

	test("shutting down ends an export in closed", async () => {
		const engine = await offlineEngine({ threading });
		await engine.loadSample(0, source);
		const exporting = engine.pad(0).exportWav();
		await Promise.all([engine.shutDown(), expect(exporting).rejects.toMatchObject({ code: "closed" })]);
		await expect(engine.pad(0).exportWav()).rejects.toMatchObject({ code: "closed" });
	});

	test("the event loop turns while a long sample is exported", async () => {
		const engine = await offlineEngine({ threading });
		await engine.loadSample(0, source);
		const nothing = Symbol("nothing");
		const exporting = engine.pad(0).exportWav();
		let turns = 0;
		while ((await Promise.race([exporting, setImmediate(nothing)])) === nothing) turns++;
		expect(turns).toBeGreaterThan(1);
	});
});

describe("what the file says", () => {
	const half = SAMPLE_RATE / 2;
	const slow = encodeWav([noise(half, 1, { seed: 3 })], {
		sampleRate: half,
		metadata: {
			...metadata,
			cuePoints: [
				{ frame: 7, label: "seven" },
				{ frame: half, label: "end" },
			],
		},
	});

	async function exported(set: Parameters<Pad["set"]>[0], file = slow) {
		const engine = await offlineEngine();
		await engine.loadSample(0, file);
		engine.pad(0).set(set);
		const info = await engine.loadSample(1, await engine.pad(0).exportWav());
		return info.source;
	}

	test("frames are of the engine's rate", async () => {
		const {
			frames,
			sampleRate,
			metadata: said,
		} = await exported({ loopRegion: { startFrame: 100.25, endFrame: 30_000 } });
		expect([frames, sampleRate]).toEqual([SAMPLE_RATE, SAMPLE_RATE]);
		expect(said.loops).toEqual([{ startFrame: 201, endFrame: SAMPLE_RATE, type: "forward" }]);
		expect(said.cuePoints).toEqual([
			{ frame: 14, label: "seven" },
			{ frame: SAMPLE_RATE, label: "end" },
		]);
	});

	test("a pad that loops without a region loops the whole sample; one that does not is a one-shot", async () => {
		const looping = (await exported({ loop: true })).metadata;
		expect([looping.loops, looping.isOneShot]).toEqual([
			[{ startFrame: 0, endFrame: SAMPLE_RATE, type: "forward" }],
			false,
		]);
		const oneShot = (await exported({})).metadata;
		expect([oneShot.loops, oneShot.isOneShot]).toEqual([[], true]);
		const outside = { startFrame: 30_000, endFrame: 40_000 };
		expect((await exported({ loopRegion: outside })).metadata.loops).toEqual(looping.loops);
	});

	test("a synced pad's beats give the tempo; the source's stay otherwise", async () => {
		expect((await exported({ lengthBeats: 2 })).metadata).toMatchObject({ tempo: 90, beats: 3, rootKey: 61.5 });
		const whole = (await exported({ sync: "repitch", lengthBeats: 2 })).metadata;
		expect(whole).toMatchObject({ tempo: 120, beats: 2, meter: { numerator: 3, denominator: 4 } });
		const region = { startFrame: 6_000, endFrame: 18_000 };
		const part = (await exported({ sync: "repitch", lengthBeats: 1, loopRegion: region })).metadata;
		expect(part).toMatchObject({ tempo: 120, beats: 2 });
		const odd = (await exported({ sync: "repitch", lengthBeats: 1.5 })).metadata;
		expect(odd).toMatchObject({ tempo: 90, beats: null });
	});

	test("a file that says nothing says what the pad does", async () => {
		const silent = encodeWav([new Float32Array(100)], { sampleRate: SAMPLE_RATE });
		const said = (await exported({}, silent)).metadata;
		expect(said).toEqual({ ...NO_METADATA, isOneShot: true, meter: { numerator: 4, denominator: 4 } });
	});
});

describe("errors", () => {
	test("an empty pad and an engine that does not run are named", async () => {
		const engine = await offlineEngine();
		await expect(engine.pad(3).exportWav()).rejects.toMatchObject({
			code: "empty-pad",
			message: "Pad 3 holds no sample. Load one and await it first.",
		});
		const idle = new AudioEngine({ output: "offline", sampleRate: SAMPLE_RATE });
		await expect(idle.pad(3).exportWav()).rejects.toMatchObject({ code: "not-running" });
	});

	test("wrong options are refused at the call", async () => {
		const engine = await offlineEngine();
		expect(() => engine.pad(0).exportWav({ format: "s16" as "s24" })).toThrow(RangeError);
		expect(() => engine.pad(0).exportWav(5 as unknown as object)).toThrow(TypeError);
	});
});

test("metadata comes from the cache, and with a content that is loaded already, as from the file", async () => {
	const cache = { directory: temporaryFolder() };
	const file = encodeWav(channels, { sampleRate: 44_100, metadata });
	const first = await offlineEngine({ cache });
	const loaded = await first.loadSample(0, file);
	const shared = await first.loadSample(1, file);
	await first.shutDown();
	const second = await offlineEngine({ cache });
	const kept = await second.loadSample(0, file);
	expect(second.stats().cacheHits).toBe(1);
	expect(loaded.source.metadata).toEqual(metadata);
	expect([shared.source.metadata, kept.source.metadata]).toEqual([metadata, metadata]);
});

test("what stands behind the audio of a long file is read", async () => {
	const engine = await offlineEngine();
	const acid = new DataView(new ArrayBuffer(24));
	acid.setUint32(12, 4, true);
	acid.setFloat32(20, 97.5, true);
	const after = [
		["JUNK", new Uint8Array(9 * 2 ** 20)],
		["acid", new Uint8Array(acid.buffer)],
	] as const;
	const before = [["JUNK", new Uint8Array(9 * 2 ** 20)]] as const;
	const file = writeWave(channels[0], { sampleRate: SAMPLE_RATE, channels: 1, before, after });
	for (const [slot, given] of [file, new Blob([file]), temporaryFile("long.wav", file)].entries()) {
		const info = await engine.loadSample(slot, given);
		expect(info.source.metadata).toMatchObject({ tempo: 97.5, beats: 4 });
	}
});
