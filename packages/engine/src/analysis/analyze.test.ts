import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { chords, drumBeat, hit, mix, noise, type TestSound } from "../../test/analysis-sounds.ts";
import type { SampleAnalysis } from "../protocol/sample-analysis.ts";
import { Resampler } from "../resample/resampler.ts";
import { type AnalysisTools, analyze } from "./analyze.ts";
import { ANALYSIS_RATE } from "./onset-strength.ts";

const loader = new WebAssembly.Module(readFileSync(new URL("../../dist/loader.wasm", import.meta.url)));

/** @param channels - the samples are on each of them */
async function analysisOf(
	{ samples, sampleRate }: TestSound,
	tools: Partial<AnalysisTools> = {},
	channels: 1 | 2 = 1,
): Promise<SampleAnalysis> {
	const interleaved =
		channels === 1 ? samples : Float32Array.from({ length: 2 * samples.length }, (_, n) => samples[n >> 1]!);
	const recording = {
		sampleRate,
		channels,
		frames: samples.length,
		peak: samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0),
		read: (first: number, frames: number) =>
			Promise.resolve(interleaved.slice(first * channels, (first + frames) * channels)),
	};
	return await analyze(recording, {
		range: { from: 88, to: 175 },
		stated: { bpm: null, beats: null },
		loaderModule: loader,
		reducer: (inputRate) =>
			inputRate === ANALYSIS_RATE ? null : new Resampler(loader, { inputRate, outputRate: ANALYSIS_RATE, channels: 1 }),
		pause: () => Promise.resolve(),
		...tools,
	});
}

test.each([90.5, 120, 133.33, 174])(
	"a loop of %d beats per minute is a whole number of beats, the first at its start",
	async (bpm) => {
		const { tempo, beats } = await analysisOf(drumBeat({ bpm, beats: 16 }));
		expect(tempo).toMatchObject({ origin: "detected", isConstant: true });
		// The loop's length is rounded to a frame.
		expect(tempo?.bpm).toBeCloseTo(bpm, 2);
		expect(beats).toMatchObject({ firstBeatSec: 0, firstDownbeatSec: 0, beatsPerBar: 4, lengthBeats: 16 });
	},
);

test.each([0.31, 1.234, 2.5])("the beats of a track that begins after %d s are found within 4 ms", async (startSec) => {
	const { tempo, beats } = await analysisOf(drumBeat({ bpm: 123.4, beats: 120, startSec, tailSec: 1.7 }));
	expect(Math.abs((tempo?.bpm ?? 0) / 123.4 - 1)).toBeLessThan(0.000_05);
	expect(beats?.lengthBeats).toBeNull();
	const period = 60 / 123.4;
	const offset = (startSec - (beats?.firstBeatSec ?? 0)) / period;
	expect(Math.abs(offset - Math.round(offset)) * period).toBeLessThan(0.004);
});

test.each([
	[96, 24, 128, 32],
	[120, 32, 90, 32],
	[100, 32, 140, 32],
	[120, 60, 150, 60],
])("%d beats per minute for %d beats, then %d for %d, are neither constant nor a loop", async (...tempos) => {
	const [one, ones, other, others] = tempos;
	const parts = [drumBeat({ bpm: one, beats: ones }), drumBeat({ bpm: other, beats: others })];
	const samples = Float32Array.from(parts.flatMap((part) => [...part.samples]));
	const { tempo, beats } = await analysisOf({ samples, sampleRate: 48_000 });
	expect([tempo?.isConstant, beats?.lengthBeats]).toEqual([false, null]);
});

test("bars begin where the harmony of a whole bar changes, though the bass is alone there", async () => {
	const bars = [48, 53, 55, 45, 50, 43, 48, 41, 46, 53, 48, 55, 45, 52, 50, 43];
	// The music begins two beats before the first bar.
	const beats = [...Array.from({ length: 2 }, () => [60, 64, 67]), ...bars.flatMap(barOn)];
	// No whole number of beats, which would be a loop.
	const samples = new Float32Array((beats.length + 0.4) * 22_050);
	for (const [beat, notes] of beats.entries()) mix(samples, stab(notes), beat * 22_050);
	const { tempo, beats: found } = await analysisOf({ samples, sampleRate: 44_100 });
	expect(tempo?.bpm).toBeCloseTo(120, 1);
	const offset = ((found?.firstDownbeatSec ?? 0) - 1) / 2;
	expect([found?.beatsPerBar, Math.abs(offset - Math.round(offset)) < 0.02]).toEqual([4, true]);
});

