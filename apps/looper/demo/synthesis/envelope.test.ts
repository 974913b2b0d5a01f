import { expect, test } from "vitest";
import { decay, held, strike } from "./envelope.mjs";

const NOTE = { attackSeconds: 0.01, decaySeconds: 0.4, sustain: 0.5, holdSeconds: 1, releaseSeconds: 0.2 };

test("a decay is 1 at its start and 60 dB lower after its time", () => {
	expect(decay(0, 0.3)).toBe(1);
	expect(decay(0.3, 0.3)).toBeCloseTo(0.001, 12);
});

test("a strike is silent before it begins and full after its attack", () => {
	expect(strike(-0.001, 0.01, 1)).toBe(0);
	expect(strike(0, 0.01, 1)).toBe(0);
	expect(strike(0.005, 0.01, 1)).toBeCloseTo(0.5, 12);
	expect(strike(0.01, 0.01, 1)).toBe(1);
});

test("a held note reaches its sustain and falls by 60 dB in its release", () => {
	expect(held(0.01, NOTE)).toBe(1);
	expect(held(0.999, NOTE)).toBeCloseTo(0.5, 3);
	expect(held(1.2, NOTE) / held(1, NOTE)).toBeCloseTo(0.001, 9);
});

test("no step of a held note is larger than its attack", () => {
	const stepSeconds = 1 / 48_000;
	let largestStep = 0;
	for (let time = 0; time < 1.5; time += stepSeconds) {
		largestStep = Math.max(largestStep, Math.abs(held(time + stepSeconds, NOTE) - held(time, NOTE)));
	}
	expect(largestStep).toBeLessThan(1.01 * (stepSeconds / NOTE.attackSeconds));
});
