import { expect, test } from "vitest";
import { HEADER_SAMPLE_RATE } from "../../engine/src/protocol/shared-memory.ts";
import { type Bands, equalizerMagnitude, settingOf } from "./equalizer-formula.ts";
import { equalizerModel } from "./equalizer-model.ts";
import { KernelHost, play } from "./kernel-host.ts";
import { interleave } from "./signals.ts";

const SAMPLE_RATE = 48_000;
/** Sines are multiples of 4 Hz, so that they fit. */
const PERIOD = SAMPLE_RATE / 4;
const FLAT: Bands = { low: 0, middle: 0, high: 0 };
const KILLED = Number.NEGATIVE_INFINITY;
/** Engaged, and as good as flat. */
const NEARLY_FLAT: Bands = { low: 1e-5, middle: 0, high: 0 };

/** A sine on the left, half as loud on the right. */
function sine(hertz: number, amplitude = 0.5): Float32Array<ArrayBuffer> {
	const left = Float32Array.from(
		{ length: PERIOD },
		(_, frame) => amplitude * Math.sin((2 * Math.PI * hertz * frame) / SAMPLE_RATE),
	);
	return interleave(
		left,
		left.map((value) => value / 2),
	);
}

/** What a loop sounds like behind the equalizer, once it has settled. */
function settled(samples: Float32Array<ArrayBuffer>, bands: Bands): Float32Array {
	const kernel = new KernelHost();
	kernel.send({ type: "load", slot: 0, sample: kernel.place(samples, 2) });
	for (const command of settingOf(0, bands)) kernel.send(command);
	kernel.send(play(0, 1, true));
	kernel.render(2 * PERIOD);
	return kernel.render(PERIOD);
}

/** Amplitude of a channel at a frequency. */
function amplitudeAt(signal: Float32Array, channel: 0 | 1, hertz: number): number {
	let [real, imaginary] = [0, 0];
	for (let frame = 0; frame < PERIOD; frame++) {
		const angle = (2 * Math.PI * hertz * frame) / SAMPLE_RATE;
		real += (signal[frame * 2 + channel] ?? 0) * Math.cos(angle);
		imaginary += (signal[frame * 2 + channel] ?? 0) * Math.sin(angle);
	}
	return (2 * Math.hypot(real, imaginary)) / PERIOD;
}

const decibels = (ratio: number): number => 20 * Math.log10(ratio);

const settings: [string, Bands][] = [
	["at 0 dB", NEARLY_FLAT],
	["with every band moved", { low: 6, middle: -9, high: 3 }],
	["without the low band", { ...FLAT, low: KILLED }],
	["without the middle band", { ...FLAT, middle: KILLED }],
	["without the high band", { ...FLAT, high: KILLED }],
	["with the low band only", { ...FLAT, middle: KILLED, high: KILLED }],
	["with the middle band only", { low: KILLED, middle: 0, high: KILLED }],
	["with the high band only", { ...FLAT, low: KILLED, middle: KILLED }],
];

test.each(settings)(
	"%s the magnitude follows the Linkwitz-Riley formula within 0.1 dB, down to -100 dB",
	(_, bands) => {
		let compared = 0;
		for (const hertz of [16, 40, 80, 124, 200, 252, 500, 1000, 2000, 4000, 6000, 12_000, 18_000, 22_000]) {
			const expected = decibels(equalizerMagnitude(hertz, bands));
			if (expected < -100) continue;
			const heard = settled(sine(hertz), bands);
			expect(Math.abs(decibels(amplitudeAt(heard, 0, hertz) / 0.5) - expected)).toBeLessThan(0.1);
			expect(Math.abs(decibels(amplitudeAt(heard, 1, hertz) / 0.25) - expected)).toBeLessThan(0.1);
			compared++;
		}
		expect(compared).toBeGreaterThan(5);
	},
);

test("engaged at 0 dB it is flat within 0.01 dB", () => {
	for (const hertz of [8, 40, 124, 252, 700, 2000, 4000, 9000, 20_000, 23_000]) {
		const heard = settled(sine(hertz), NEARLY_FLAT);
		expect(Math.abs(decibels(amplitudeAt(heard, 0, hertz) / 0.5))).toBeLessThan(0.01);
	}
});

test("neither crossover is moved by the sample rate, and at 8 kHz the upper one lies below the Nyquist frequency", () => {
	for (const sampleRate of [8_000, 22_050, 192_000]) {
		const kernel = new KernelHost();
		kernel.setHeader(HEADER_SAMPLE_RATE, sampleRate);
		kernel.initialize();
		const impulse = new Float32Array(2 * 2048);
		impulse[0] = 1;
		kernel.send({ type: "load", slot: 0, sample: kernel.place(impulse, 2) });
		for (const command of settingOf(0, { low: 0, middle: KILLED, high: KILLED })) kernel.send(command);
		kernel.send(play(0));
		const heard = kernel.render(sampleRate / 10);
		let [real, imaginary] = [0, 0];
		for (let frame = 0; frame < heard.length / 2; frame++) {
			real += heard[frame * 2]! * Math.cos((2 * Math.PI * 250 * frame) / sampleRate);
			imaginary += heard[frame * 2]! * Math.sin((2 * Math.PI * 250 * frame) / sampleRate);
		}
		expect(decibels(Math.hypot(real, imaginary))).toBeCloseTo(-6.02, 1);
	}
});

test.each([
	["flat", NEARLY_FLAT],
	["with the middle band only", { low: KILLED, middle: 0, high: KILLED }],
] as const)("%s its noise is below -135 dB from 40 Hz on", (_, bands) => {
	const gains = [bands.low, bands.middle, bands.high].map((value) => Math.fround(10 ** (value / 20)));
	for (const hertz of [40, 60, 100, 172, 252, 436, 1000, 4000, 10_000]) {
		const samples = sine(hertz, 0.9);
		const model = equalizerModel(gains as unknown as [number, number, number]);
		const exact = Array.from({ length: 3 * PERIOD }, (__, frame) => model(samples[(frame % PERIOD) * 2]!));
		const heard = settled(samples, bands);
		let power = 0;
		for (let frame = 0; frame < PERIOD; frame++) power += (heard[frame * 2]! - exact[2 * PERIOD + frame]!) ** 2;
		expect(10 * Math.log10(power / PERIOD / (0.9 ** 2 / 2))).toBeLessThan(-135);
	}
});
