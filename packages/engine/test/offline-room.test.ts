import type { AudioEngine, Performance, PerformanceSample } from "flitzis-looper";
import { renderPerformance } from "flitzis-looper";
import { AudioStreamHandle } from "flitzis-looper/stream";
import { expect, test } from "vitest";
import { firstBitDifference } from "./bit-difference.ts";
import { offlineEngine, SAMPLE_RATE } from "./engine-harness.ts";
import { noise, seededRandom, writeWave } from "./fixtures.ts";
import { join, performanceFile } from "./random-performance.ts";

const RING_RECORDS = 1_024;
/** Always empty: commands for it fill the ring without effect. */
const EMPTY_SLOT = 31;
const MEBIBYTE = 2 ** 20;

/** A file of one constant value, unique in length and value. */
function steady(value: number, frames: number): Uint8Array<ArrayBuffer> {
	return writeWave(new Float32Array(frames).fill(value), { coding: "f32", sampleRate: SAMPLE_RATE, channels: 1 });
}

function fileOfSample({ name }: PerformanceSample): Uint8Array<ArrayBuffer> {
	return performanceFile(name);
}

async function render(performance: Performance, blockFrames: number): Promise<Float32Array> {
	const pieces: [Float32Array, Float32Array][] = [];
	for await (const piece of renderPerformance(performance, fileOfSample, { blockFrames })) pieces.push(piece);
	return join(pieces, 0);
}

/** Sends enough commands without effect to overflow the ring from any position. */
function fillRing(engine: AudioEngine): void {
	for (let command = 0; command < RING_RECORDS; command++) engine.stopSample(EMPTY_SLOT);
}

test("1,100 loads succeed without rendering a frame, and each slot plays its newest", async () => {
	const engine = await offlineEngine();
	for (let count = 0; count < 1_100; count++) await engine.loadSample(count % 32, steady(count / 2_000, 480));
	expect(engine.stats().frame).toBe(0);
	for (let slot = 0; slot < 32; slot++) {
		const newest = slot < 1_100 % 32 ? 1_088 + slot : 1_056 + slot;
		engine.playSample(slot, 1);
		expect(engine.renderOffline(480)[0]).toEqual(new Float32Array(480).fill(newest / 2_000));
	}
	expect(engine.stats().pcmBytes).toBe(32 * (480 + 32) * 4);
});

test("slots loaded and unloaded 3,000 times without rendering a frame leak nothing", async () => {
	const engine = await offlineEngine();
	const file = steady(0.5, 48);
	for (let count = 0; count < 3_000; count++) {
		await engine.loadSample(count % 2, file);
		engine.unloadSample(count % 2);
	}
	engine.renderOffline(1);
	expect(engine.stats()).toMatchObject({ pcmBytes: 0, activeVoices: 0 });
});

test("the memory of replaced samples is free for the next load without rendering a frame", async () => {
	const engine = await offlineEngine({ memoryBudget: 4 * MEBIBYTE, loaderThreads: 2 });
	const song = (count: number): Uint8Array<ArrayBuffer> => steady(count / 256, MEBIBYTE / 4 - 32);
	for (let count = 0; count < 60; count++) await engine.loadSample(count % 3, song(count));
	expect(engine.stats().pcmBytes).toBeLessThanOrEqual(4 * MEBIBYTE);
	// Each plays its newest sample, and continues while the next begins.
	for (const [slot, total] of [57, 57 + 58, 57 + 58 + 59].entries()) {
		engine.playSample(slot, 1);
		expect(engine.renderOffline(1)[0][0]).toBe(total / 256);
	}
	// Sounding samples are retained, and a load that does not fit beside them fails.
	for (let count = 60; count < 63; count++) {
		const loading = engine.loadSample(count % 3, song(count));
		if (count === 60) await loading;
		else await expect(loading).rejects.toMatchObject({ code: "out-of-memory" });
	}
	engine.stopAll();
	engine.renderOffline(240);
	for (let count = 63; count < 70; count++) await engine.loadSample(count % 3, song(count));
	expect(engine.renderOffline(1)[0]).toHaveLength(1);
});

