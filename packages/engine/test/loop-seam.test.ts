import { type AudioEngine, formatPerformance, parsePerformance, renderPerformance } from "flitzis-looper";
import { expect, test } from "vitest";
import { firstBitDifference } from "./bit-difference.ts";
import { offlineEngine } from "./engine-harness.ts";
import { noise, writeWave } from "./fixtures.ts";
import { join } from "./random-performance.ts";

const PEAK = 0.5;

/** Whole periods of a cosine, the second channel a quarter period behind the first. */
interface Loop {
	readonly frames: number;
	readonly sampleRate: number;
	readonly channels: 1 | 2;
	readonly periods: number;
}

/** A loop's value at a time in frames of the recording, in any pass. */
function valueAt({ frames, periods }: Loop, moment: number, channel: number): number {
	return PEAK * Math.cos((2 * Math.PI * periods * moment) / frames - (channel * Math.PI) / 2);
}

function fileOf(loop: Loop): Uint8Array<ArrayBuffer> {
	const { frames, channels, sampleRate } = loop;
	const samples = Float32Array.from({ length: frames * channels }, (_, index) =>
		valueAt(loop, Math.floor(index / channels), index % channels),
	);
	return writeWave(samples, { coding: "f32", sampleRate, channels });
}

/** The largest deviation from the loop's values, in decibels of the peak. */
function errorDecibels(loop: Loop, rate: number, heard: readonly Float32Array[], from: number): number {
	let worst = 0;
	for (let frame = from; frame < heard[0]!.length; frame++) {
		const moment = (frame * loop.sampleRate) / rate;
		for (const [channel, samples] of heard.entries()) {
			const source = loop.channels === 1 ? 0 : channel;
			worst = Math.max(worst, Math.abs(samples[frame]! - valueAt(loop, moment, source)));
		}
	}
	return 20 * Math.log10(worst / PEAK);
}

/** Loads a loop and renders it from the start of its first pass. */
async function renderLoop(
	loop: Loop,
	rate: number,
	frames: number,
	engine?: AudioEngine,
): Promise<readonly Float32Array[]> {
	const playing = engine ?? (await offlineEngine({ sampleRate: rate, loaderThreads: 1 }));
	await playing.loadSample(0, fileOf(loop));
	playing.playSample(0, 1, { loop: true });
	return playing.renderOffline(frames);
}

test.each([
	[44_100, 48_000, [44_100, 441, 147], [441, 40, 0]],
	[48_000, 44_100, [48_000, 480, 160], [1_000, 41, 3]],
	[96_000, 48_000, [9_600, 482, 34, 2], [100, 19, 3, 0]],
	[192_000, 48_000, [19_200, 500, 16, 4], [100, 3, 1, 0]],
	[22_050, 48_000, [22_050, 147], [220, 30]],
	[8_000, 48_000, [8_000, 50, 3, 1], [800, 21, 1, 0]],
	[48_000, 47_999, [48_000], [1_000]],
	[96_000, 47_999, [96_000], [2_001]],
	[48_000, 48_000, [4_800, 3], [100, 1]],
] as const)(
	"loops from %i to %i Hz continue across their seam, mono and stereo",
	async (from, to, lengths, periods) => {
		for (const channels of [1, 2] as const) {
			const engine = await offlineEngine({ sampleRate: to, loaderThreads: 1 });
			for (const [index, frames] of lengths.entries()) {
				const loop = { frames, sampleRate: from, channels, periods: periods[index]! };
				const length = (frames * to) / from;
				expect(Number.isInteger(length)).toBe(true);
				engine.stopAll();
				engine.renderOffline(8_192);
				const heard = await renderLoop(loop, to, 4 * length, engine);
				expect(errorDecibels(loop, to, heard, Math.floor(length / 2))).toBeLessThan(-138);
				expect(engine.sampleInfo(0)!.frames).toBe(length);
			}
		}
	},
);

test.each([
	[44_100, 48_000, 1_000, 211],
	[48_000, 44_100, 1_001, 301],
	[96_000, 48_000, 4_001, 333],
	[192_000, 44_100, 777, 31],
	[44_100, 47_999, 1_234, 200],
	[8_000, 48_001, 101, 3],
] as const)(
	"from %i to %i Hz each of 1,000 passes of %i frames begins between frames where it must",
	async (from, to, frames, periods) => {
		const loop = { frames, sampleRate: from, channels: 1, periods } as const;
		const length = (frames * to) / from;
		const heard = await renderLoop(loop, to, Math.round(1_000 * length) + 100);
		expect(errorDecibels(loop, to, heard, Math.ceil(length))).toBeLessThan(-110);
	},
);

