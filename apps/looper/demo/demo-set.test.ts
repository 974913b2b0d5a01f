import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEMO_PADS, renderPad } from "./demo-set.mjs";
import type { Channels } from "./synthesis/signal.mjs";
import { peakOf } from "./synthesis/signal.mjs";
import { writeDemo } from "./write-demo.mjs";
import { encodeWav } from "./write-wav.mjs";

const MEGABYTE = 1e6;
const LOOP_STEPS = 32;
/** Half a millisecond. */
const SEAM_FRAMES = 24;
/** No step is heard below it. */
const SILENCE = 1e-6;
const MASTER_GAIN = 10 ** (-6 / 20);

const rendered = DEMO_PADS.map((pad) => ({ ...pad, channels: renderPad(pad) }));
const oneShots = rendered.filter(({ settings }) => settings["loop"] !== true);
const loops = rendered.filter(({ settings }) => settings["loop"] === true);

describe.each(rendered)("$title", ({ channels, peakDecibels }) => {
	test("has finite samples and the peak it is given, between -9 and -3 dB", () => {
		expect(channels.every((signal) => signal.every(Number.isFinite))).toBe(true);
		expect(20 * Math.log10(peakOf(channels))).toBeCloseTo(peakDecibels, 6);
		expect(peakDecibels).toBeGreaterThanOrEqual(-9);
		expect(peakDecibels).toBeLessThanOrEqual(-3);
	});

	test("has no offset in either channel", () => {
		for (const signal of channels) {
			const mean = signal.reduce((total, sample) => total + sample, 0) / signal.length;
			expect(Math.abs(mean)).toBeLessThan(0.001);
		}
	});
});

describe.each(oneShots)("$title", ({ channels }) => {
	test("begins without a step and fades to zero", () => {
		for (const signal of channels) {
			expect(Math.abs(signal[0]!)).toBeLessThan(0.01);
			expect(Math.abs(signal.at(-1)!)).toBe(0);
			expect(peakOf([signal.slice(-480)])).toBeLessThan(0.001);
		}
	});
});

describe.each(loops)("$title", ({ channels }) => {
	test("divides into 32 sixteenths", () => {
		for (const signal of channels) expect(signal.length % LOOP_STEPS).toBe(0);
	});

	test("jumps no further across its seam than just before it", () => {
		for (const signal of channels) {
			const ending = signal.slice(-SEAM_FRAMES);
			const steps = ending.subarray(1).map((sample, frame) => Math.abs(sample - ending[frame]!));
			expect(Math.abs(signal[0]! - signal.at(-1)!)).toBeLessThanOrEqual(Math.max(SILENCE, ...steps));
		}
	});
});

/** Loops of the same part of the scenes, which choke each other. */
const parts = [1, 2, 3, 4].map((group) => loops.filter(({ settings }) => settings["chokeGroup"] === group));

test("any loops that sound together stay below full scale at a master gain of -6 dB, however they are offset", () => {
	expect(parts.map((part) => part.length)).toEqual([3, 3, 3, 3]);
	const worst = parts.map((part) => Math.max(...part.map(({ channels }) => peakOf(channels))));
	expect(worst.reduce((total, peak) => total + peak, 0) * MASTER_GAIN).toBeLessThan(1);
});

test("loops wait for a bar, follow the tempo, and are of two tempi", () => {
	for (const { settings } of loops) {
		expect(settings).toMatchObject({ sync: "repitch", lengthBeats: 8, launchQuantum: 4, stopQuantum: 4 });
	}
	expect(new Set(loops.map(({ channels }) => channels[0]?.length))).toEqual(new Set([192_000, 256_000]));
});

/** Semitones above A, 0 to 11, at which a sound of whole notes has most of its energy, the strongest first. */
function strongestClasses(channels: Channels, rate: number): number[] {
	const energies = Array.from({ length: 12 }, () => 0);
	for (let semitone = -24; semitone < 24; semitone++) {
		const step = (2 * Math.PI * 440 * 2 ** (semitone / 12)) / (48_000 * rate);
		let [real, imaginary] = [0, 0];
		for (const [frame, sample] of channels[0]!.entries()) {
			real += sample * Math.cos(step * frame);
			imaginary += sample * Math.sin(step * frame);
		}
		energies[(semitone + 24) % 12]! += Math.hypot(real, imaginary);
	}
	return energies.map((_, index) => index).toSorted((one, other) => energies[other]! - energies[one]!);
}

test("at one tempo basses and harmonies of every scene are in A minor", () => {
	const aMinor = new Set([0, 2, 3, 5, 7, 8, 10]);
	const harmonies = loops.filter(({ settings: { chokeGroup } }) => Number(chokeGroup) > 2);
	const outside = harmonies.flatMap(({ title, channels }) => {
		const strongest = strongestClasses(channels, channels[0]!.length / 192_000).slice(0, 4);
		return strongest.filter((tone) => !aMinor.has(tone)).map((tone) => `${title}: ${tone}`);
	});
	expect(harmonies.length).toBe(6);
	expect(outside).toEqual([]);
});

describe("the written demo set", () => {
	let folder = "";
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), "demo-"));
		await writeDemo(folder);
	}, 120_000);
	afterAll(() => rm(folder, { recursive: true }));

	test("is a list of 32 pads, with exactly their files", async () => {
		const written: unknown = JSON.parse(await readFile(join(folder, "set.json"), "utf8"));
		const pads = DEMO_PADS.map(({ file, title, settings, color }) => ({ file, title, settings, color }));
		expect(written).toEqual({ pads });
		expect(pads.length).toBe(32);
		expect((await readdir(folder)).toSorted()).toEqual([...pads.map(({ file }) => file), "set.json"].toSorted());
	});

	test("is identical to the bit in every run", async () => {
		for (const { file, channels, bits } of rendered) {
			expect(sha256(await readFile(join(folder, file)))).toBe(sha256(encodeWav(channels, bits)));
		}
	});

	test("is under 14 megabytes", async () => {
		const files = await Promise.all(DEMO_PADS.map(({ file }) => readFile(join(folder, file))));
		expect(files.reduce((total, bytes) => total + bytes.length, 0)).toBeLessThan(14 * MEGABYTE);
	});
});

function sha256(bytes: Uint8Array): string {
	return createHash("sha256").update(bytes).digest("hex");
}
