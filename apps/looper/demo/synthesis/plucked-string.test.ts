import { expect, test } from "vitest";
import { pluckedString } from "./plucked-string.mjs";
import { sineFit } from "./sine-fit.ts";
import { SAMPLE_RATE } from "./units.mjs";

const WINDOW_FRAMES = 9600;

test.each([82.41, 220, 440, 987.77])("a string of %f Hz is in tune within one cent", (frequencyHertz) => {
	const string = pluckedString({ frequencyHertz, decaySeconds: 3, seconds: 1, seed: 5 });
	const cyclesPerFrame = frequencyHertz / SAMPLE_RATE;
	const first = sineFit(window(string, 12_000), cyclesPerFrame).phase;
	const second = sineFit(window(string, 12_000 + WINDOW_FRAMES), cyclesPerFrame).phase;
	const expectedTurns = cyclesPerFrame * WINDOW_FRAMES;
	const turns = (second - first) / (2 * Math.PI) - expectedTurns;
	const strayTurns = turns - Math.round(turns);
	const cents = 1200 * Math.log2(1 + strayTurns / expectedTurns);
	expect(Math.abs(cents)).toBeLessThan(1);
});

test("the fundamental falls by 60 dB in the given time", () => {
	const string = pluckedString({ frequencyHertz: 240, decaySeconds: 1.5, seconds: 2, seed: 6 });
	const early = sineFit(window(string, 9600), 240 / SAMPLE_RATE).amplitude;
	const late = sineFit(window(string, 9600 + 1.5 * SAMPLE_RATE), 240 / SAMPLE_RATE).amplitude;
	expect(20 * Math.log10(late / early)).toBeCloseTo(-60, 0);
});

/** A part of the string with a raised cosine window, which keeps the other partials out of the fit. */
function window(string: Float64Array, startFrame: number): Float64Array {
	return string
		.slice(startFrame, startFrame + WINDOW_FRAMES)
		.map((sample, frame) => sample * Math.sin((Math.PI * frame) / WINDOW_FRAMES) ** 2);
}
