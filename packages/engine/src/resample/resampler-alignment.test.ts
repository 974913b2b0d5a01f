import { describe, expect, test } from "vitest";
import { noise } from "../../test/fixtures.ts";
import { resample, tone, windowedSinc } from "../../test/resampling.ts";
import { decibels, level, removeTone } from "../../test/tone-analysis.mjs";

const rates = [
	[44_100, 48_000],
	[48_000, 44_100],
	[96_000, 48_000],
	[192_000, 48_000],
	[22_050, 48_000],
	[48_000, 47_999],
	[96_000, 44_099],
	[22_050, 47_999],
] as const;

/** The recording's frames, surrounded by zeros. */
function between(samples: Float32Array): (frame: number) => number {
	return (frame) => samples[frame] ?? 0;
}

describe.each(rates)("%i to %i Hz", (inputRate, outputRate) => {
	const options = { inputRate, outputRate, channels: 1 } as const;

	test.each([3000, 12_000])("a recording of %i frames of noise equals the windowed sinc, ends included", (frames) => {
		const samples = noise(frames, 1, { seed: frames });
		const output = resample(samples, options);
		const indices = Array.from({ length: 60 }, (_, index) => [index, output.length - 1 - index]).flat();
		const errors = indices.map(
			(index) => output[index]! - windowedSinc(between(samples), (index * inputRate) / outputRate, options),
		);
		expect(decibels(level(errors))).toBeLessThan(-150);
	});

	test("an impulse keeps its position, symmetry and area", () => {
		const position = 5000;
		const samples = new Float32Array(10_001);
		samples[position] = 1;
		const output = resample(samples, options);
		let area = 0;
		let moment = 0;
		for (let frame = 0; frame < output.length; frame++) {
			area += output[frame]!;
			moment += output[frame]! * ((frame * inputRate) / outputRate - position);
		}
		expect(Math.abs(moment / area)).toBeLessThan(1e-6);
		expect(area * (inputRate / outputRate)).toBeCloseTo(1, 6);
	});

	test("a tone keeps its phase to a ten-millionth of a frame", () => {
		const hertz = 0.31153 * (Math.min(inputRate, outputRate) / 2);
		const edge = 4000;
		const output = resample(tone(60_000, inputRate, hertz), options).subarray(edge, -edge);
		const { sine, cosine } = removeTone(output, outputRate, hertz);
		const turns = (hertz * edge) / outputRate;
		const phase = Math.atan2(cosine, sine) / (2 * Math.PI) - (turns - Math.round(turns));
		const framesLate = ((phase - Math.round(phase)) * outputRate) / hertz;
		expect(Math.abs(framesLate)).toBeLessThan(1e-7);
	});
});

test.each([
	[48_000, 44_100, 147, 160],
	[96_000, 48_000, 1, 2],
	[44_100, 48_000, 160, 147],
])(
	"%i to %i Hz: the response to an impulse on the common grid is its own mirror image",
	(inputRate, outputRate, up, down) => {
		const samples = new Float32Array(40 * down + 1);
		samples[20 * down] = 1;
		const output = resample(samples, { inputRate, outputRate, channels: 1 });
		const middle = 20 * up;
		for (let distance = 1; distance < middle; distance++) {
			expect(Math.abs(output[middle + distance]! - output[middle - distance]!)).toBeLessThan(1e-10);
		}
	},
);
