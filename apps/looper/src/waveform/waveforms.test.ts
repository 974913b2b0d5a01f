import { AudioEngine, encodeWav } from "flitzis-looper";
import { beforeEach, expect, test } from "vitest";
import { createColumns } from "./wave-columns.ts";
import { Waveforms } from "./waveforms.ts";

const sampleRate = 48_000;
const frames = 100_000;
const ramp = Float32Array.from({ length: frames }, (_, frame) => frame / frames);

const engine = new AudioEngine({ output: "offline", sampleRate, loaderThreads: 1 });
let waveforms = new Waveforms(engine);
let told: number[] = [];
await engine.run();

async function load(pad: number, samples: Float32Array): Promise<void> {
	await engine.loadSample(pad, encodeWav([samples], { sampleRate }));
}

/** Waits for so many readings. */
async function untilTold(count: number): Promise<void> {
	while (told.length < count) await new Promise<void>((resolve) => setTimeout(resolve, 1));
}

beforeEach(() => {
	waveforms = new Waveforms(engine);
	told = [];
	waveforms.changes.add((pad) => told.push(pad));
	for (const pad of [0, 1]) engine.unloadSample(pad);
});

test("a pad's peaks are those of its sample, the same ones until it holds another", async () => {
	expect(waveforms.of(0)).toBeNull();
	await load(0, ramp);
	const peaks = waveforms.of(0)!;
	expect([peaks.frames, waveforms.of(0)]).toEqual([frames, peaks]);
	const columns = createColumns(2);
	peaks.readColumns({ startFrame: 0, framesPerColumn: 65_536 }, columns);
	expect([...columns.highs]).toEqual([ramp[65_535], ramp[frames - 1]]);
	await load(0, ramp.slice(1));
	expect(waveforms.of(0)).not.toBe(peaks);
	expect(waveforms.of(0)?.frames).toBe(frames - 1);
});

test("samples come when they are wanted, with some on either side", async () => {
	await load(0, ramp);
	expect(waveforms.samplesAt(0, 10_000, 1_000)).toBeNull();
	await untilTold(1);
	const read = waveforms.samplesAt(0, 10_000, 1_000)!;
	expect([read.firstFrame, read.channels.map(({ length }) => length)]).toEqual([9_500, [2_000]]);
	expect(read.channels[0]).toEqual(ramp.slice(9_500, 11_500));
	expect([waveforms.samplesAt(0, 10_400, 1_000), told]).toEqual([read, [0]]);
});

test("at the ends of the sample there are no more to come", async () => {
	await load(0, ramp);
	waveforms.samplesAt(0, 0, 2 * frames);
	await untilTold(1);
	expect(waveforms.samplesAt(0, 0, 2 * frames)?.channels).toEqual([ramp]);
	expect(waveforms.samplesAt(0, frames - 10, 1_000)).not.toBeNull();
});

test("of what is wanted during a reading only the last is read", async () => {
	await load(0, ramp);
	await load(1, ramp.slice(0, 50_000));
	for (const first of [0, 20_000, 40_000, 60_000]) waveforms.samplesAt(0, first, 10);
	waveforms.samplesAt(1, 40_000, 10);
	await untilTold(2);
	expect(told).toEqual([0, 1]);
	expect(waveforms.samplesAt(1, 40_000, 10)?.channels[0]).toEqual(ramp.slice(39_995, 40_015));
});

test("another sample's frames are not taken for those of the new one", async () => {
	await load(0, ramp);
	expect((await waveforms.read(0, 0, 4))?.channels[0]).toEqual(ramp.slice(0, 4));
	waveforms.samplesAt(0, 0, 100);
	await untilTold(1);
	await load(0, ramp.slice(500));
	expect(waveforms.samplesAt(0, 0, 100)).toBeNull();
	expect((await waveforms.read(0, 0, 2))?.channels[0]).toEqual(ramp.slice(500, 502));
	engine.unloadSample(0);
	expect(await waveforms.read(0, 0, 2)).toBeNull();
});
