import * as fc from "fast-check";
import { expect, test } from "vitest";
import { loaderModule } from "../../test/loader-module.ts";
import { Resampler } from "../resample/resampler.ts";
import { InPlaceCleaner, PcmCleaner } from "./pcm-cleaner.ts";
import { PcmRecord } from "./pcm-record.ts";

const SEED = 0x0c1e_a4e4;
const SMALLEST = 2 ** -63;
const cleaner = new PcmCleaner(loaderModule);

/** The same in one plain loop. */
function cleanPlainly(samples: Float32Array): { cleaned: Float32Array; peak: number } {
	const cleaned = new Float32Array(samples.length);
	let peak = 0;
	for (const [index, sample] of samples.entries()) {
		if (!Number.isFinite(sample) || Math.abs(sample) < SMALLEST) continue;
		cleaned[index] = sample;
		peak = Math.max(peak, Math.abs(sample));
	}
	return { cleaned, peak };
}

/** The bits, so that 0 and -0 differ. */
function bitsOf(samples: Float32Array): Uint32Array {
	return new Uint32Array(samples.slice().buffer);
}

function clean(samples: Float32Array): { bits: Uint32Array; peak: number } {
	const target = new Float32Array(samples.length).fill(Number.NaN);
	const record = new PcmRecord(1);
	cleaner.clean(samples, target, record);
	return { bits: bitsOf(target), peak: record.peak };
}

/** The f32 next to one, away from zero or towards it. */
function neighbour(value: number, step: 1 | -1): number {
	const bits = new Uint32Array(Float32Array.of(value).buffer);
	bits[0] = bits[0]! + step;
	return new Float32Array(bits.buffer)[0]!;
}

const largest = neighbour(Number.POSITIVE_INFINITY, -1);

test.each([
	["a quiet NaN", Number.NaN, 0],
	["infinity", Number.POSITIVE_INFINITY, 0],
	["minus infinity", Number.NEGATIVE_INFINITY, 0],
	["zero", 0, 0],
	["minus zero", -0, 0],
	["the smallest subnormal", 2 ** -149, 0],
	["minus the smallest subnormal", -(2 ** -149), 0],
	["the largest number below 2^-63", neighbour(SMALLEST, -1), 0],
	["minus the largest number below 2^-63", -neighbour(SMALLEST, -1), 0],
	["2^-63", SMALLEST, SMALLEST],
	["-2^-63", -SMALLEST, -SMALLEST],
	["full scale", -1, -1],
	["the largest finite number", largest, largest],
	["minus the largest finite number", -largest, -largest],
])("%s becomes what it has to, at each place of a vector and behind it", (_, sample, expected) => {
	for (let place = 0; place < 9; place++) {
		const samples = new Float32Array(9).fill(2 ** -50);
		const wanted = samples.slice();
		samples[place] = sample;
		wanted[place] = expected;
		const peak = Math.max(2 ** -50, Math.abs(expected));
		expect(clean(samples)).toEqual({ bits: bitsOf(wanted), peak });
	}
});

test("signalling NaN and NaN with a sign become plain zero", () => {
	const samples = new Float32Array(Uint32Array.of(0x7f80_0001, 0xff80_0001, 0xffff_ffff, 0x7fff_ffff).buffer);
	expect(clean(samples)).toEqual({ bits: new Uint32Array(4), peak: 0 });
});

test("any bits at any length equal a plain loop, what was cleaned before included", () => {
	const words = fc.oneof(
		fc.integer({ min: 0, max: 0xffff_ffff }),
		fc.constantFrom(0x8000_0000, 0x7f80_0000, 0xff80_0000, 0x7fc0_0000, 0x2000_0000, 0x1fff_ffff),
	);
	const run = (bits: readonly number[]): void => {
		const samples = new Float32Array(Uint32Array.from(bits).buffer);
		const { cleaned, peak } = cleanPlainly(samples);
		expect(clean(samples)).toEqual({ bits: bitsOf(cleaned), peak });
	};
	fc.assert(fc.property(fc.array(words, { maxLength: 100 }), run), { seed: SEED, numRuns: 500 });
});

test.each([0, 1, 16_383, 16_384, 16_385, 3 * 16_384 + 5])("%i samples are cleaned, each once", (length) => {
	const samples = Float32Array.from({ length }, (_, index) =>
		index % 7 === 0 ? Number.NaN : (index % 2 ? -1 : 1) * (index + 1),
	);
	const { cleaned, peak } = cleanPlainly(samples);
	const { bits, peak: measured } = clean(samples);
	expect(bits.findIndex((word, index) => word !== bitsOf(cleaned.subarray(index, index + 1))[0])).toBe(-1);
	expect(measured).toBe(peak);
});

test("the samples given are left as they are", () => {
	const samples = Float32Array.of(Number.NaN, -0, 0.5);
	const before = bitsOf(samples);
	clean(samples);
	expect(bitsOf(samples)).toEqual(before);
});

test("what a resampler puts out is cleaned in its place as it is elsewhere, and nothing else of its output changes", () => {
	for (const [inputRate, outputRate, channels] of [
		[44_100, 48_000, 2],
		[44_100, 48_000, 1],
		[48_000, 47_999, 2],
		[48_000, 47_999, 1],
	] as const) {
		const input = Float32Array.from({ length: 60_001 * channels }, (_, index) => Math.sin(index * index) * 2 ** -70);
		input.fill(0.5, 20_000, 30_000);
		const run = (isInPlace: boolean): object => {
			const resampler = new Resampler(loaderModule, { inputRate, outputRate, channels });
			const own = isInPlace ? new InPlaceCleaner(resampler.instance) : cleaner;
			const record = new PcmRecord(channels);
			const samples: number[] = [];
			const emit = (output: Float32Array): void => {
				const target = new Float32Array(output.length);
				own.clean(output, target, record);
				samples.push(...target);
			};
			for (let from = 0; from < input.length; from += 1_001 * channels) {
				resampler.push(input.subarray(from, from + 1_001 * channels), emit);
			}
			resampler.flush(emit);
			return { samples, peak: record.peak, digest: record.checksum.digest(), waveform: record.waveform.build() };
		};
		expect(run(true)).toEqual(run(false));
	}
});
