import {
	type AudioEngine,
	formatPerformance,
	parsePerformance,
	renderPerformance,
	type Slice,
	type SliceOptions,
} from "flitzis-looper";
import { expect, test } from "vitest";
import { drumBeat } from "./analysis-sounds.ts";
import { firstBitDifference } from "./bit-difference.ts";
import { offlineEngine, SAMPLE_RATE, turnsUntil } from "./engine-harness.ts";
import { writeWave } from "./fixtures.ts";
import { join } from "./random-performance.ts";

const BPM = 120;
const BEATS = 8;
const FRAMES = (BEATS * 60 * SAMPLE_RATE) / BPM;
/** Beats and the hats between them. */
const HITS = Array.from({ length: 2 * BEATS }, (_, half) => (half * 30) / BPM);

function beatFile(sampleRate: number = SAMPLE_RATE): Uint8Array<ArrayBuffer> {
	const { samples } = drumBeat({ bpm: BPM, beats: BEATS, sampleRate });
	return writeWave(samples, { coding: "f32", sampleRate, channels: 1 });
}

async function loaded(file: Uint8Array<ArrayBuffer> = beatFile()): Promise<AudioEngine> {
	const engine = await offlineEngine();
	await engine.loadSample(0, file);
	engine.pad(0).set({ loop: true, sync: "slices", lengthBeats: BEATS });
	return engine;
}

/** Slices of the right shape, anywhere. */
function slicesAt(onsets: readonly number[]): Slice[] {
	return onsets.map((onsetFrame) => ({ startFrame: onsetFrame - 100, onsetFrame, tail: null }));
}

test("a drum loop is cut at its hits, and plays at another tempo with every attack on its frame", async () => {
	const engine = await loaded();
	const pad = engine.pad(0);
	const slices = await pad.slice();
	expect(slices).toHaveLength(HITS.length);
	for (const [index, { startFrame, onsetFrame, tail }] of slices.entries()) {
		expect(Math.abs(onsetFrame - HITS[index]! * SAMPLE_RATE)).toBeLessThanOrEqual(SAMPLE_RATE / 1000);
		expect(onsetFrame - startFrame).toBeGreaterThanOrEqual(48);
		expect(onsetFrame - startFrame).toBeLessThanOrEqual(240);
		if (tail === null) continue;
		expect(tail.decay).toBeLessThan(1);
		expect(tail.startFrame).toBeGreaterThanOrEqual(onsetFrame + 720);
	}
	expect(pad.slices).toBe(slices);
	for (const part of [slices, ...slices, ...slices.map((slice) => slice.tail)]) expect(part).toSatisfy(Object.isFrozen);
	engine.transport.tempo = 90;
	pad.press(1);
	const [heard] = engine.renderOffline(2 * FRAMES);
	const { samples } = drumBeat({ bpm: BPM, beats: BEATS, sampleRate: SAMPLE_RATE });
	for (const { onsetFrame } of slices) {
		const frame = Math.round((onsetFrame * BPM) / 90);
		expect(
			firstBitDifference(heard.subarray(frame, frame + 480), samples.slice(onsetFrame, onsetFrame + 480)),
		).toBeNull();
	}
});

test("at its own tempo a sliced loop is the file, in every round", async () => {
	const engine = await loaded();
	await engine.pad(0).slice();
	engine.pad(0).press(1);
	const [heard] = engine.renderOffline(2 * FRAMES);
	const { samples } = drumBeat({ bpm: BPM, beats: BEATS, sampleRate: SAMPLE_RATE });
	expect(firstBitDifference(heard.subarray(0, FRAMES), samples)).toBeNull();
	expect(firstBitDifference(heard.subarray(FRAMES), samples)).toBeNull();
});

test("slices of a resampled file count in its own frames", async () => {
	const engine = await loaded(beatFile(44_100));
	for (const [index, { onsetFrame }] of (await engine.pad(0).slice()).entries()) {
		expect(Math.abs(onsetFrame - HITS[index]! * 44_100)).toBeLessThanOrEqual(220);
	}
});

