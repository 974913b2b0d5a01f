import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { firstDifference, noise } from "../../test/fixtures.ts";
import { loaderModule } from "../../test/loader-module.ts";
import { resample, windowedSinc } from "../../test/resampling.ts";
import { decibels, level } from "../../test/tone-analysis.mjs";
import { headFrames, SEAM_FRAMES, seamFrames, tailFrames } from "../protocol/seam.ts";
import { resampledFrames } from "./ratio.ts";
import { Resampler, type ResamplerOptions } from "./resampler.ts";
import { SeamBuilder } from "./seam-builder.ts";

const direct = [
	[44_100, 48_000],
	[48_000, 44_100],
	[96_000, 48_000],
	[192_000, 48_000],
	[22_050, 48_000],
	[8_000, 48_000],
	[384_000, 44_100],
] as const;
const awkward = [
	[48_000, 47_999],
	[44_100, 47_999],
	[192_000, 44_099],
	[22_050, 47_999],
] as const;
const rates = [...direct, ...awkward];
const channelCounts = [1, 2] as const;
/** Lengths far above, about equal to, and below the filter's. */
const lengths = [20_000, 2_000, 300, 147, 40, 7, 2, 1];

const resamplers: Map<string, Resampler> = new Map();

/** A cached resampler of that ratio, because its tables are slow to compute. */
function resamplerFor(options: ResamplerOptions): Resampler {
	const key = JSON.stringify(options);
	const resampler = resamplers.get(key) ?? new Resampler(loaderModule, options);
	resamplers.set(key, resampler);
	return resampler;
}

/** The edges and frame count of a recording just passed to a resampler. */
function edgesOf(samples: Float32Array, options: ResamplerOptions, pieces: readonly number[] = [samples.length]) {
	const builder = new SeamBuilder(resamplerFor(options));
	for (let at = 0, turn = 0; at < samples.length; turn++) {
		const length = pieces[turn % pieces.length]!;
		builder.take(samples.subarray(at, at + length));
		at += length;
	}
	const { inputRate, outputRate, channels } = options;
	const frames = Math.max(resampledFrames(samples.length / channels, inputRate, outputRate), 1);
	return { edges: builder.build(frames), frames, edgeFrames: builder.edgeFrames };
}

/** The output frame of each edge frame: those before the head, those of the head, those of the tail, and those behind it. */
function placesOf({ frames, edgeFrames }: { frames: number; edgeFrames: number }): number[] {
	const [head, tail] = [headFrames(frames, edgeFrames), tailFrames(frames, edgeFrames)];
	return [
		...Array.from({ length: SEAM_FRAMES + head }, (_, index) => index - SEAM_FRAMES),
		...Array.from({ length: tail + SEAM_FRAMES + 1 }, (_, index) => frames - tail + index),
	];
}

/** Numbers of whole periods in the length, up to two thirds of the band. */
function periodsIn(frames: number, { inputRate, outputRate }: ResamplerOptions): number[] {
	const most = Math.floor((frames / 3) * Math.min(1, outputRate / inputRate));
	return [...new Set([0, Math.min(1, most), Math.floor(most / 3), most])];
}

describe.each(rates)("%i to %i Hz", (inputRate, outputRate) => {
	test.each(channelCounts)("the edges of whole periods continue them, %i channels", (channels) => {
		const options = { inputRate, outputRate, channels };
		for (const length of lengths) {
			for (const periods of periodsIn(length, options)) {
				const value = (inputFrame: number, channel: number): number =>
					0.5 * Math.cos((2 * Math.PI * periods * inputFrame) / length - channel);
				const samples = Float32Array.from({ length: length * channels }, (_, index) =>
					value(Math.floor(index / channels), index % channels),
				);
				const made = edgesOf(samples, options);
				const places = placesOf(made);
				expect(made.edges.length).toBe(seamFrames(made.frames, made.edgeFrames) * channels);
				const errors = Array.from(made.edges, (sample, index) => {
					const inputFrame = (places[Math.floor(index / channels)]! * inputRate) / outputRate;
					return Math.abs(sample - value(inputFrame, index % channels));
				});
				expect(decibels(Math.max(...errors) / 0.5)).toBeLessThan(-138);
			}
		}
	});

	test("the edges of noise equal the windowed sinc over the infinitely repeated recording", () => {
		for (const length of [3_000, 90, 5]) {
			const samples = noise(length, 1, { seed: length });
			const made = edgesOf(samples, { inputRate, outputRate, channels: 1 });
			const frameAt = (frame: number): number => samples[((frame % length) + length) % length]!;
			const places = placesOf(made);
			const step = Math.ceil(places.length / 60);
			const errors = places.flatMap((place, index) => {
				const isChosen = index % step === 0 || index === places.length - 1;
				const moment = (place * inputRate) / outputRate;
				return isChosen ? [made.edges[index]! - windowedSinc(frameAt, moment, { inputRate, outputRate })] : [];
			});
			expect(decibels(level(errors))).toBeLessThan(-150);
		}
	});

	test("away from its ends a recording is the same whether it loops or not", () => {
		const length = 20_000;
		const samples = noise(length, 1, { seed: 3 });
		const options = { inputRate, outputRate, channels: 1 } as const;
		const { edges, frames, edgeFrames } = edgesOf(samples, options);
		const once = resample(samples, resamplerFor(options));
		const head = headFrames(frames, edgeFrames);
		const ends = [head - 1, head].map((index) => {
			const place = index === head ? frames - tailFrames(frames, edgeFrames) : index;
			return Math.abs(edges[SEAM_FRAMES + index]! - once[place]!);
		});
		expect(decibels(Math.max(...ends))).toBeLessThan(-138);
	});

	test("any split into pieces gives the same bits", () => {
		for (const length of [30_001, 500, 3]) {
			const samples = noise(length, 2, { seed: 7 });
			const options = { inputRate, outputRate, channels: 2 } as const;
			const whole = edgesOf(samples, options).edges;
			const pieces = fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 8 });
			fc.assert(
				fc.property(pieces, (counts) => {
					const divided = edgesOf(
						samples,
						options,
						counts.map((count) => 2 * count),
					).edges;
					expect(firstDifference(divided, whole)).toBeNull();
				}),
				{ seed: 0x5ea_a, numRuns: 3 },
			);
		}
	});
});

test("non-finite values count as silence in the edges, too", () => {
	const options = { inputRate: 44_100, outputRate: 48_000, channels: 2 } as const;
	const samples = noise(4_000, 2, { seed: 12 });
	for (const index of [0, 31, samples.length - 1]) samples[index] = 0;
	const expected = edgesOf(samples, options).edges;
	[samples[0], samples[31], samples[samples.length - 1]] = [Number.NaN, Number.POSITIVE_INFINITY, Number.NaN];
	expect(firstDifference(edgesOf(samples, options).edges, expected)).toBeNull();
});
