import { expect, test } from "vitest";
import { finishLoop, finishOneShot } from "./finish.mjs";
import { emptyLoop } from "./sequencer.mjs";
import { peakOf, render } from "./signal.mjs";

test("a finished one-shot has the given peak, no offset and no trailing silence", () => {
	const noteSeconds = 0.25;
	const source = render(2, (time) => (time < noteSeconds ? Math.sin(2 * Math.PI * 400 * time) : 0) + 0.3);
	const [signal] = finishOneShot([source], -6);
	expect(peakOf([signal!])).toBeCloseTo(10 ** (-6 / 20), 9);
	expect(signal!.length).toBeLessThan(0.7 * 48_000);
	expect(signal!.at(-1)).toBe(0);
	expect(Math.abs(mean(signal!))).toBeLessThan(0.01);
});

test("the channels of a one-shot keep their balance and equal length", () => {
	const source = render(0.5, (time) => Math.sin(2 * Math.PI * 500 * time));
	const [left, right] = finishOneShot([source, source.map((sample) => sample / 4)], -3);
	expect(left!.length).toBe(right!.length);
	expect(peakOf([left!]) / peakOf([right!])).toBeCloseTo(4, 9);
});

test("a finished loop keeps its length and has the same offset-free sound at the seam as inside", () => {
	const [left] = emptyLoop(120);
	const steady = left.map((_, frame) => 0.2 + Math.sin((2 * Math.PI * 100 * frame) / 48_000));
	const [signal] = finishLoop([steady], -6);
	expect(signal!.length).toBe(left.length);
	expect(Math.abs(mean(signal!))).toBeLessThan(1e-6);
	// The tone repeats every 480 frames, also across the seam.
	for (let frame = 0; frame < 480; frame++) expect(signal![frame]).toBeCloseTo(signal![left.length - 480 + frame]!, 6);
});

function mean(signal: Float64Array): number {
	return signal.reduce((total, sample) => total + sample, 0) / signal.length;
}
