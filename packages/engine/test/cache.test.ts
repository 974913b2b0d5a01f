import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AudioEngine, LoadOptions } from "flitzis-looper";
import { xxhash64 } from "hash-wasm";
import { expect, test } from "vitest";
import { CHECKSUM_BYTES } from "../src/cache/checksum.ts";
import { SEAM_FRAMES } from "../src/protocol/seam.ts";
import { offlineEngine, temporaryFile, temporaryFolder } from "./engine-harness.ts";
import { convertWithFfmpeg, music, seededRandom, writeLongWave, writeWave } from "./fixtures.ts";

const FRAMES = 4_410;
/** Frames at either end that differ when the sample loops. */
const EDGE_FRAMES = 134;
/** Not at the engine's rate, so that decoding is work. */
const wave = (seed: number): Uint8Array<ArrayBuffer> =>
	writeWave(music(FRAMES, 44_100, 2, seed), { coding: "s16", sampleRate: 44_100, channels: 2 });
const READING = ["Loading (reading)"];
const FROM_CACHE = [...READING, "Loading (publishing)"];
const DECODED = [...READING, "Loading (decoding)", "Loading (resampling)", "Loading (publishing)"];

/** The stages of a load, and what the slot then plays. */
interface Outcome {
	readonly stages: readonly string[];
	readonly sound: readonly Float32Array[];
	/** Its output as a loop. */
	readonly loop: readonly Float32Array[];
}

/** Loads slot 0 and empties it again, so that the next load does not find its sample in memory. */
async function loadOnce(engine: AudioEngine, source: Uint8Array, options: LoadOptions = {}): Promise<Outcome> {
	const stages = new Set<string>();
	await engine.loadSample(0, source, { ...options, onProgress: ({ stage }) => stages.add(stage) });
	engine.playSample(0, 1);
	const sound = engine.renderOffline(FRAMES * 2);
	engine.playSample(0, 1, { loop: true });
	const loop = engine.renderOffline(FRAMES * 3);
	engine.unloadSample(0);
	engine.renderOffline(512);
	expect(engine.stats().pcmBytes).toBe(0);
	return { stages: [...stages], sound, loop };
}

/** The only entry of a cache. */
function entryOf(directory: string): string {
	const [name, ...others] = readdirSync(directory);
	if (name === undefined || others.length > 0) throw new Error(`The cache has ${others.length + 1} or no entries.`);
	return join(directory, name);
}

test("a sample decoded in one session is read from the cache in the next, equal to the bit", async () => {
	const directory = temporaryFolder();
	const first = await offlineEngine({ cache: { directory } });
	const decoded = await loadOnce(first, wave(1));
	expect(decoded.stages).toEqual(DECODED);
	expect(first.stats()).toMatchObject({ cacheHits: 0, cacheFailures: 0 });
	const second = await offlineEngine({ cache: { directory } });
	const cached = await loadOnce(second, wave(1));
	expect(cached).toEqual({ ...decoded, stages: FROM_CACHE });
	expect(second.stats()).toMatchObject({ cacheHits: 1, cacheFailures: 0 });
});

test("the properties of a sample survive the cache, mono and compressed formats included", async () => {
	const directory = temporaryFolder();
	const mono = writeWave(music(48_000, 48_000, 1), { coding: "s16", sampleRate: 48_000, channels: 1 });
	const flac = convertWithFfmpeg(mono, { from: "wav", to: "flac", args: ["-compression_level", "8"] });
	const infos = [];
	for (const hits of [0, 1]) {
		const engine = await offlineEngine({ cache: { directory } });
		infos.push(await engine.loadSample(3, flac));
		expect(engine.stats().cacheHits).toBe(hits);
	}
	expect(infos[1]).toEqual(infos[0]);
	expect(infos[1]).toMatchObject({ channels: 1, source: { format: "FLAC", sampleRate: 48_000, frames: 48_000 } });
});

