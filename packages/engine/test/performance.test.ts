import { setImmediate } from "node:timers/promises";
import {
	AudioEngine,
	formatPerformance,
	type Performance,
	type PerformanceSample,
	parsePerformance,
	renderPerformance,
} from "flitzis-looper";
import { AudioStreamHandle } from "flitzis-looper/stream";
import { expect, test } from "vitest";
import { firstBitDifference } from "./bit-difference.ts";
import { offlineEngine } from "./engine-harness.ts";
import { performanceExample } from "./performance-example.ts";
import { join, type PlayedPerformance, performanceFile, recordPerformance } from "./random-performance.ts";

const SEEDS = Array.from({ length: 12 }, (_, seed) => seed);
const recorded: Map<number, Promise<PlayedPerformance>> = new Map();

function fileOfSample({ name }: PerformanceSample): Uint8Array<ArrayBuffer> {
	return performanceFile(name);
}

/** Each performance is played once and shared by the tests. */
function played(seed: number): Promise<PlayedPerformance> {
	const known = recorded.get(seed) ?? recordPerformance(seed);
	recorded.set(seed, known);
	return known;
}

test.each(SEEDS)(
	"performance %i, recorded from the middle, is rendered to the bit by any block length",
	async (seed) => {
		const { text, performance, left, right } = await played(seed);
		expect(performance.frames).toBe(left.length);
		const pieces: [Float32Array, Float32Array][] = [];
		const options = { blockFrames: [1, 64, 128, 500, 2048][seed % 5]!, pieceFrames: 1 + ((seed * 7919) % 60_000) };
		for await (const piece of renderPerformance(parsePerformance(text), fileOfSample, options)) pieces.push(piece);
		expect(firstBitDifference(join(pieces, 0), left)).toBeNull();
		expect(firstBitDifference(join(pieces, 1), right)).toBeNull();
	},
);

test("a performance round-trips through its file", async () => {
	for (const seed of SEEDS) {
		const { performance, text } = await played(seed);
		expect(parsePerformance(text)).toEqual(performance);
	}
});

test("what is no performance is refused as such", async () => {
	const message =
		/^The value of performance must be what performance\.stop\(\) or parsePerformance\(\) returned, not .*\.$/;
	for (const wrong of [5, null, {}, [], "{}", { format: "flitzis-looper-performance" }]) {
		const performance = wrong as unknown as Performance;
		expect(() => formatPerformance(performance)).toThrow(message);
		expect(() => formatPerformance(performance)).toThrow(TypeError);
		await expect(renderPerformance(performance, () => "").next()).rejects.toThrow(message);
	}
	await expect(renderPerformance(performanceExample, undefined as never).next()).rejects.toThrow(
		"The value of findSource must be a function that gives a sample's file, not undefined.",
	);
});

test("a rendering is left within a long pre-roll", async () => {
	const { start, engine } = performanceExample;
	const empty = { samples: [], commands: [], start: { ...start, slots: [], parameters: [] } };
	const performance = { ...performanceExample, ...empty, engine, preRollFrames: 2 ** 40, frames: 10 };
	const pieces = renderPerformance(performance, () => "", { pieceFrames: 2 ** 50 });
	const first = pieces.next();
	await setImmediate();
	await pieces.return();
	expect(await first).toEqual({ done: true, value: undefined });
	expect(await pieces.next()).toEqual({ done: true, value: undefined });
});

test("the performances sound, begin amid voices, loads, stops and gains, and have every command", async () => {
	const performances = await Promise.all(SEEDS.map(played));
	const sounding = performances.filter(({ left }) => left.some((sample) => Math.abs(sample) > 0.01));
	expect(sounding.length).toBeGreaterThan(SEEDS.length - 3);
	const inPreRoll = performances.flatMap(({ performance: { preRollFrames, commands } }) =>
		commands.filter(({ frame }) => frame < preRollFrames).map(({ type }) => type),
	);
	for (const type of ["play", "load", "stop", "set", "press"] as const) expect(inPreRoll).toContain(type);
	expect(performances.filter(({ performance }) => performance.preRollFrames > 0).length).toBeGreaterThan(6);
	const types = new Set(performances.flatMap(({ performance }) => performance.commands.map(({ type }) => type)));
	expect(types).toEqual(new Set(performanceExample.commands.map(({ type }) => type)));
});

test("shutDown returns the recorded performance once", async () => {
	const engine = await offlineEngine();
	engine.renderOffline(100);
	engine.performance.start();
	engine.renderOffline(1000);
	expect(engine.performance.frames).toBe(1000);
	await engine.shutDown();
	expect(engine.performance.frames).toBeNull();
	expect(await engine.performance.stop()).toMatchObject({ frames: 1000, commands: [] });
	await expect(engine.performance.stop()).rejects.toMatchObject({ code: "closed" });
});

