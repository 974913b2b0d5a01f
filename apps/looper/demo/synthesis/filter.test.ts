import { describe, expect, test } from "vitest";
import { stateVariableFilter } from "./filter.mjs";
import { sineFit } from "./sine-fit.ts";
import { SAMPLE_RATE } from "./units.mjs";

const CUTOFF_HERTZ = 1200;
const QUALITY = 2;

/** Responses of the analogue filter at s = j times the frequency relative to the cutoff. */
const RESPONSES = {
	lowpass: () => 1,
	bandpass: (frequency: number) => frequency / QUALITY,
	highpass: (frequency: number) => frequency ** 2,
} as const;

describe.each(["lowpass", "bandpass", "highpass"] as const)("%s", (output) => {
	test.each([100, 700, 1200, 2500, 9000])("has the bilinear response at %i Hz", (hertz) => {
		const frequency = warped(hertz) / warped(CUTOFF_HERTZ);
		const denominator = Math.hypot(1 - frequency ** 2, frequency / QUALITY);
		expect(measuredGain(output, hertz)).toBeCloseTo(RESPONSES[output](frequency) / denominator, 6);
	});
});

test("the filter is bounded while its cutoff jumps at every frame", () => {
	const filter = stateVariableFilter("lowpass");
	let peak = 0;
	for (let frame = 0; frame < SAMPLE_RATE; frame++) {
		peak = Math.max(peak, Math.abs(filter(frame % 7 < 3 ? 1 : -1, frame % 2 === 0 ? 60 : 18_000, 4)));
	}
	expect(peak).toBeLessThan(20);
});

function measuredGain(output: "lowpass" | "bandpass" | "highpass", hertz: number): number {
	const filter = stateVariableFilter(output);
	const tone = Float64Array.from({ length: 2 * SAMPLE_RATE }, (_, frame) =>
		filter(Math.sin((2 * Math.PI * hertz * frame) / SAMPLE_RATE), CUTOFF_HERTZ, QUALITY),
	);
	return sineFit(tone.subarray(SAMPLE_RATE), hertz / SAMPLE_RATE).amplitude;
}

function warped(hertz: number): number {
	return Math.tan((Math.PI * hertz) / SAMPLE_RATE);
}