test.each([44_100, 96_000, 48_000])("a loop of %i Hz begins like its one-shot, to the bit", async (sampleRate) => {
	const samples = noise(9_000, 2, { seed: 5 });
	const engine = await offlineEngine();
	const { frames } = await engine.loadSample(0, writeWave(samples, { coding: "f32", sampleRate, channels: 2 }));
	engine.playSample(0, 1);
	const once = engine.renderOffline(frames);
	engine.playSample(0, 1, { loop: true });
	const looped = engine.renderOffline(2 * frames);
	// The filter spans 121 frames of the lower rate.
	const untilTail = frames - (sampleRate === 48_000 ? 0 : 140);
	for (const channel of [0, 1]) {
		const [shot, loop] = [once[channel]!, looped[channel]!];
		expect(firstBitDifference(loop.subarray(0, untilTail), shot.subarray(0, untilTail))).toBeNull();
		const isPlain = firstBitDifference(loop.subarray(frames), shot) === null;
		expect(isPlain).toBe(sampleRate === 48_000);
	}
});

test.each([1, 100, 2_048])(
	"a loop that is stolen and stopped across its seam is the same in blocks of %i",
	async (blockFrames) => {
		const file = writeWave(noise(1_001, 2, { seed: 6 }), { coding: "f32", sampleRate: 44_100, channels: 2 });
		const render = async (block: number): Promise<readonly Float32Array[]> => {
			const engine = await offlineEngine({ blockFrames: block, voices: 2 });
			await engine.loadSample(0, file);
			for (const frame of [0, 1_085, 2_170, 3_600]) engine.playSample(0, 0.5, { loop: true, atFrame: frame });
			engine.stopSample(0, { atFrame: 6_530 });
			return engine.renderOffline(7_000);
		};
		const [usual, other] = [await render(128), await render(blockFrames)];
		for (const channel of [0, 1]) expect(firstBitDifference(other[channel]!, usual[channel]!)).toBeNull();
	},
);

test("a stopped loop fades across its seam through its following frames", async () => {
	const loop = { frames: 1_000, sampleRate: 44_100, channels: 2, periods: 50 } as const;
	const stop = Math.round((3_000 * 48_000) / 44_100) - 100;
	const engine = await offlineEngine();
	await renderLoop(loop, 48_000, stop, engine);
	engine.stopSample(0);
	const faded = engine.renderOffline(240);
	const whole = await renderLoop(loop, 48_000, stop + 240);
	for (const [channel, samples] of faded.entries()) {
		const expected = whole[channel]!.subarray(stop).map((value, frame) =>
			Math.fround(value * Math.fround((240 - frame) / 240)),
		);
		expect(firstBitDifference(samples, expected)).toBeNull();
	}
});

test("a loop continues across its own seam after its slot is reloaded and emptied", async () => {
	const loop = { frames: 1_000, sampleRate: 44_100, channels: 1, periods: 50 } as const;
	const engine = await offlineEngine();
	await renderLoop(loop, 48_000, 3_000, engine);
	await engine.loadSample(0, writeWave(noise(500, 2, { seed: 1 }), { coding: "f32", sampleRate: 32_000, channels: 2 }));
	const [left] = engine.renderOffline(5_000);
	const whole = await renderLoop(loop, 48_000, 8_000);
	expect(firstBitDifference(left, whole[0]!.subarray(3_000))).toBeNull();
	engine.unloadSample(0);
	engine.renderOffline(1_000);
	expect(engine.stats().pcmBytes).toBe(0);
});

test("a performance begun in a late pass of a loop of fractional length is rendered to the bit", async () => {
	const file = writeWave(noise(997, 2, { seed: 8 }), { coding: "f32", sampleRate: 44_100, channels: 2 });
	for (const before of [500, 1_085, 20_000, 108_520]) {
		const engine = await offlineEngine();
		await engine.loadSample(0, new File([file], "loop.wav"));
		engine.playSample(0, 0.7, { loop: true });
		engine.renderOffline(before);
		engine.performance.start();
		const live = engine.renderOffline(30_000);
		const performance = await engine.performance.stop();
		const pieces: [Float32Array, Float32Array][] = [];
		const read = parsePerformance(formatPerformance(performance));
		expect(read).toEqual(performance);
		for await (const piece of renderPerformance(read, () => file, { blockFrames: 100 })) pieces.push(piece);
		for (const channel of [0, 1] as const) {
			expect(firstBitDifference(join(pieces, channel), live[channel])).toBeNull();
		}
	}
});

test("samples of the same content share their edges, and the budget counts them", async () => {
	const loop = { frames: 2_000, sampleRate: 44_100, channels: 2, periods: 99 } as const;
	const engine = await offlineEngine();
	await engine.loadSample(0, fileOf(loop));
	const { pcmBytes } = engine.stats();
	expect(pcmBytes).toBeGreaterThan((engine.sampleInfo(0)!.frames + 2 * 130) * 8);
	await engine.loadSample(7, fileOf(loop));
	expect(engine.stats().pcmBytes).toBe(pcmBytes);
	engine.playSample(7, 1, { loop: true });
	const heard = engine.renderOffline(9_000);
	expect(errorDecibels(loop, 48_000, heard, 1_000)).toBeLessThan(-110);
});
