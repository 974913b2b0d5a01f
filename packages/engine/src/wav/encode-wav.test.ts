import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../test/engine-harness.ts";
import { noise } from "../../test/fixtures.ts";
import { metadataOf } from "../../test/metadata-of.ts";
import { NO_METADATA, type SampleMetadata } from "../protocol/sample-metadata.ts";
import { clippedSamples } from "./encode-frames.ts";
import { encodeWav } from "./encode-wav.ts";

const sampleRate = 48_000;

/** Interleaved samples of a file as that tool decodes them. */
function decoded(tool: "ffmpeg" | "sox", file: Uint8Array): Float32Array {
	const path = join(temporaryFolder(), "file.wav");
	writeFileSync(path, file);
	const [from, to] =
		tool === "ffmpeg"
			? [
					["-v", "error", "-i", path],
					["-f", "f32le", "-"],
				]
			: [[path], ["-t", "f32", "-"]];
	const { buffer, byteOffset, length } = execFileSync(tool, [...from, ...to], { maxBuffer: 2 ** 26 });
	return new Float32Array(buffer.slice(byteOffset, byteOffset + length));
}

describe.each([1, 2])("%i channels", (count) => {
	const interleaved = noise(40_001, count, { seed: 5, amplitude: 1 });
	const channels = Array.from({ length: count }, (_, channel) =>
		interleaved.filter((_sample, index) => index % count === channel),
	);

	test("floats reach ffmpeg with every bit", () => {
		expect(decoded("ffmpeg", encodeWav(channels, { sampleRate }))).toEqual(interleaved);
	});

	test.each(["ffmpeg", "sox"] as const)("integers are within half a step for %s", (tool) => {
		const file = encodeWav(channels, { sampleRate, format: "s24" });
		const samples = decoded(tool, file);
		const largest = samples.reduce((most, sample, index) => Math.max(most, Math.abs(sample - interleaved[index]!)), 0);
		expect(file.length % 2).toBe(0);
		expect(samples.length).toBe(interleaved.length);
		expect(largest).toBeLessThanOrEqual(2 ** -24);
		expect(largest).toBeGreaterThan(2 ** -25);
	});
});

test("integers are clamped at full scale, and what is no number is silence", () => {
	const samples = Float32Array.of(1, -1, 7, -7, Number.NaN, Number.POSITIVE_INFINITY, 0.5);
	const file = encodeWav([samples], { sampleRate, format: "s24" });
	const full = 1 - 2 ** -23;
	expect([...decoded("ffmpeg", file)]).toEqual([full, -1, full, -1, 0, full, 0.5]);
	expect(clippedSamples(samples)).toBe(4);
});

const metadata: SampleMetadata = {
	loops: [
		{ startFrame: 100, endFrame: 900, type: "forward" },
		{ startFrame: 0, endFrame: 1_000, type: "alternating" },
	],
	cuePoints: [
		{ frame: 0, label: "Gäng 🥁" },
		{ frame: 480, label: null },
		{ frame: 960, label: "Drop" },
	],
	tempo: 97.5,
	beats: 8,
	meter: { numerator: 7, denominator: 8 },
	isOneShot: true,
	rootKey: 61.25,
};

describe("metadata", () => {
	const channel = new Float32Array(1_000);

	test.each(["f32", "s24"] as const)("is read back as it was written, %s", async (format) => {
		expect(await metadataOf(encodeWav([channel], { sampleRate, format, metadata }))).toEqual(metadata);
	});

	test("places and labels are what ffprobe calls chapters", () => {
		const path = join(temporaryFolder(), "file.wav");
		writeFileSync(path, encodeWav([channel], { sampleRate, metadata }));
		const { chapters } = JSON.parse(
			execFileSync("ffprobe", ["-v", "error", "-show_chapters", "-of", "json", path]).toString(),
		) as { chapters: { start: number; tags?: { title: string } }[] };
		expect(chapters.map(({ start, tags }) => [start, tags?.title ?? null])).toEqual([
			[0, "Gäng 🥁"],
			[480, null],
			[960, "Drop"],
		]);
	});

	test.each<[what: string, given: Partial<SampleMetadata>, read: Partial<SampleMetadata>]>([
		["a loop alone, with 60 for the unknown key", { loops: metadata.loops }, { loops: metadata.loops, rootKey: 60 }],
		["a key alone", { rootKey: 0.5 }, { rootKey: 0.5 }],
		["a flag alone, with 4/4", { isOneShot: true }, { isOneShot: true, meter: { numerator: 4, denominator: 4 } }],
		[
			"a tempo alone, with 4/4 and no one-shot",
			{ tempo: 90 },
			{ tempo: 90, isOneShot: false, meter: { numerator: 4, denominator: 4 } },
		],
		["nothing", {}, {}],
		["what is outside", { loops: [{ startFrame: 0, endFrame: 1_001, type: "forward" }], tempo: -1 }, {}],
	])("of %s is read back", async (_what, given, read) => {
		const file = encodeWav([channel], { sampleRate, metadata: given });
		expect(await metadataOf(file)).toEqual({ ...NO_METADATA, ...read });
	});
});

test("wrong arguments are errors that name them", () => {
	const channel = new Float32Array(4);
	expect(() => encodeWav([], { sampleRate })).toThrow("The channels must be one or two Float32Arrays.");
	for (const wrong of [[channel, channel, channel], [], [[0.5]], channel, null, undefined, 5]) {
		expect(() => encodeWav(wrong as Float32Array[], { sampleRate })).toThrow(
			"The channels must be one or two Float32Arrays. Pass an array of them.",
		);
	}
	expect(() => encodeWav([channel, new Float32Array(5)], { sampleRate })).toThrow("not 4 and 5 frames");
	expect(() => encodeWav([channel], { sampleRate: 0 })).toThrow("sampleRate");
	expect(() => encodeWav([channel], { sampleRate, format: "s16" as "s24" })).toThrow("format");
	expect(() => encodeWav([channel], { sampleRate, metadata: 5 as unknown as object })).toThrow("metadata");
	for (const [wrong, message] of [
		[{ loops: 5 }, "The value of metadata.loops must be a list of objects, not 5."],
		[{ cuePoints: {} }, "The value of metadata.cuePoints must be a list of objects, not an object."],
		[{ loops: [null] }, "The value of metadata.loops[0] must be an object, not null."],
		[
			{ cuePoints: [{ frame: 1, label: 7 }] },
			"The value of metadata.cuePoints[0].label must be a string or null, not 7.",
		],
	] as const) {
		const options = { sampleRate, metadata: wrong as unknown as Partial<SampleMetadata> };
		expect(() => encodeWav([channel], options)).toThrow(new TypeError(message));
	}
});
