import { expect, test } from "vitest";
import { oscillator, saw, sine, square } from "./oscillator.mjs";
import { render } from "./signal.mjs";
import { sineFit } from "./sine-fit.ts";
import { SAMPLE_RATE } from "./units.mjs";

// A prime number of hertz over one second: every harmonic and every alias has a distinct whole number of cycles.
const FUNDAMENTAL_HERTZ = 1499;
const NYQUIST_HERTZ = SAMPLE_RATE / 2;

test("a sine has the given frequency", () => {
	const next = oscillator(sine, 0.25);
	const tone = render(1, () => next(FUNDAMENTAL_HERTZ));
	expect(sineFit(tone, FUNDAMENTAL_HERTZ / SAMPLE_RATE).amplitude).toBeCloseTo(1, 9);
});

test("the low harmonics of the saw fall as 2 over pi times their number", () => {
	const spectrum = spectrumOf(saw);
	for (const harmonic of [1, 2, 3, 4]) {
		const expected = 2 / (Math.PI * harmonic);
		expect(Math.abs(decibels(spectrum(harmonic * FUNDAMENTAL_HERTZ) / expected))).toBeLessThan(0.6);
	}
});

test("the square has odd harmonics only, which fall as 4 over pi times their number", () => {
	const spectrum = spectrumOf(square);
	expect(Math.abs(decibels(spectrum(FUNDAMENTAL_HERTZ) / (4 / Math.PI)))).toBeLessThan(0.1);
	expect(Math.abs(decibels(spectrum(3 * FUNDAMENTAL_HERTZ) / (4 / (3 * Math.PI))))).toBeLessThan(0.5);
	expect(decibels(spectrum(2 * FUNDAMENTAL_HERTZ))).toBeLessThan(-60);
});

test("aliases of the saw below 5 kHz are at least 30 dB weaker than those of a plain saw", () => {
	const spectrum = spectrumOf(saw);
	const harmonics = Array.from({ length: 40 }, (_, index) => index + 1);
	const aliases = harmonics
		.map((harmonic) => ({ harmonic, hertz: foldedHertz(harmonic * FUNDAMENTAL_HERTZ) }))
		.filter(({ harmonic, hertz }) => harmonic * FUNDAMENTAL_HERTZ > NYQUIST_HERTZ && hertz < 5000);
	expect(aliases.length).toBeGreaterThan(3);
	for (const { harmonic, hertz } of aliases) {
		expect(decibels(spectrum(hertz) / (2 / (Math.PI * harmonic)))).toBeLessThan(-30);
	}
});

function spectrumOf(waveform: typeof saw): (hertz: number) => number {
	const next = oscillator(waveform);
	const tone = render(1, () => next(FUNDAMENTAL_HERTZ));
	return (hertz) => sineFit(tone, hertz / SAMPLE_RATE).amplitude;
}

function foldedHertz(hertz: number): number {
	const wrapped = hertz % SAMPLE_RATE;
	return wrapped > NYQUIST_HERTZ ? SAMPLE_RATE - wrapped : wrapped;
}

function decibels(ratio: number): number {
	return 20 * Math.log10(ratio);
}