test("onsets by hand, a higher sensitivity and cut tails", async () => {
	const engine = await loaded();
	const pad = engine.pad(0);
	const cut = await pad.slice({ onsetsSec: [0, 0.5, 2], tail: "cut" });
	expect(cut.map(({ onsetFrame, tail }) => [onsetFrame, tail])).toEqual([
		[0, null],
		[24_000, null],
		[96_000, null],
	]);
	const strong = await pad.slice({ sensitivity: 0 });
	const all = await pad.slice({ sensitivity: 1 });
	expect(strong.length).toBeLessThanOrEqual(HITS.length);
	expect(all.length).toBeGreaterThanOrEqual(HITS.length);
	expect(await pad.slice({ onsetsSec: [] })).toEqual([]);
	expect(pad.slices).toEqual([]);
});

test("slices are set again as they were read, and go with their sample", async () => {
	const engine = await loaded();
	const pad = engine.pad(0);
	const slices = await pad.slice();
	engine.transport.tempo = 77;
	pad.press(1);
	const [before] = engine.renderOffline(FRAMES);
	await engine.loadSample(0, beatFile());
	expect(pad.slices).toEqual([]);
	engine.stopAll();
	engine.renderOffline(4_800);
	await pad.setSlices(JSON.parse(JSON.stringify(slices)));
	expect(pad.slices).toEqual(slices);
	pad.press(1);
	expect(firstBitDifference(engine.renderOffline(FRAMES)[0], before)).toBeNull();
	engine.unloadSample(0);
	expect(pad.slices).toEqual([]);
});

test("slices that are set before the engine runs are there when it does", async () => {
	const engine = await loaded();
	const slices = slicesAt([0, 30_000, 70_000]);
	await engine.pad(0).setSlices(slices);
	engine.transport.tempo = 90;
	engine.pad(0).press(1);
	const [heard] = engine.renderOffline(FRAMES);
	const early = await offlineEngineBeforeRun(slices);
	early.pad(0).press(1);
	expect(firstBitDifference(early.renderOffline(FRAMES)[0], heard)).toBeNull();
});

async function offlineEngineBeforeRun(slices: readonly Slice[]): Promise<AudioEngine> {
	const { AudioEngine } = await import("flitzis-looper");
	const engine = new AudioEngine({ output: "offline", sampleRate: SAMPLE_RATE });
	await engine.loadSample(0, beatFile());
	engine.pad(0).set({ loop: true, sync: "slices", lengthBeats: BEATS });
	await engine.pad(0).setSlices(slices);
	engine.transport.tempo = 90;
	await engine.run();
	return engine;
}

test("a performance with slices, set before it and within it, is rendered to the bit", async () => {
	const engine = await loaded();
	const pad = engine.pad(0);
	await pad.slice();
	engine.transport.tempo = 96;
	// A silence that the performance begins with.
	engine.renderOffline(4_800);
	engine.performance.start();
	pad.press(1);
	const heard = [engine.renderOffline(50_000)];
	await pad.setSlices(slicesAt([0, 20_000, 50_000.3]));
	heard.push(engine.renderOffline(30_000));
	engine.transport.tempo = 140;
	heard.push(engine.renderOffline(60_000));
	await pad.setSlices([]);
	heard.push(engine.renderOffline(20_000));
	const performance = await engine.performance.stop();
	expect(performance.start.slices?.[0]?.slices).toHaveLength(HITS.length);
	const text = formatPerformance(performance);
	expect(parsePerformance(text)).toEqual(performance);
	for (const blockFrames of [1, 128, 2048]) {
		const pieces: [Float32Array, Float32Array][] = [];
		for await (const piece of renderPerformance(parsePerformance(text), () => beatFile(), { blockFrames }))
			pieces.push(piece);
		expect(firstBitDifference(join(pieces, 0), join(heard, 0))).toBeNull();
	}
});

