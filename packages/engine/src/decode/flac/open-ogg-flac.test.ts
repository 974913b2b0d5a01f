import { describe, expect, test } from "vitest";
import { forgetfulSource } from "../../../test/byte-sources.ts";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import {
	concat,
	convertWithFfmpeg,
	decodeWithFfmpeg,
	firstDifference,
	music,
	noise,
	randomBytes,
	seededRandom,
	writeWave,
} from "../../../test/fixtures.ts";
import { loaderModule } from "../../../test/loader-module.ts";
import { sealOggPage, splitOggPages } from "../../../test/ogg-fixtures.ts";
import { memorySource } from "../../source/byte-source.ts";
import { openOggFlac } from "./open-ogg-flac.ts";

const open = (bytes: Uint8Array, strict = true) =>
	openOggFlac(memorySource(bytes), decodeContext({ loaderModule, strict }));

function encode(samples: Float32Array, channels: number, args: readonly string[] = []): Uint8Array<ArrayBuffer> {
	const wave = writeWave(samples, { sampleRate: 44_100, channels, coding: "s24" });
	return convertWithFfmpeg(wave, { from: "wav", to: "oga", args: ["-c:a", "flac", ...args] });
}

describe("equals ffmpeg to the bit", () => {
	test.each<[string, number, number, readonly string[]]>([
		["stereo", 100_003, 2, []],
		["mono of 16 bits", 50_000, 1, ["-sample_fmt", "s16"]],
		["short pages", 60_000, 2, ["-page_duration", "50000"]],
		["a hundred frames", 100, 2, []],
	])("%s", async (_name, frames, channels, args) => {
		const file = encode(music(frames, 44_100, channels), channels, args);
		const decoded = await decodeAll(open(file));
		expect(decoded.format).toEqual({ name: "Ogg FLAC", sampleRate: 44_100, channels, frames });
		expect(firstDifference(decoded.samples, decodeWithFfmpeg(file, "oga"))).toBeNull();
		expect(decoded.warnings).toEqual([]);
	});
});

test("a file longer than a window decodes the same from a buffer and from windows that overwrite each other", async () => {
	const file = encode(noise(500_000, 2, { seed: 3 }), 2);
	expect(file.length).toBeGreaterThan(2.5 * 2 ** 20);
	const whole = await decodeAll(open(file));
	expect(whole.format.frames).toBe(500_000);
	const context = decodeContext({ loaderModule, strict: true });
	const windowed = await decodeAll(openOggFlac(forgetfulSource(file), context));
	expect(firstDifference(windowed.samples, whole.samples)).toBeNull();
});

const frames = 60_000;
const BLOCK = 4_608;
const file = encode(music(frames, 44_100, 2), 2, ["-page_duration", "50000"]);
const pages = splitOggPages(file);
const good = (await decodeAll(open(file))).samples;

describe("a page in the middle", () => {
	const page = 6;

	test.each([
		["damaged", concat(pages.map((own, index) => (index === page ? own.with(99, own[99]! ^ 1) : own)))],
		["lost", concat(pages.filter((_own, index) => index !== page))],
		[
			"replaced by noise",
			concat(pages.map((own, index) => (index === page ? randomBytes(999, seededRandom(5)) : own))),
		],
	])("%s becomes silence, and the rest stays in time", async (_name, bytes) => {
		const { samples, warnings } = await decodeAll(open(bytes, false));
		expect(samples.length).toBe(good.length);
		const first = samples.findIndex((sample, index) => sample !== good[index]);
		const last = samples.findLastIndex((sample, index) => sample !== good[index]);
		expect(last - first).toBeLessThan(3 * BLOCK * 2);
		expect(samples.subarray(first, last).every((sample) => sample === 0)).toBe(true);
		expect(warnings).toEqual([
			expect.stringMatching(/^A (damaged|missing) FLAC frame at \d\.\d+ s was replaced by silence\.$/),
		]);
		await expect(decodeAll(open(bytes))).rejects.toMatchObject({ code: "malformed-audio" });
	});
});

test("a truncated file plays its whole frames with a warning", async () => {
	const cut = file.subarray(0, concat(pages.slice(0, 9)).length + 100);
	const { samples, warnings, format } = await decodeAll(open(cut, false));
	expect(format.frames).toBeGreaterThan(4 * BLOCK);
	expect(firstDifference(samples, good.subarray(0, samples.length))).toBeNull();
	expect(warnings.at(-1)).toMatch(/^The stream ends without its last page at/);
	await expect(decodeAll(open(cut))).rejects.toMatchObject({ code: "malformed-audio" });
});

describe("another stream", () => {
	const other = pages.map((page) => sealOggPage(page.with(14, page[14]! ^ 0x55)));

	test("parallel to the first one is skipped", async () => {
		const mixed = concat([pages[0]!, other[0]!, ...pages.slice(1, 5), other[5]!, ...pages.slice(5)]);
		expect(firstDifference((await decodeAll(open(mixed))).samples, good)).toBeNull();
	});
});

test("six channels are rejected with their count", async () => {
	await expect(open(encode(music(5_000, 44_100, 6), 6))).rejects.toMatchObject({
		code: "unsupported-channels",
		message: expect.stringContaining("6 channels"),
	});
});

test.each<[string, Uint8Array]>([
	["headers alone", concat(pages.slice(0, 2))],
	["a damaged first page", concat([pages[0]!.with(50, 0xff), ...pages.slice(1)])],
	["a first page that ends too early", concat([sealOggPage(pages[0]!.slice(0, 34).with(27, 6)), pages[1]!])],
])("%s is malformed", async (_name, bytes) => {
	await expect(decodeAll(open(bytes, false))).rejects.toMatchObject({ code: "malformed-audio" });
});