test.each(["close", "release"] as const)(
	"any number of consecutive streams play without rendering a frame, each ended by %s",
	async (end) => {
		const engine = await offlineEngine();
		await engine.loadSample(0, steady(2 ** -10, 480));
		for (let count = 0; count < 40; count++) {
			const { descriptor, release } = engine.createStreamHandle();
			const stream = AudioStreamHandle.open(descriptor);
			if (count >= 20) stream.playSample(0, 1);
			else stream.stopSample(EMPTY_SLOT);
			if (end === "close") stream.close();
			else release();
			// Over ports a release is asynchronous.
			await Promise.resolve();
		}
		expect(engine.stats().frame).toBe(0);
		expect(engine.renderOffline(10)[0]).toEqual(new Float32Array(10).fill(20 * 2 ** -10));
	},
);

test("plays, stops and gains beyond the ring's capacity all take effect in order at the next frame", async () => {
	const engine = await offlineEngine();
	for (let slot = 0; slot < 3; slot++) await engine.loadSample(slot, steady(2 ** -slot, 4_800));
	engine.renderOffline(1);
	for (let count = 0; count < 2_500; count++) engine.playSample(count % 3, 2 ** -10);
	for (let count = 0; count < 1_100; count++) engine.masterGainDecibels = count === 1_099 ? 0 : -count / 100;
	for (let count = 0; count < 1_100; count++) engine.stopSample(1);
	const { activeVoices, frame } = engine.stats();
	expect([activeVoices, frame]).toEqual([0, 1]);
	const [left] = engine.renderOffline(100);
	// Of the last 32 (2,468 to 2,499), those of slot 1 were stopped.
	const last = Array.from({ length: 32 }, (_, index) => (2_468 + index) % 3);
	const level = last.filter((slot) => slot !== 1).reduce((sum, slot) => sum + 2 ** -slot * 2 ** -10, 0);
	expect(left).toEqual(new Float32Array(100).fill(level));
	expect(engine.stats()).toMatchObject({
		droppedVoices: 2_500 - 32,
		activeVoices: last.filter((slot) => slot !== 1).length,
	});
});

test("due commands make room for others, later ones do not", async () => {
	const engine = await offlineEngine({ voices: 256 });
	await engine.loadSample(0, steady(2 ** -12, 4_800));
	engine.renderOffline(100);
	for (let count = 0; count < 1_500; count++) engine.stopSample(EMPTY_SLOT, { atFrame: 50 });
	for (let count = 0; count < 1_500; count++) engine.stopSample(EMPTY_SLOT, { atFrame: 100 });
	for (let count = 0; count < RING_RECORDS; count++) engine.playSample(0, 1, { atFrame: 200 + (count % 7) });
	expect(() => engine.playSample(0, 1, { atFrame: 300 })).toThrow(
		expect.objectContaining({
			code: "ring-full",
			message: expect.stringMatching(/^1024 commands wait for their frame/),
		}),
	);
	const [left] = engine.renderOffline(200);
	expect(left.findIndex((sample) => sample !== 0)).toBe(100);
	expect(engine.stats()).toMatchObject({ lateCommands: 1_500, activeVoices: 256, droppedVoices: RING_RECORDS - 256 });
});

test("a stream on the engine's own thread accepts more commands than its ring holds, in order", async () => {
	const engine = await offlineEngine({ voices: 256 });
	await engine.loadSample(0, steady(2 ** -12, 4_800));
	const stream = AudioStreamHandle.open(engine.createStreamHandle().descriptor);
	for (let count = 0; count < 1_000; count++) stream.playSample(0, 1);
	for (let count = 0; count < 300; count++) stream.stopSample(0);
	for (let count = 0; count < 300; count++) stream.playSample(0, 1, { atFrame: 0 });
	for (let count = 0; count < 256; count++) stream.playSample(0, 1, { atFrame: 1_000 });
	expect(() => stream.playSample(0, 1, { atFrame: 1_000 })).toThrow(
		expect.objectContaining({ message: expect.stringMatching(/^256 commands wait for their frame/) }),
	);
	stream.stopAll();
	stream.playSample(0, 1);
	expect(engine.renderOffline(2_000)[0]).toEqual(new Float32Array(2_000).fill(2 ** -12));
	expect(engine.stats()).toMatchObject({ activeVoices: 1, droppedVoices: 1_000 - 256 + 300 - 256, lateCommands: 0 });
});