test("the latest call counts, and another sample ends what is looked for", async () => {
	const engine = await loaded();
	const pad = engine.pad(0);
	const finding = pad.slice();
	const own = slicesAt([0, 1_000]);
	await pad.setSlices(own);
	await expect(finding).rejects.toMatchObject({ code: "cancelled" });
	expect(pad.slices).toEqual(own);
	const again = pad.slice();
	await engine.loadSample(0, beatFile());
	await expect(again).rejects.toMatchObject({ code: "cancelled", message: expect.stringMatching(/Slice it again/) });
	expect(pad.slices).toEqual([]);
});

test("a wrong call ends no other one", async () => {
	const engine = await loaded();
	const pad = engine.pad(0);
	for (const wrongly of [() => pad.slice({ sensitivity: 7 }), () => pad.setSlices(slicesAt([FRAMES]))]) {
		const finding = pad.slice();
		await expect(wrongly()).rejects.toThrow(RangeError);
		expect(await finding).toHaveLength(HITS.length);
		const own = slicesAt([0, 1_000]);
		const setting = pad.setSlices(own);
		await expect(wrongly()).rejects.toThrow(RangeError);
		await setting;
		expect(pad.slices).toEqual(own);
	}
});

test("lists with holes, and frames that are rounded out of the sample, are refused", async () => {
	const engine = await loaded();
	const pad = engine.pad(0);
	const [first, last] = slicesAt([0, FRAMES - 1]);
	const empty = Object.assign<Slice[], { length: number }>([], { length: 3 });
	const holed = Object.assign<Slice[], object>([], { 0: first, 2: last });
	for (const list of [empty, holed]) await expect(pad.setSlices(list)).rejects.toThrow(/slices\[\d\] must be/);
	await expect(pad.slice({ onsetsSec: Object.assign<number[], object>([], { length: 3 }) })).rejects.toThrow(
		/onsetsSec\[0\] must be a number/,
	);
	await expect(pad.setSlices(slicesAt([FRAMES - 0.001]))).rejects.toThrow(/onsetFrame must be less than 192000/);
	await pad.setSlices(slicesAt([FRAMES - 0.003]));
	await pad.setSlices(JSON.parse(JSON.stringify(pad.slices)));
	expect(pad.slices[0]?.onsetFrame).toBe(FRAMES - 1 / 256);
});

test("many pads are cut one after the other, and their memory is free afterwards", async () => {
	const engine = await offlineEngine();
	for (let id = 0; id < 4; id++) await engine.loadSample(id, beatFile());
	const found = await Promise.all([0, 1, 2, 3].map((id) => engine.pad(id).slice()));
	for (const slices of found) expect(slices).toEqual(found[0]);
	for (let id = 0; id < 4; id++) engine.unloadSample(id);
	engine.renderOffline(128);
	await turnsUntil(() => engine.stats().pcmBytes === 0);
});

test("an empty pad, a sample that is too long, and an engine that is closed are refused", async () => {
	const engine = await offlineEngine();
	await expect(engine.pad(0).slice()).rejects.toMatchObject({ code: "empty-pad" });
	await expect(engine.pad(0).setSlices([])).rejects.toMatchObject({ code: "empty-pad" });
	const samples = new Float32Array(61 * 8_000);
	await engine.loadSample(1, writeWave(samples, { coding: "s16", sampleRate: 8_000, channels: 1 }));
	await expect(engine.pad(1).slice()).rejects.toThrow(/has 61 s\. Slice one of 60 s at most/);
	const longer = writeWave(new Float32Array(60 * SAMPLE_RATE + 5), {
		coding: "s16",
		sampleRate: SAMPLE_RATE,
		channels: 1,
	});
	await engine.loadSample(1, longer);
	await expect(engine.pad(1).slice()).rejects.toThrow(/has 60\.000104 s\./);
	await engine.loadSample(0, beatFile());
	const finding = engine.pad(0).slice();
	const closing = engine.shutDown();
	await expect(finding).rejects.toMatchObject({ code: expect.stringMatching(/closed|cancelled/) });
	await closing;
	await expect(engine.pad(0).slice()).rejects.toMatchObject({ code: "closed" });
	await expect(engine.pad(0).setSlices([])).rejects.toMatchObject({ code: "closed" });
});

