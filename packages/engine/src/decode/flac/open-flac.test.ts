import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import {
	ascii,
	concat,
	convertWithFfmpeg,
	decodeWithFfmpeg,
	firstDifference,
	music,
	noise,
	type WaveCoding,
	writeWave,
} from "../../../test/fixtures.ts";
import { writeFlac } from "../../../test/flac-writer.ts";
import { memorySource } from "../../source/byte-source.ts";
import type { DecodeContext } from "../decoder.ts";
import { openFlac } from "./open-flac.ts";

const loaderModule = new WebAssembly.Module(
	readFileSync(new URL("../../../../kernel/dist/loader.wasm", import.meta.url)),
);
const open = (bytes: Uint8Array, context: DecodeContext) => openFlac(memorySource(bytes), context);
const context = decodeContext({ loaderModule, strict: true });
const sampleRate = 44_100;
const MD5_OFFSET = 26;

/** Runs the program flac with an output file, to which alone it can write the MD5. */
function runFlac(input: Uint8Array, args: readonly string[]): Uint8Array<ArrayBuffer> {
	const folder = mkdtempSync(join(tmpdir(), "looper-flac-"));
	try {
		const [source, target] = [join(folder, "source"), join(folder, "target")];
		writeFileSync(source, input);
		execFileSync("flac", ["-s", ...args, "-o", target, source]);
		return new Uint8Array(readFileSync(target));
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** Samples decoded by the program flac, as floats scaled by the bit depth. */
function decodeWithFlac(bytes: Uint8Array, bits: number): Float32Array {
	const raw = runFlac(bytes, ["-d", "--force-raw-format", "--endian=little", "--sign=signed"]);
	const width = Math.ceil(bits / 8);
	const buffer = Buffer.from(raw.buffer);
	return Float32Array.from(
		{ length: raw.length / width },
		(_, index) => buffer.readIntLE(index * width, width) / 2 ** (bits - 1),
	);
}

/** MD5 of the samples, as an encoder computes it. */
function md5Of(samples: Float32Array, bits: number): string {
	const width = Math.ceil(bits / 8);
	const bytes = Buffer.alloc(samples.length * width);
	for (const [index, sample] of samples.entries()) bytes.writeIntLE(sample * 2 ** (bits - 1), index * width, width);
	return createHash("md5").update(bytes).digest("hex");
}

/** Music with the given number of significant bits in a WAV file. */
function musicWave(bits: number, channels: number, frames = 50_001): Uint8Array<ArrayBuffer> {
	const full = 2 ** (bits - 1);
	const samples = Float64Array.from(music(frames, sampleRate, channels), (sample) => Math.round(sample * full) / full);
	const coding = ({ 1: "u8", 2: "s16", 3: "s24", 4: "s32" } as const)[Math.ceil(bits / 8)] satisfies
		| WaveCoding
		| undefined;
	return writeWave(samples, { sampleRate, channels, coding: coding ?? "s32", extensible: true, validBits: bits });
}

/** How the decoded file differs from the references that can read it. */
async function disagreements(flac: Uint8Array, bits: number, isForFfmpeg = true): Promise<string[]> {
	const { samples, format } = await decodeAll(open(flac, context));
	const found: (string | null)[] = [];
	if (bits % 8 === 0) found.push(firstDifference(samples, decodeWithFlac(flac, bits)));
	// At 32 bits floats are rounded, so the MD5 cannot match, and ffmpeg 5 does not support such FLAC.
	if (bits < 25) {
		const md5 = Buffer.from(flac.subarray(MD5_OFFSET, MD5_OFFSET + 16)).toString("hex");
		if (md5Of(samples, bits) !== md5) found.push(`MD5 is not ${md5}`);
		if (isForFfmpeg) found.push(firstDifference(samples, decodeWithFfmpeg(flac, "flac")));
	}
	if (format.frames * format.channels !== samples.length) found.push(`length ${format.frames} is wrong`);
	return found.filter((difference) => difference !== null);
}

describe.each([1, 2])("%i channels", (channels) => {
	test.each([8, 12, 16, 20, 24, 32])("%i bits equal the references to the bit", async (bits) => {
		expect(await disagreements(runFlac(musicWave(bits, channels), ["-5"]), bits)).toEqual([]);
	});

	test.each([0, 1, 2, 3, 4, 5, 6, 7, 8])("compression level %i equals the references to the bit", async (level) => {
		expect(await disagreements(runFlac(musicWave(16, channels), [`-${level}`]), 16)).toEqual([]);
	});

	test.each([16, 17, 192, 1000, 4608, 65_535])(
		"block size %i equals the references to the bit",
		async (blockFrames) => {
			const wave = musicWave(16, channels, blockFrames * 3 + 11);
			const flac = runFlac(wave, ["--lax", "-b", blockFrames.toFixed()]);
			// ffmpeg gives up on the longest stereo blocks.
			expect(await disagreements(flac, 16, blockFrames < 65_535)).toEqual([]);
		},
	);

	test.each([
		["s16", 16],
		["s32", 24],
	] as const)("files written by ffmpeg from %s equal the references to the bit", async (sampleFormat, bits) => {
		const args = ["-c:a", "flac", "-sample_fmt", sampleFormat, "-compression_level", "12"];
		expect(
			await disagreements(convertWithFfmpeg(musicWave(bits, channels), { from: "wav", to: "flac", args }), bits),
		).toEqual([]);
	});
});

test("order 32 predictors, noise and silence equal the references to the bit", async () => {
	const options = { sampleRate, channels: 2 };
	const orders = ["--lax", "-l", "32", "-b", "16384", "-e", "-r", "8"];
	expect(await disagreements(runFlac(musicWave(24, 2, 40_000), orders), 24)).toEqual([]);
	expect(
		await disagreements(runFlac(writeWave(noise(30_000, 2, { seed: 3, amplitude: 1 }), options), ["-8"]), 16),
	).toEqual([]);
	expect(await disagreements(runFlac(writeWave(new Float32Array(60_000), options), ["-5"]), 16)).toEqual([]);
});

test("a file larger than the window decodes the same", async () => {
	const samples = noise(700_000, 2, { seed: 5, amplitude: 1 });
	const flac = runFlac(writeWave(samples, { sampleRate, channels: 2, coding: "s24" }), ["-0"]);
	expect(flac.length).toBeGreaterThan(3 * 2 ** 20);
	expect(await disagreements(flac, 24)).toEqual([]);
});

test.each([3, 6, 8])("%i channels are rejected with the count", async (channels) => {
	const flac = runFlac(writeWave(new Float32Array(channels * 100), { sampleRate, channels, extensible: true }), [
		"--channel-map=none",
	]);
	await expect(open(flac, context)).rejects.toMatchObject({ code: "unsupported-channels" });
	await expect(open(flac, context)).rejects.toThrow(`${channels} channels`);
});

describe("around the audio", () => {
	const flac = runFlac(musicWave(16, 2), ["-5"]);
	const expected = decodeWithFlac(flac, 16);

	/** The same file with another STREAMINFO length. */
	function withTotal(total: number): Uint8Array<ArrayBuffer> {
		const bytes = flac.slice();
		const view = new DataView(bytes.buffer);
		view.setUint8(21, (view.getUint8(21) & 0xf0) | Math.floor(total / 2 ** 32));
		view.setUint32(22, total % 2 ** 32);
		return bytes;
	}

	test("ID3 tags before and after it are skipped", async () => {
		const id3v2 = concat([ascii("ID3"), Uint8Array.of(4, 0, 0, 0, 0, 1, 2), new Uint8Array(130)]);
		const id3v1 = concat([ascii("TAG"), new Uint8Array(125)]);
		const tagged = concat([id3v2, id3v2, withTotal(0), id3v1]);
		const decoded = await decodeAll(open(tagged, context));
		expect(firstDifference(decoded.samples, expected)).toBeNull();
	});

	test("an unknown length is estimated at first and exact at the end", async () => {
		const decoder = await open(withTotal(0), context);
		expect(decoder.format.frames).toBeGreaterThan(10_000);
		expect(decoder.format.frames).toBeLessThan(200_000);
		const decoded = await decodeAll(Promise.resolve(decoder));
		expect(decoded.format.frames).toBe(50_001);
		expect(firstDifference(decoded.samples, expected)).toBeNull();
	});

	test("an absurd length is ignored, and reported at the end", async () => {
		const decoder = await open(withTotal(2 ** 36 - 1), { ...context, strict: false });
		expect(decoder.format.frames).toBeLessThan(200_000);
		const decoded = await decodeAll(Promise.resolve(decoder));
		expect(firstDifference(decoded.samples, expected)).toBeNull();
		expect(decoded.warnings).toEqual(["The FLAC file ends at 1.134 s instead of at 1558264.779 s."]);
	});

	test("audio past the length in STREAMINFO is decoded, with a warning", async () => {
		const decoded = await decodeAll(open(withTotal(44_100), { ...context, strict: false }));
		expect(firstDifference(decoded.samples, expected)).toBeNull();
		expect(decoded.warnings).toEqual([
			"The FLAC file continues at 1.000 s, where it should end according to STREAMINFO.",
		]);
	});

	test("a file appended to another one is left out", async () => {
		const decoded = await decodeAll(open(concat([flac, flac]), context));
		expect(firstDifference(decoded.samples, expected)).toBeNull();
	});

	test("the length of silence is not limited", async () => {
		const channel = Array.from({ length: 65_535 }, () => 0);
		const blocks = Array.from({ length: 40 }, () => ({
			channels: [channel],
			codings: [{ type: "constant" }] as const,
		}));
		const { bytes } = writeFlac(blocks, { sampleRate, bits: 16 });
		const decoder = await open(bytes, context);
		expect(decoder.format.frames).toBe(40 * 65_535);
		expect((await decodeAll(Promise.resolve(decoder))).samples.length).toBe(40 * 65_535);
	});
});
