import { describe, expect, test } from "vitest";
import { resample, tone } from "../../test/resampling.ts";
import { decibels, highestLine, level, removeTone } from "../../test/tone-analysis.mjs";

const ANALYSED_FRAMES = 16_384;
/** Shares of the band whose sines have no short period, so that the rounding of the input is noise, not tones. */
const SHARES = [0.00314, 0.04171, 0.10037, 0.31153, 0.50031, 0.70039, 0.80093, 0.90717];
/** Frames of the lower rate at either end affected by the filter's reach, rounded up. */
const EDGE_FRAMES = 400;

/** The middle of a resampled tone, out of the filter's reach from both ends. */
function resampledTone(inputRate: number, outputRate: number, hertz: number): Float32Array {
	const edge = Math.ceil((EDGE_FRAMES * outputRate) / Math.min(inputRate, outputRate));
	const frames = Math.ceil(((ANALYSED_FRAMES + 2 * edge) * inputRate) / outputRate);
	const output = resample(tone(frames, inputRate, hertz), { inputRate, outputRate, channels: 1 });
	return output.subarray(edge, edge + ANALYSED_FRAMES);
}

const direct = [
	[44_100, 48_000],
	[48_000, 44_100],
	[96_000, 48_000],
	[192_000, 48_000],
	[22_050, 48_000],
	[48_000, 96_000],
	[88_200, 48_000],
	[32_000, 44_100],
	[11_025, 48_000],
	[8_000, 44_100],
	[384_000, 44_100],
	[48_000, 384_000],
] as const;
const awkward = [
	[48_000, 47_999],
	[44_100, 47_999],
	[96_000, 47_999],
	[96_000, 44_099],
	[192_000, 44_099],
	[22_050, 47_999],
	[8_000, 383_999],
	[383_999, 8_000],
] as const;

describe.each([...direct, ...awkward])("%i to %i Hz", (inputRate, outputRate) => {
	const nyquist = Math.min(inputRate, outputRate) / 2;

	test("a constant level stays constant", () => {
		const frames = Math.ceil((2000 * inputRate) / Math.min(inputRate, outputRate));
		const output = resample(new Float32Array(frames).fill(0.75), { inputRate, outputRate, channels: 1 });
		const middle = output.subarray(output.length * 0.4, output.length * 0.6);
		expect(decibels(Math.max(...middle.map((sample) => Math.abs(sample - 0.75))))).toBeLessThan(-145);
	});

	test.each(SHARES)("a tone at %f of the band passes unchanged", (share) => {
		const hertz = share * nyquist;
		const output = resampledTone(inputRate, outputRate, hertz);
		const { amplitude, residual } = removeTone(output, outputRate, hertz);
		expect(Math.abs(decibels(amplitude / 0.9))).toBeLessThan(0.0001);
		expect(decibels(level(residual) / (amplitude / Math.SQRT2))).toBeLessThan(-148.5);
		expect(decibels(highestLine(residual) / amplitude)).toBeLessThan(-155);
	});
});

describe.each([
	[44_100, 48_000],
	[48_000, 44_100],
	[96_000, 48_000],
	[48_000, 47_999],
] as const)("%i to %i Hz", (inputRate, outputRate) => {
	test.each([1000, 10_000])("distortion and noise of a tone at %i Hz stay below -149 dB", (hertz) => {
		const { amplitude, residual } = removeTone(resampledTone(inputRate, outputRate, hertz), outputRate, hertz);
		expect(decibels(level(residual) / (amplitude / Math.SQRT2))).toBeLessThan(-149);
	});
});

describe.each([...direct, ...awkward].filter(([inputRate, outputRate]) => inputRate > outputRate))(
	"%i to %i Hz",
	(inputRate, outputRate) => {
		test.each([0.001, 0.07, 0.3, 0.77, 0.99])("a tone at %f of the way above the band is removed", (share) => {
			const hertz = outputRate / 2 + share * ((inputRate - outputRate) / 2);
			expect(decibels(level(resampledTone(inputRate, outputRate, hertz)) / (0.9 / Math.SQRT2))).toBeLessThan(-150);
		});
	},
);
