import { expect, test } from "vitest";
import { decibelsFromPeak, formatDecibels, meterShare } from "./gain-scale.ts";

test("gains are written with a sign", () => {
	expect([-6, 0, -0.04, 1.5, -60].map(formatDecibels)).toEqual(["−6.0 dB", "0.0 dB", "0.0 dB", "+1.5 dB", "−60.0 dB"]);
});

test("half of full scale is about -6 dB", () => {
	expect(decibelsFromPeak(0.5)).toBeCloseTo(-6.0206, 4);
});

test("a meter reaches from -60 to +6 dB", () => {
	const shares = [0, 10 ** (-60 / 20), 10 ** (-27 / 20), 10 ** (6 / 20), 4].map(meterShare);
	for (const [index, share] of [0, 0, 0.5, 1, 1].entries()) expect(shares[index]).toBeCloseTo(share, 12);
});