/** A bass note, then three chords on it. */
function barOn(bass: number): number[][] {
	const chord = [bass + 12, bass + 16, bass + 19];
	return [[bass], chord, chord, chord];
}

/** Half a second of notes that begin at once and die away. */
function stab(notes: readonly number[]): Float32Array {
	return Float32Array.from({ length: 20_000 }, (_, n) => {
		const sum = notes.reduce(
			(total, note) => total + Math.sin((2 * Math.PI * 440 * 2 ** ((note - 69) / 12) * n) / 44_100),
			0,
		);
		return 0.2 * sum * Math.exp(-n / 6_000);
	});
}

test("beats are where the music begins, though what is between them is louder", async () => {
	const samples = new Float32Array(64 * 22_050);
	const hat = hit(44_100, "snare");
	for (let half = 0; half < 128; half++)
		mix(samples, half % 2 === 0 ? hat.map((sample) => sample / 1.1) : hat, half * 11_025);
	const { beats } = await analysisOf(
		{ samples: samples.subarray(0, 63.4 * 22_050), sampleRate: 44_100 },
		{ range: { from: 88, to: 175 } },
	);
	const offset = (beats?.firstBeatSec ?? 0.25) / 0.5;
	expect(Math.abs(offset - Math.round(offset))).toBeLessThan(0.05);
});

test("the alternatives are what the tempo is most easily taken for", async () => {
	const { tempo } = await analysisOf(drumBeat({ bpm: 120, beats: 16 }));
	expect(tempo?.alternatives).toEqual([240, 60, 180, 80, 160, 90]);
});

test("a tempo outside of the range is doubled or halved into it", async () => {
	const slow = await analysisOf(drumBeat({ bpm: 70, beats: 32, tailSec: 1 }));
	expect(slow.tempo?.bpm).toBeCloseTo(140, 1);
	const asItIs = await analysisOf(drumBeat({ bpm: 70, beats: 32, tailSec: 1 }), { range: { from: 50, to: 100 } });
	expect(asItIs.tempo?.bpm).toBeCloseTo(70, 1);
});

test("what the file says comes before what is found", async () => {
	const loop = drumBeat({ bpm: 120, beats: 16 });
	const byBeats = await analysisOf(loop, { stated: { bpm: null, beats: 8 } });
	expect(byBeats).toMatchObject({ tempo: { bpm: 60, origin: "file", confidence: 1 }, beats: { lengthBeats: 8 } });
	// Files mostly say whole numbers.
	const track = drumBeat({ bpm: 119.8, beats: 100, startSec: 0.4, tailSec: 1 });
	const byTag = await analysisOf(track, { stated: { bpm: 120, beats: null } });
	expect(byTag.tempo?.origin).toBe("file");
	expect(byTag.tempo?.bpm).toBeCloseTo(119.8, 2);
	const wrong = await analysisOf(track, { stated: { bpm: 97, beats: null } });
	expect(Math.abs((wrong.tempo?.bpm ?? 0) - 97)).toBeLessThan(1);
});

test("a tempo that moves is told", async () => {
	const slow = drumBeat({ bpm: 110, beats: 64 }).samples;
	const fast = drumBeat({ bpm: 118, beats: 64 }).samples;
	const samples = new Float32Array(slow.length + fast.length + 5_000);
	samples.set(slow);
	samples.set(fast, slow.length);
	const { tempo } = await analysisOf({ samples, sampleRate: 44_100 });
	expect(tempo?.isConstant).toBe(false);
});

