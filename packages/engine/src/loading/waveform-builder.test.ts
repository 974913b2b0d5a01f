import * as fc from "fast-check";
import { expect, test } from "vitest";
import { loaderModule } from "../../test/loader-module.ts";
import { FRAMES_PER_PEAK, type SampleWaveform } from "../protocol/sample-waveform.ts";
import { PcmCleaner } from "./pcm-cleaner.ts";
import { PcmRecord } from "./pcm-record.ts";

const SEED = 0x0a7e_f02a;
const cleaner = new PcmCleaner(loaderModule);

/** The waveform of samples that come in pieces of the given frames, the rest in one. */
function waveformOf(samples: Float32Array, channels: number, pieces: readonly number[] = []): SampleWaveform {
	const record = new PcmRecord(channels);
	let start = 0;
	for (const frames of [...pieces, samples.length]) {
		const piece = samples.subarray(start, start + frames * channels);
		cleaner.clean(piece, new Float32Array(piece.length), record);
		start += piece.length;
	}
	return record.waveform.build();
}

/** The same by a plain search. */
function plainWaveform(samples: Float32Array, channels: number): SampleWaveform {
	const span = FRAMES_PER_PEAK * channels;
	const spans = Array.from({ length: Math.ceil(samples.length / span) }, (_, peak) =>
		samples.subarray(peak * span, (peak + 1) * span),
	);
	return {
		framesPerPeak: FRAMES_PER_PEAK,
		lows: Float32Array.from(spans, (piece) => Math.min(...piece)),
		highs: Float32Array.from(spans, (piece) => Math.max(...piece)),
	};
}

test("the waveform is what a plain search finds, however the samples are cut", () => {
	const cuts = fc.array(fc.nat(400), { maxLength: 8 });
	const run = (channels: number, frames: number, seed: number, pieces: readonly number[]): void => {
		const samples = Float32Array.from({ length: frames * channels }, (_, index) => Math.sin(index * index + seed));
		expect(waveformOf(samples, channels, pieces)).toEqual(plainWaveform(samples, channels));
	};
	const frames = fc.integer({ min: 1, max: 2_000 });
	fc.assert(fc.property(fc.integer({ min: 1, max: 2 }), frames, fc.nat(1_000), cuts, run), {
		seed: SEED,
		numRuns: 300,
	});
});

test("a sample of more peaks than there was room for at first has all of them", () => {
	const samples = Float32Array.from({ length: 5_001 * FRAMES_PER_PEAK + 1 }, (_, index) => Math.cos(index * 0.37));
	expect(waveformOf(samples, 1, [40_001, 3])).toEqual(plainWaveform(samples, 1));
});

test("what is cleaned away is drawn as the silence that is played", () => {
	const { lows, highs } = waveformOf(Float32Array.of(Number.NaN, 0.5, Number.POSITIVE_INFINITY, 2 ** -140), 1);
	expect([[...lows], [...highs]]).toEqual([[0], [0.5]]);
});
