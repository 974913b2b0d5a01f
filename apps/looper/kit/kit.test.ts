import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { KIT_PADS, renderPad } from "./kit.mjs";
import { LOOP_FRAMES } from "./synthesis/sequencer.mjs";
import { peakOf } from "./synthesis/signal.mjs";
import { writeKit } from "./write-kit.mjs";
import { encodeWav } from "./write-wav.mjs";

const MEGABYTE = 1e6;
/** Half a millisecond. */
const SEAM_FRAMES = 24;
const MASTER_GAIN = 10 ** (-6 / 20);

const rendered = KIT_PADS.map((pad) => ({ ...pad, channels: renderPad(pad) }));
const oneShots = rendered.filter(({ loop }) => !loop);
const loops = rendered.filter(({ loop }) => loop);

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
	test("is exactly two bars long", () => {
		for (const signal of channels) expect(signal.length).toBe(LOOP_FRAMES);
	});

	test("jumps no further across its seam than just before it", () => {
		for (const signal of channels) {
			const ending = signal.slice(-SEAM_FRAMES);
			const steps = ending.subarray(1).map((sample, frame) => Math.abs(sample - ending[frame]!));
			expect(Math.abs(signal[0]! - signal.at(-1)!)).toBeLessThanOrEqual(Math.max(...steps));
		}
	});
});

test("the four loops together stay below full scale at a master gain of -6 dB, however they are offset", () => {
	expect(loops.length).toBe(4);
	const worst = loops.reduce((total, { channels }) => total + peakOf(channels), 0);
	expect(worst * MASTER_GAIN).toBeLessThan(1);
});

describe("the written kit", () => {
	let folder = "";
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), "kit-"));
		await writeKit(folder);
	}, 120_000);
	afterAll(() => rm(folder, { recursive: true }));

	test("lists 32 pads with titles, four of them loops, and contains exactly their files", async () => {
		const kit: unknown = JSON.parse(await readFile(join(folder, "kit.json"), "utf8"));
		const pads = KIT_PADS.map(({ file, title, loop, color }) => ({ file, title, loop, color }));
		expect(kit).toEqual({ name: "Demo kit", pads });
		expect(pads.length).toBe(32);
		expect(pads.filter(({ loop }) => loop).length).toBe(4);
		expect((await readdir(folder)).toSorted()).toEqual([...pads.map(({ file }) => file), "kit.json"].toSorted());
	});

	test("is identical to the bit in every run", async () => {
		for (const { file, channels, bits } of rendered) {
			expect(sha256(await readFile(join(folder, file)))).toBe(sha256(encodeWav(channels, bits)));
		}
	});

	test("is under 12 megabytes", async () => {
		const files = await Promise.all(KIT_PADS.map(({ file }) => readFile(join(folder, file))));
		expect(files.reduce((total, bytes) => total + bytes.length, 0)).toBeLessThan(12 * MEGABYTE);
	});
});

function sha256(bytes: Uint8Array): string {
	return createHash("sha256").update(bytes).digest("hex");
}