test.each([
	[
		"C",
		"major",
		[
			[48, 60, 64, 67],
			[53, 60, 65, 69],
			[55, 59, 62, 67],
			[48, 60, 64, 67],
		],
		0,
	],
	[
		"A",
		"minor",
		[
			[45, 57, 60, 64],
			[50, 57, 62, 65],
			[52, 56, 59, 64],
			[45, 57, 60, 64],
		],
		20,
	],
	[
		"F#",
		"major",
		[
			[54, 66, 70, 73],
			[59, 66, 71, 75],
			[61, 65, 68, 73],
			[54, 66, 70, 73],
		],
		-15,
	],
] as const)("the key of chords in %s %s is found, and how they are tuned", async (tonic, mode, notes, cents) => {
	const { key } = await analysisOf(chords([...notes, ...notes], cents));
	expect(key).toMatchObject({ tonic, mode });
	expect(Math.abs((key?.tuningCents ?? 99) - cents)).toBeLessThan(3);
});

test("a sine of full scale has -3.01 LUFS, and twice that on two channels", async () => {
	const samples = Float32Array.from({ length: 48_000 * 5 }, (_, n) => Math.sin((2 * Math.PI * 997 * n) / 48_000));
	const { loudness } = await analysisOf({ samples, sampleRate: 48_000 });
	expect(loudness.lufs).toBeCloseTo(-3.01, 1);
	expect(loudness.truePeakDecibels).toBeCloseTo(0, 1);
	const stereo = await analysisOf({ samples, sampleRate: 48_000 }, {}, 2);
	expect(stereo.loudness.lufs).toBeCloseTo(0, 1);
});

test("floats of any size have a loudness", async () => {
	const samples = Float32Array.from({ length: 48_000 }, (_, n) => 1e30 * Math.sin(n / 8));
	const { loudness } = await analysisOf({ samples, sampleRate: 48_000 });
	expect(Number.isFinite(loudness.lufs)).toBe(true);
});

test("a peak between samples is found", async () => {
	// Its samples lie 45 degrees beside the peaks; what begins at once would have another one.
	const fade = (n: number): number => Math.min(n / 5_000, (48_000 - n) / 5_000, 1);
	const samples = Float32Array.from(
		{ length: 48_000 },
		(_, n) => 0.5 * fade(n) * Math.sin((Math.PI * n) / 2 + Math.PI / 4),
	);
	const { loudness } = await analysisOf({ samples, sampleRate: 48_000 });
	expect(Math.abs((loudness.truePeakDecibels ?? 0) - 20 * Math.log10(0.5))).toBeLessThan(0.1);
});

test.each([
	["silence", new Float32Array(48_000 * 3)],
	["one sample", Float32Array.of(0.5)],
	["two samples", new Float32Array(2)],
	["direct current", new Float32Array(48_000 * 3).fill(0.5)],
	["noise", noise(48_000 * 20)],
] as const)("%s has no tempo", async (_name, samples) => {
	const { tempo, beats } = await analysisOf({ samples, sampleRate: 48_000 });
	expect([tempo, beats]).toEqual([null, null]);
});

test.each([
	["silence", new Float32Array(48_000 * 3)],
	["one sample", Float32Array.of(0.5)],
	["direct current", new Float32Array(48_000 * 3).fill(0.5)],
] as const)("%s has no key", async (_name, samples) => {
	expect((await analysisOf({ samples, sampleRate: 48_000 })).key).toBeNull();
});

test("one hit has no tempo, but an onset", async () => {
	const { samples, sampleRate } = drumBeat({ bpm: 60, beats: 1 });
	const { tempo, onsetsSec } = await analysisOf({ samples: samples.subarray(0, 20_000), sampleRate });
	expect([tempo, onsetsSec.length]).toEqual([null, 1]);
});

test.each([8_000, 22_050, 192_000])("a recording of %d Hz is analysed like any other", async (sampleRate) => {
	const { tempo } = await analysisOf(drumBeat({ bpm: 125, beats: 16, sampleRate }));
	expect(tempo?.bpm).toBeCloseTo(125, 2);
});

test("an analysis ends with what pause throws, and its progress never falls", async () => {
	const reached: number[] = [];
	const sound = drumBeat({ bpm: 125, beats: 16 });
	await analysisOf(sound, {
		pause: (_stage, done) => {
			reached.push(done);
			return Promise.resolve();
		},
	});
	expect(reached).toEqual(reached.toSorted((one, other) => one - other));
	expect(reached.length).toBeGreaterThan(10);
	const pause = (): Promise<void> => Promise.reject(new Error("enough"));
	await expect(analysisOf(sound, { pause })).rejects.toThrow("enough");
});
