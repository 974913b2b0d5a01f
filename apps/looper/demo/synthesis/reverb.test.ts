import { expect, test } from "vitest";
import { reverb } from "./reverb.mjs";
import { SAMPLE_RATE } from "./units.mjs";

test.each([0.5, 1, 2])("a room of %f s falls by 60 dB in that time", (decaySeconds) => {
	const [left, right] = reverb(impulse(), { decaySeconds, wet: 1, dampingHertz: 1e6 });
	const levelAt = (seconds: number) => {
		const start = Math.round(seconds * SAMPLE_RATE);
		return 10 * Math.log10(energy(left.subarray(start)) + energy(right.subarray(start)));
	};
	const startSeconds = 0.1;
	const decibelsPerSecond = (levelAt(startSeconds + decaySeconds / 2) - levelAt(startSeconds)) / (decaySeconds / 2);
	expect(decibelsPerSecond * decaySeconds).toBeGreaterThan(-63);
	expect(decibelsPerSecond * decaySeconds).toBeLessThan(-57);
});

test("the dry sound passes unchanged before the first echo", () => {
	const [left, right] = reverb(impulse(), { decaySeconds: 1, wet: 0.5 });
	expect(left[0]).toBe(1);
	expect(right[0]).toBe(0);
	expect(energy(left.subarray(1, 1103)) + energy(right.subarray(0, 1103))).toBe(0);
});

test("a sound on one side fills both sides of the room equally", () => {
	const [left, right] = reverb(impulse(), { decaySeconds: 1, wet: 1 });
	const balance = 10 * Math.log10(energy(left.subarray(9600)) / energy(right.subarray(9600)));
	expect(Math.abs(balance)).toBeLessThan(1.5);
});

function impulse(): [Float64Array<ArrayBuffer>, Float64Array<ArrayBuffer>] {
	return [Float64Array.of(1), Float64Array.of(0)];
}

function energy(signal: Float64Array): number {
	return signal.reduce((total, sample) => total + sample * sample, 0);
}