test("presses and parameters for a frame that has come make room for others, too", async () => {
	const engine = await offlineEngine({ voices: 256 });
	await engine.loadSample(0, steady(2 ** -12, 4_800));
	engine.renderOffline(100);
	for (let count = 0; count < 3_000; count++) engine.pad(0).press(1, { atFrame: 50 });
	for (let count = 0; count < 3_000; count++) engine.pad(0).set({ pan: 0, loop: false }, { atFrame: 100 });
	for (let count = 0; count < 1_023; count++) engine.pad(0).press(1, { atFrame: 200 });
	expect(() => engine.pad(0).set({ pan: 0, loop: false }, { atFrame: 200 })).toThrow(
		expect.objectContaining({ message: expect.stringMatching(/^1024 commands wait for their frame/) }),
	);
	engine.renderOffline(1);
	expect(engine.stats()).toMatchObject({ activeVoices: 256, droppedVoices: 3_000 - 256 });
});

test("the engine's figures and peak are of the newest block", async () => {
	const engine = await offlineEngine();
	await engine.loadSample(0, steady(0.5, 100));
	engine.playSample(0, 1);
	engine.renderOffline(128);
	expect(engine.stats()).toMatchObject({ peak: 0.5, blockFrames: 128, frame: 128 });
	engine.playSample(0, 1);
	fillRing(engine);
	expect(engine.stats()).toMatchObject({ peak: 0.5, blockFrames: 128, frame: 128, activeVoices: 0 });
});

/** One of two engines that get the same calls. */
interface Twin {
	readonly engine: AudioEngine;
	readonly stream: AudioStreamHandle;
	readonly heard: [Float32Array, Float32Array][];
}

async function twin(seed: number): Promise<Twin> {
	const engine = await offlineEngine({
		voices: 1 + (seed % 7),
		blockFrames: [1, 128, 500][seed % 3]!,
		fadeSeconds: 0.002,
	});
	for (const [slot, name] of ["loop.wav", "mono.wav", "click.wav", "quiet.wav"].entries()) {
		await engine.loadSample(slot, new File([performanceFile(name)], name));
	}
	return { engine, stream: AudioStreamHandle.open(engine.createStreamHandle().descriptor), heard: [] };
}