test("recording needs a running engine, and one performance at a time", async () => {
	const engine = new AudioEngine({ output: "offline" });
	expect(() => engine.performance.start()).toThrow(expect.objectContaining({ code: "not-running" }));
	await engine.run();
	await expect(engine.performance.stop()).rejects.toMatchObject({ code: "no-performance" });
	engine.performance.start();
	expect(() => engine.performance.start()).toThrow(expect.objectContaining({ code: "performance-running" }));
	await engine.shutDown();
	expect(() => engine.performance.start()).toThrow(expect.objectContaining({ code: "closed" }));
});

test("more commands in one frame than a ring holds are rendered in order", async () => {
	const engine = await offlineEngine({ voices: 3 });
	await engine.loadSample(0, new File([performanceFile("loop.wav")], "loop.wav"));
	const streams = Array.from({ length: 4 }, () => AudioStreamHandle.open(engine.createStreamHandle().descriptor));
	engine.renderOffline(100);
	engine.performance.start();
	const frame = 500;
	for (let count = 0; count < 1000; count++) engine.playSample(0, (count % 97) / 97, { atFrame: frame });
	for (const stream of streams) {
		for (let count = 0; count < 250; count++) stream.playSample(0, (count % 31) / 31, { atFrame: frame });
	}
	const [left] = engine.renderOffline(4000);
	const performance = await engine.performance.stop();
	expect(performance.commands).toHaveLength(2000);
	const rendered: [Float32Array, Float32Array][] = [];
	for await (const piece of renderPerformance(performance, fileOfSample)) rendered.push(piece);
	expect(firstBitDifference(join(rendered, 0), left)).toBeNull();
});

test("a sample other than the recorded one, or decoded differently, is rejected", async () => {
	const engine = await offlineEngine();
	await engine.loadSample(0, new File([performanceFile("loop.wav")], "loop.wav"));
	engine.performance.start();
	engine.renderOffline(10);
	const performance = await engine.performance.stop();
	const rendering = (samples: Performance["samples"]): Promise<unknown> =>
		renderPerformance({ ...performance, samples }, () => performanceFile("mono.wav")).next();
	await expect(rendering(performance.samples)).rejects.toMatchObject({
		code: "sample-differs",
		message: expect.stringMatching(
			/^loop\.wav is not the file .*\. Find the file with the content hash [0-9a-f]{64}\.$/,
		),
	});
	const otherwise = performance.samples.map((sample) => ({ ...sample, pcmChecksum: "0".repeat(16) }));
	await expect(renderPerformance({ ...performance, samples: otherwise }, fileOfSample).next()).rejects.toMatchObject({
		code: "sample-differs",
		message: expect.stringMatching(
			/^loop\.wav is decoded to other frames here .* perform with the sample as WAV or FLAC\.$/,
		),
	});
});

test("the bytes of a data: URL are not part of its name", async () => {
	const engine = await offlineEngine();
	const base64 = Buffer.from(performanceFile("click.wav")).toString("base64");
	await engine.loadSample(0, `data:audio/wav;base64,${base64}`);
	engine.performance.start();
	engine.renderOffline(1);
	expect((await engine.performance.stop()).samples.map(({ name }) => name)).toEqual(["data:"]);
});

test("a performance of one block begins with a complete long fade", async () => {
	const engine = await offlineEngine({ fadeSeconds: 0.17 });
	await engine.loadSample(0, new File([performanceFile("loop.wav")], "loop.wav"));
	for (let voice = 0; voice < 32; voice++) engine.playSample(0, 0.02, { loop: true });
	engine.renderOffline(500);
	engine.stopAll();
	engine.renderOffline(10);
	engine.performance.start();
	const [left] = engine.renderOffline(128);
	const performance = await engine.performance.stop();
	expect(performance.preRollFrames).toBe(510);
	// Includes what sounds after the performance's end.
	const pieces: [Float32Array, Float32Array][] = [];
	for await (const piece of renderPerformance({ ...performance, frames: 8000 }, fileOfSample)) pieces.push(piece);
	const rendered = join(pieces, 0);
	const [rest] = engine.renderOffline(8000 - 128);
	expect(firstBitDifference(rendered.subarray(0, 128), left)).toBeNull();
	expect(firstBitDifference(rendered.subarray(128), rest)).toBeNull();
	expect(left.some((sample) => sample !== 0)).toBe(true);
});
