import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { chords, drumBeat, noise } from "./analysis-sounds.ts";
import { offlineEngine, SAMPLE_RATE } from "./engine-harness.ts";

/** What ffmpeg's meter of EBU R 128 says, to a tenth. */
function measured(samples: Float32Array): { lufs: number; truePeakDecibels: number } {
	const args = ["-nostats", "-f", "f32le", "-ar", String(SAMPLE_RATE), "-ac", "1", "-i", "-"];
	// Of two equal channels, as ffmpeg makes them of one, each counts.
	const graph = ["-filter_complex", "pan=stereo|c0=c0|c1=c0,ebur128=peak=true", "-f", "null", "-"];
	const input = new Uint8Array(samples.buffer);
	const { stderr } = spawnSync("ffmpeg", [...args, ...graph], { input, encoding: "utf8" });
	const last = (pattern: RegExp): number => Number([...stderr.matchAll(pattern)].at(-1)?.[1] ?? Number.NaN);
	return { lufs: last(/I:\s+(-?[\d.]+) LUFS/g), truePeakDecibels: last(/Peak:\s+(-?[\d.]+) dBFS/g) };
}

const beat = drumBeat({ bpm: 125, beats: 16, sampleRate: SAMPLE_RATE }).samples;
const triads = [
	[48, 60, 64, 67],
	[53, 60, 65, 69],
	[55, 59, 62, 67],
	[48, 60, 64, 67],
];

test.each([
	["a beat that begins at once", beat],
	["chords", chords(triads, 0, SAMPLE_RATE).samples],
	["noise up to half the rate", noise(6 * SAMPLE_RATE).map((sample) => sample / 4)],
	["clicks", Float32Array.from({ length: SAMPLE_RATE }, (_, frame) => (frame % 4_801 === 0 ? 0.5 : 0))],
	["something quiet behind something loud", Float32Array.from([...beat, ...beat.map((sample) => sample / 200)])],
])("the loudness of %s is that of ffmpeg within 0.1 LU, its true peak within 0.1 dB", async (_name, samples) => {
	const engine = await offlineEngine();
	await engine.loadSample(0, { channels: [samples, samples], sampleRate: SAMPLE_RATE });
	const { loudness } = await engine.pad(0).analyze();
	const expected = measured(samples);
	expect(Math.abs((loudness.lufs ?? Number.NaN) - expected.lufs)).toBeLessThanOrEqual(0.1);
	expect(Math.abs((loudness.truePeakDecibels ?? Number.NaN) - expected.truePeakDecibels)).toBeLessThanOrEqual(0.1);
});