test.each([1, 2, 3, 4, 5, 6])(
	"a ring overflow at any point changes no bit of audio or performance (seed %i)",
	async (seed) => {
		const random = seededRandom(seed);
		const choose = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)]!;
		const plain = await twin(seed);
		const flooded = await twin(seed);
		const call = async (act: (twin: Twin) => unknown): Promise<void> => {
			await act(plain);
			if (random() < 0.5) fillRing(flooded.engine);
			await act(flooded);
			if (random() < 0.3) fillRing(flooded.engine);
		};
		const slot = (): number => Math.floor(random() * 4);
		const at = (): { atFrame?: number } =>
			random() < 0.5 ? {} : { atFrame: Math.max(0, plain.engine.stats().frame + Math.floor(random() * 600) - 50) };
		const acts: (() => (twin: Twin) => unknown)[] = [
			() => {
				const [id, velocity, options] = [slot(), choose([1, 0.3, 2 ** -39]), { loop: random() < 0.4, ...at() }];
				return ({ engine }) => engine.playSample(id, velocity, options);
			},
			() => {
				const [id, options] = [slot(), at()];
				return ({ engine }) => engine.stopSample(id, options);
			},
			() =>
				({ engine }) =>
					engine.stopAll(),
			() => {
				const decibels = choose([0, -6, -90, 3.5]);
				return ({ engine }) => {
					engine.masterGainDecibels = decibels;
				};
			},
			() => {
				const [id, name] = [slot(), choose(["loop.wav", "mono.wav", "resampled.wav"])];
				return ({ engine }) => engine.loadSample(id, new File([performanceFile(name)], name));
			},
			() => {
				const id = slot();
				return ({ engine }) => engine.unloadSample(id);
			},
		];
		const renderBoth = (frames: number): void => {
			for (const { engine, heard } of [plain, flooded]) heard.push(engine.renderOffline(frames));
		};
		const usual = (): (() => (twin: Twin) => unknown) => choose([acts[0]!, acts[0]!, acts[0]!, ...acts]);
		for (let count = 0; count < 10; count++) await call(usual()());
		renderBoth(300);
		for (let count = 0; count < 8; count++) await call(usual()());
		plain.engine.performance.start();
		flooded.engine.performance.start();
		for (const one of [plain, flooded]) one.heard.length = 0;
		for (let moment = 0; moment < 12; moment++) {
			for (let count = Math.floor(random() * 6); count > 0; count--) await call(usual()());
			renderBoth(1 + Math.floor(random() * 700));
		}
		for (let count = 0; count < 8; count++) await call(usual()());
		const performances = await Promise.all([plain, flooded].map(({ engine }) => engine.performance.stop()));
		const [expected, actual] = [plain, flooded].map(({ heard }) => [join(heard, 0), join(heard, 1)] as const);
		for (const channel of [0, 1] as const) expect(firstBitDifference(actual![channel], expected![channel])).toBeNull();
		for (const performance of performances) {
			const { preRollFrames, frames } = performance;
			expect(performance.commands.every(({ frame }) => frame < preRollFrames + frames)).toBe(true);
			expect(firstBitDifference(await render(performance, 1 + ((seed * 37) % 400)), expected![0])).toBeNull();
		}
		expect(performances[1]!.samples.length).toBeLessThanOrEqual(5);
		const { droppedVoices, lateCommands } = plain.engine.stats();
		expect(flooded.engine.stats()).toMatchObject({ droppedVoices, lateCommands });
	},
);

test("a performance begun and ended between applied commands has only the frames between", async () => {
	const engine = await offlineEngine();
	await engine.loadSample(0, new File([performanceFile("loop.wav")], "loop.wav"));
	engine.renderOffline(1);
	engine.playSample(0, 1, { loop: true });
	await engine.loadSample(0, new File([performanceFile("mono.wav")], "mono.wav"));
	engine.playSample(0, 0.5);
	fillRing(engine);
	fillRing(engine);
	engine.performance.start();
	engine.stopSample(0);
	engine.playSample(0, 0.25);
	fillRing(engine);
	const [left] = engine.renderOffline(500);
	await engine.loadSample(1, new File([performanceFile("click.wav")], "click.wav"));
	engine.playSample(1, 1);
	fillRing(engine);
	fillRing(engine);
	const performance = await engine.performance.stop();
	expect(performance.preRollFrames).toBe(0);
	const played = performance.commands.filter(({ type }) => type === "play");
	expect(played.map((command) => command.type === "play" && command.velocity)).toEqual([1, 0.5, 0.25]);
	expect(performance.samples.map(({ name }) => name)).toEqual(["mono.wav", "loop.wav"]);
	expect(firstBitDifference(await render(performance, 77), left)).toBeNull();
	expect(left).toEqual(
		noise(700, 1, { seed: 2 })
			.subarray(0, 500)
			.map((sample) => sample * 0.25),
	);
});

test("more commands at one frame than the journal holds are recorded completely", async () => {
	const engine = await offlineEngine({ voices: 2 });
	await engine.loadSample(0, new File([performanceFile("loop.wav")], "loop.wav"));
	engine.renderOffline(1);
	engine.performance.start();
	for (let count = 0; count < 20_000; count++) engine.playSample(0, (count % 97) / 97);
	const [left] = engine.renderOffline(200);
	const performance = await engine.performance.stop();
	expect(performance.commands).toHaveLength(20_000);
	expect(firstBitDifference(await render(performance, 128), left)).toBeNull();
});