test("nothing is cached without the option", async () => {
	const engine = await offlineEngine();
	await loadOnce(engine, wave(1));
	expect((await loadOnce(engine, wave(1))).stages).toEqual(DECODED);
	expect(engine.stats()).toMatchObject({ cacheHits: 0, cacheFailures: 0 });
});

test("an uncompressed file at the engine's rate is not cached: decoding it costs no more than reading", async () => {
	const directory = join(temporaryFolder(), "cache");
	const engine = await offlineEngine({ cache: { directory } });
	await engine.loadSample(0, writeWave(music(FRAMES, 48_000, 2), { sampleRate: 48_000, channels: 2 }));
	expect(existsSync(directory)).toBe(false);
	expect(engine.stats()).toMatchObject({ cacheHits: 0, cacheFailures: 0 });
});

test("a file whose entry is damaged anywhere is decoded and cached again", async () => {
	const directory = temporaryFolder();
	const engine = await offlineEngine({ cache: { directory } });
	const { sound, loop } = await loadOnce(engine, wave(1));
	const path = entryOf(directory);
	const whole = readFileSync(path);
	const random = seededRandom(7);
	const damages = Array.from({ length: 10 }, () => Math.floor(random() * whole.length));
	for (const [index, offset] of [...damages, 0, 4, 7, whole.length - 1].entries()) {
		const changed = Buffer.from(whole);
		changed.writeUInt8(changed.readUInt8(offset) ^ (1 + Math.floor(random() * 255)), offset);
		writeFileSync(path, changed);
		if (index % 3 === 2) truncateSync(path, offset);
		expect(await loadOnce(engine, wave(1)), `seed 7, offset ${offset}`).toEqual({
			stages: expect.any(Array),
			sound,
			loop,
		});
		expect(engine.stats()).toMatchObject({ cacheHits: 0, cacheFailures: index + 1 });
		expect(readFileSync(path)).toEqual(whole);
	}
	expect((await loadOnce(engine, wave(1))).stages).toEqual(FROM_CACHE);
});

test("a file whose entry holds another file is decoded again", async () => {
	const directory = temporaryFolder();
	const engine = await offlineEngine({ cache: { directory } });
	await loadOnce(engine, wave(1));
	const first = entryOf(directory);
	const { sound, loop } = await loadOnce(engine, wave(2));
	const [second = ""] = readdirSync(directory).filter((name) => join(directory, name) !== first);
	writeFileSync(join(directory, second), readFileSync(first));
	expect(await loadOnce(engine, wave(2))).toEqual({ stages: DECODED, sound, loop });
	expect(engine.stats()).toMatchObject({ cacheHits: 0, cacheFailures: 1 });
});

test("samples unfit for the audio thread are cleaned even from an entry with a valid checksum", async () => {
	const directory = temporaryFolder();
	const engine = await offlineEngine({ cache: { directory } });
	await loadOnce(engine, wave(1));
	const path = entryOf(directory);
	const forged = readFileSync(path);
	const lastEdgeFrame = forged.length - CHECKSUM_BYTES - (SEAM_FRAMES + 2) * 8;
	const lastFrame = lastEdgeFrame - (2 * EDGE_FRAMES + SEAM_FRAMES - 1) * 8 - 8;
	for (const frame of [lastFrame, lastEdgeFrame]) {
		forged.writeFloatLE(Number.NaN, frame);
		forged.writeFloatLE(2 ** -140, frame + 4);
	}
	const checksum = await xxhash64(forged.subarray(0, -CHECKSUM_BYTES));
	forged.set(Buffer.from(checksum, "hex"), forged.length - CHECKSUM_BYTES);
	writeFileSync(path, forged);
	const { stages, sound, loop } = await loadOnce(engine, wave(1));
	expect(stages).toEqual(FROM_CACHE);
	const frames = Math.round((FRAMES * 48_000) / 44_100);
	for (const channel of [...sound, ...loop]) {
		expect(channel.subarray(frames - 1, frames)).toEqual(Float32Array.of(0));
	}
});