const brokenThread = new URL("./threads/crashing-analysis.node.mjs", import.meta.url);

test("a thread that crashes ends the search, and the pad plays", async () => {
	const engine = await offlineEngine({ assets: { analysisThread: brokenThread } });
	await engine.loadSample(0, beatFile());
	await expect(engine.pad(0).slice()).rejects.toMatchObject({
		code: "worker-crashed",
		message: expect.stringMatching(/could not be analysed.*plays nevertheless/),
	});
	engine.playSample(0, 1);
	expect(engine.renderOffline(4_800)[0].some((sample) => Math.abs(sample) > 0.1)).toBe(true);
});

const tail = { startFrame: 2_000, periodFrames: 900, decay: 0.5, isCorrelated: true };
const wrong: [string, unknown, RegExp][] = [
	["no list", {}, /slices must be a list of slices, not an object/],
	["129 slices", slicesAt(Array.from({ length: 129 }, (_, index) => 10 * index)), /a list of slices, 128 at most/],
	["a number", [5], /slices\[0\] must be an object, not 5/],
	["a text for a frame", [{ startFrame: 0, onsetFrame: "0", tail: null }], /slices\[0\]\.onsetFrame must be a number/],
	["NaN", slicesAt([Number.NaN]), /slices\[0\]\.onsetFrame/],
	["a frame behind the sample", slicesAt([FRAMES]), /slices\[0\]\.onsetFrame must be less than 192000/],
	["a descending list", slicesAt([0, 500, 400]), /slices\[2\]\.onsetFrame must be a number from 501/],
	["a start behind its onset", [{ startFrame: 1, onsetFrame: 0, tail: null }], /slices\[0\]\.startFrame/],
	["an early start", [{ startFrame: -65_537, onsetFrame: 0, tail: null }], /slices\[0\]\.startFrame/],
	["no tail", [{ startFrame: 0, onsetFrame: 0 }], /slices\[0\]\.tail must be an object, not undefined/],
	...[
		{ ...tail, startFrame: -1 },
		{ ...tail, periodFrames: -1 },
		{ ...tail, periodFrames: Number.POSITIVE_INFINITY },
		{ ...tail, decay: 1.1 },
		{ ...tail, isCorrelated: 1 },
	].map((other): [string, unknown, RegExp] => {
		const [name] = Object.entries(other).find(([key, value]) => value !== tail[key as keyof typeof tail])!;
		return [
			`a wrong ${name}`,
			[{ startFrame: 0, onsetFrame: 0, tail: other }],
			new RegExp(`slices\\[0\\]\\.tail\\.${name}`),
		];
	}),
];

test.each(wrong)("%s is refused, and nothing changes", async (_, slices, message) => {
	const engine = await loaded();
	await engine.pad(0).setSlices(slicesAt([0, 10]));
	await expect(engine.pad(0).setSlices(slices as Slice[])).rejects.toThrow(message);
	expect(engine.pad(0).slices).toHaveLength(2);
});

test.each([
	[{ onsets: [] }, /no option onsets.*onsetsSec/],
	[{ onsetsSec: 5 }, /onsetsSec must be a list of seconds/],
	[{ onsetsSec: [0, 0] }, /onsetsSec\[1\] must be a number above 0/],
	[{ onsetsSec: [4] }, /onsetsSec\[0\] must be a number from 0 and below 4, not 4/],
	[{ sensitivity: 2 }, /sensitivity must be a number from 0 to 1/],
	[{ tail: "long" }, /tail must be one of "loop", "cut"/],
])("options %j are refused", async (options, message) => {
	const engine = await loaded();
	await expect(engine.pad(0).slice(options as SliceOptions)).rejects.toThrow(message);
});
