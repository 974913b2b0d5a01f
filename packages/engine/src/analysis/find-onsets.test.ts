import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { chords, drumBeat, hit, mix, noise } from "../../test/analysis-sounds.ts";
import { findOnsets } from "./find-onsets.ts";
import { splitOf } from "./signal-split.ts";

const RATE = 48_000;
const loader = new WebAssembly.Module(readFileSync(new URL("../../dist/loader.wasm", import.meta.url)));

function onsetsOf(samples: Float32Array, isLoop: boolean): readonly number[] {
	return findOnsets(loader, samples, { sampleRate: RATE, isLoop }).frames;
}

/** The frames of hits that have no onset within 1 ms, and onsets that have no hit. */
function unmatched(onsets: readonly number[], hits: readonly number[]): { missed: number[]; extra: number[] } {
	const isNear = (one: number, other: number): boolean => Math.abs(one - other) <= RATE / 1000;
	return {
		missed: hits.filter((frame) => !onsets.some((onset) => isNear(onset, frame))),
		extra: onsets.filter((onset) => !hits.some((frame) => isNear(onset, frame))),
	};
}

test("every hit is found within a millisecond, and nothing else", () => {
	const samples = noise(3 * RATE).map((sample) => sample / 3000);
	const hits = [4_000, 21_111, 40_000, 55_555, 80_001, 120_000];
	for (const [index, frame] of hits.entries()) mix(samples, hit(RATE, index % 2 === 0 ? "kick" : "snare"), frame);
	expect(unmatched(onsetsOf(samples, false), hits)).toEqual({
		missed: [],
		extra: [],
	});
});

test("a loop's end is followed by its start: a hit there is found once", () => {
	const { samples } = drumBeat({ bpm: 120, beats: 8, sampleRate: RATE });
	const onsets = onsetsOf(samples, true);
	expect(onsets.filter((onset) => onset < 100 || onset > samples.length - 100)).toHaveLength(1);
});

test("silence, a constant and no frames have no onsets", () => {
	expect(onsetsOf(new Float32Array(RATE), true)).toEqual([]);
	expect(onsetsOf(new Float32Array(RATE).fill(0.5), true)).toEqual([]);
	expect(onsetsOf(new Float32Array(0), false)).toEqual([]);
});

test("drums are percussive; chords, noise, a tone and silence are not", () => {
	const isPercussive = (samples: Float32Array): boolean =>
		findOnsets(loader, samples, { sampleRate: RATE, isLoop: true }).isPercussive;
	expect(isPercussive(drumBeat({ bpm: 120, beats: 8, sampleRate: RATE }).samples)).toBe(true);
	const triads = [57, 62, 64, 60].map((root) => [root, root + 4, root + 7]);
	expect(isPercussive(chords(triads, 0, RATE).samples)).toBe(false);
	const tone = Float32Array.from({ length: 2 * RATE }, (_, n) => Math.sin((2 * Math.PI * 220 * n) / RATE));
	for (const samples of [noise(2 * RATE), tone, new Float32Array(RATE)]) expect(isPercussive(samples)).toBe(false);
});

test("the split is where quiet noise becomes loud", () => {
	const signal = noise(800).map((sample, n) => sample * (n < 500 ? 0.001 : 0.5));
	expect(Math.abs(splitOf(signal) - 500)).toBeLessThanOrEqual(2);
});