test("each rate and each handling of encoder delay has its own entry", async () => {
	const directory = temporaryFolder();
	const mp3 = convertWithFfmpeg(wave(1), { from: "wav", to: "mp3", args: ["-b:a", "128k"] });
	for (const hits of [0, 1]) {
		for (const sampleRate of [44_100, 48_000]) {
			for (const trimEncoderDelay of [true, false]) {
				const engine = await offlineEngine({ cache: { directory }, sampleRate });
				const { frames } = await engine.loadSample(0, mp3, { trimEncoderDelay });
				expect(frames === Math.round((FRAMES * sampleRate) / 44_100)).toBe(trimEncoderDelay);
				expect(engine.stats().cacheHits).toBe(hits);
			}
		}
	}
	expect(readdirSync(directory)).toHaveLength(4);
});

test("a strict load ignores an entry with warnings, and other loads report them", async () => {
	const directory = temporaryFolder();
	const tune = writeWave(music(44_100, 44_100, 2), { sampleRate: 44_100, channels: 2 });
	const whole = convertWithFfmpeg(tune, { from: "wav", to: "flac" });
	const cut = whole.slice(0, Math.floor(whole.length * 0.7));
	const engine = await offlineEngine({ cache: { directory } });
	const { warnings } = await engine.loadSample(0, cut);
	expect(warnings.length).toBeGreaterThan(0);
	engine.unloadSample(0);
	engine.renderOffline(512);
	await expect(engine.loadSample(0, cut, { strict: true })).rejects.toMatchObject({ code: "malformed-audio" });
	expect((await engine.loadSample(0, cut)).warnings).toEqual(warnings);
	expect(engine.stats()).toMatchObject({ cacheHits: 1, cacheFailures: 0 });
	// The result of a strict load is valid for all.
	await engine.loadSample(1, whole, { strict: true });
	engine.unloadSample(1);
	engine.renderOffline(512);
	await engine.loadSample(1, whole);
	expect(engine.stats()).toMatchObject({ cacheHits: 2, cacheFailures: 0 });
});

test("the least recently used samples are evicted from a full cache", async () => {
	const directory = temporaryFolder();
	const small = await offlineEngine({ cache: { directory } });
	await loadOnce(small, wave(1));
	const path = entryOf(directory);
	const { length } = readFileSync(path);
	const engine = await offlineEngine({ cache: { directory, maxBytes: Math.floor(3.5 * length) }, loaderThreads: 1 });
	const names: string[] = [path];
	for (const seed of [2, 3]) {
		await loadOnce(engine, wave(seed));
		names.push(
			...readdirSync(directory)
				.map((name) => join(directory, name))
				.filter((name) => !names.includes(name)),
		);
	}
	for (const [age, name] of names.entries()) utimesSync(name, 1_000 + age, 1_000 + age);
	// The oldest is used again, so the second is evicted.
	expect((await loadOnce(engine, wave(1))).stages).toEqual(FROM_CACHE);
	await loadOnce(engine, wave(4));
	const [, second = ""] = names;
	expect(existsSync(second)).toBe(false);
	expect(readdirSync(directory)).toHaveLength(3);
	expect((await loadOnce(engine, wave(1))).stages).toEqual(FROM_CACHE);
	expect(engine.stats().cacheFailures).toBe(0);
});

test("two engines that load the same files at the same time share one cache", async () => {
	const directory = temporaryFolder();
	const engines = await Promise.all([1, 2].map(() => offlineEngine({ cache: { directory }, loaderThreads: 3 })));
	const sounds = [];
	for (const round of [0, 1]) {
		const loads = engines.flatMap((engine) => [0, 1, 2, 3].map((slot) => engine.loadSample(slot, wave(slot))));
		await Promise.all(loads);
		for (const engine of engines) {
			for (const slot of [0, 1, 2, 3]) {
				engine.playSample(slot, 1);
				sounds.push(engine.renderOffline(FRAMES * 2));
				engine.unloadSample(slot);
			}
			engine.renderOffline(512);
			expect(engine.stats().cacheFailures).toBe(0);
		}
		expect(readdirSync(directory)).toHaveLength(4);
		for (const engine of engines) expect(engine.stats().cacheHits).toBeGreaterThanOrEqual(4 * round);
	}
	for (const [index, sound] of sounds.entries()) expect(sound).toEqual(sounds[index % 4]);
});

test("an unwritable or unreadable cache fails no load", async () => {
	const directory = join(temporaryFile("no-directory", new Uint8Array(1)), "cache");
	const engine = await offlineEngine({ cache: { directory } });
	for (let load = 0; load < 2; load++) expect((await loadOnce(engine, wave(1))).stages).toEqual(DECODED);
	expect(engine.stats().cacheHits).toBe(0);
	expect(engine.stats().cacheFailures).toBeGreaterThanOrEqual(4);
});

test("a cache removed while in use is recreated", async () => {
	const directory = join(temporaryFolder(), "cache");
	const engine = await offlineEngine({ cache: { directory } });
	await loadOnce(engine, wave(1));
	rmSync(directory, { recursive: true });
	expect((await loadOnce(engine, wave(1))).stages).toEqual(DECODED);
	expect((await loadOnce(engine, wave(1))).stages).toEqual(FROM_CACHE);
});

/** A long file; only these have notes under fingerprints. */
const longWave = (seed: number): Uint8Array<ArrayBuffer> =>
	writeLongWave(music(FRAMES, 44_100, 2, seed), { coding: "s16", sampleRate: 44_100, channels: 2 });

test("a long file is hashed first only if the cache may have it, and is then read from there", async () => {
	const directory = temporaryFolder();
	const first = await offlineEngine({ cache: { directory } });
	const decoded = await loadOnce(first, longWave(1));
	expect(decoded.stages).toEqual(DECODED);
	expect(readdirSync(directory)).toHaveLength(2);
	const second = await offlineEngine({ cache: { directory } });
	expect(await loadOnce(second, longWave(1))).toEqual({ ...decoded, stages: FROM_CACHE });
	expect(second.stats()).toMatchObject({ cacheHits: 1, cacheFailures: 0 });
});

test("two long files with one fingerprint are not confused in the cache, and both are kept", async () => {
	const directory = temporaryFolder();
	const engine = await offlineEngine({ cache: { directory } });
	const decoded = [];
	for (const seed of [1, 2]) decoded.push(await loadOnce(engine, longWave(seed)));
	expect(decoded.map(({ stages }) => stages)).toEqual([DECODED, DECODED]);
	expect(decoded[1]?.sound).not.toEqual(decoded[0]?.sound);
	for (const [index, seed] of [1, 2].entries()) {
		expect(await loadOnce(engine, longWave(seed))).toEqual({ ...decoded[index], stages: FROM_CACHE });
	}
	expect(engine.stats()).toMatchObject({ cacheHits: 2, cacheFailures: 0 });
});

test("a long file whose note or entry is missing or damaged is decoded and noted again", async () => {
	const directory = temporaryFolder();
	const engine = await offlineEngine({ cache: { directory } });
	const decoded = await loadOnce(engine, longWave(1));
	const paths = readdirSync(directory).map((name) => join(directory, name));
	for (const path of paths) {
		const whole = readFileSync(path);
		rmSync(path);
		expect(await loadOnce(engine, longWave(1))).toEqual(decoded);
		expect(readFileSync(path)).toEqual(whole);
		writeFileSync(path, whole.subarray(1));
		expect((await loadOnce(engine, longWave(1))).sound).toEqual(decoded.sound);
		expect(readFileSync(path)).toEqual(whole);
	}
	expect((await loadOnce(engine, longWave(1))).stages).toEqual(FROM_CACHE);
});
