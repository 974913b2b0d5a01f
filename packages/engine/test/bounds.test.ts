import { execFileSync } from "node:child_process";
import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { boundsHarness } from "./bounds-harness.ts";
import { SAMPLE_RATE, temporaryFolder } from "./engine-harness.ts";
import { ascii, concat, noise, writeWave } from "./fixtures.ts";
import { writeFlac } from "./flac-writer.ts";
import { bytes32, bytes64 } from "./iff-writer.ts";
import { editListBox, withEditList } from "./mp4-writer.ts";

const KIBIBYTE = 2 ** 10;
const MEBIBYTE = 2 ** 20;
const BUDGET = 8 * MEBIBYTE;
const ONES = 0xff_ff_ff_ff;
const samples = noise(1_000, 2, { seed: 0xb0 });
const format = { sampleRate: SAMPLE_RATE, channels: 2 } as const;
const wave = writeWave(samples, format);
const flac = writeFlac(
	[{ channels: [Array.from({ length: 1_000 }, (_, frame) => frame)], codings: [{ type: "verbatim" }] }],
	{
		sampleRate: SAMPLE_RATE,
		bits: 16,
		declaredFrames: 2 ** 36 - 1,
	},
).bytes;

/** The error of a load over the budget. @param mebibytes - pattern of its size */
function overBudget(mebibytes: string): { readonly code: "out-of-memory"; readonly msg: RegExp } {
	const used = "\\d\\.\\d MiB of the memory budget of 8\\.0 MiB are in use\\. Unload samples, or raise memoryBudget\\.";
	return { code: "out-of-memory", msg: new RegExp(`^The sample needs ${mebibytes} MiB, but ${used}$`) };
}

function patched(bytes: Uint8Array, offset: number, ...values: readonly number[]): Uint8Array<ArrayBuffer> {
	const copy = new Uint8Array(bytes);
	copy.set(values, offset);
	return copy;
}

/** RF64 with a RIFF size, data size and frame count of 2^60. */
function endlessRf64(): Uint8Array<ArrayBuffer> {
	const sizes = concat([ascii("ds64"), bytes32(28, true), ...[0, 0, 0].map(() => bytes64(2 ** 60, true)), bytes32(0)]);
	const dataSize = patched(wave, 40, 255, 255, 255, 255).subarray(12);
	return concat([ascii("RF64"), bytes32(ONES), ascii("WAVE"), sizes, dataSize]);
}

/** A small file of silence, encoded by ffmpeg. */
function silence(extension: string, seconds: number, ...args: readonly string[]): Buffer {
	const folder = temporaryFolder();
	const path = join(folder, `silence.${extension}`);
	const source = ["-f", "lavfi", "-i", "anullsrc=r=48000:cl=mono", "-t", String(seconds)];
	execFileSync("ffmpeg", ["-v", "error", ...source, ...args, path]);
	return readFileSync(path);
}

test("an hour of silence in a few KiB of FLAC ends at the budget, with or without a declared length", async () => {
	const hour = silence("flac", 3_600, "-frame_size", "65535");
	expect(hour.length).toBeLessThan(64 * KIBIBYTE);
	const { expectFailure } = await boundsHarness({ memoryBudget: BUDGET });
	expect(await expectFailure(hour, overBudget("659.2"))).toEqual({ stage: "Loading (decoding)", percent: 0.15 });
	// The low half of the byte belongs to the depth, then comes the length.
	const undeclared = patched(hour, 21, 0xf0, 0, 0, 0, 0);
	const { stage, percent } = await expectFailure(undeclared, overBudget("(?:[4-9]|1[0-2])\\.\\d"));
	expect(stage).toBe("Loading (decoding)");
	// Share of the bytes decoded; the head of the file is a fifth of it.
	expect(percent).toBeLessThan(0.4);
});

test.for([
	["Opus", "109.9", () => silence("opus", 600, "-b:a", "500", "-frame_duration", "120")],
	["Vorbis", "54.9", () => silence("ogg", 300, "-c:a", "libvorbis")],
	["MP3", "54.9", () => silence("mp3", 300, "-ar", "8000", "-b:a", "8k")],
] as const)("%s: long silence in few bytes ends at the budget before decoding", async ([, mebibytes, encode]) => {
	const bytes = encode();
	const { expectFailure } = await boundsHarness({ memoryBudget: BUDGET });
	expect(await expectFailure(bytes, overBudget(mebibytes))).toEqual({ stage: "Loading (decoding)", percent: 0.15 });
});

test.each([
	[
		"a pause of 2^60 s",
		[
			{ duration: 10, mediaTime: 0 },
			{ duration: 2n ** 60n, mediaTime: -1 },
		],
		"2111062325329920\\d\\d\\.\\d",
	],
	[
		"one second played 16,000 times",
		Array.from({ length: 16_000 }, () => ({ duration: 1_000, mediaTime: 0 })),
		"2929\\.7",
	],
])("MP4: an edit list with %s ends at the budget before decoding", async (_what, entries, mebibytes) => {
	const file = withEditList(silence("m4a", 1, "-c:a", "alac"), editListBox(entries, 1), 1);
	const { expectFailure } = await boundsHarness({ memoryBudget: BUDGET });
	expect(await expectFailure(file, overBudget(mebibytes))).toEqual({ stage: "Loading (decoding)", percent: 0.15 });
});

test("a long file over the budget fails with its size as soon as its header is read", async () => {
	const { folder, expectFailure } = await boundsHarness({ memoryBudget: BUDGET });
	const path = join(folder, "long.wav");
	const dataBytes = 64 * MEBIBYTE;
	const sizes = { declaredRiffSize: dataBytes + 36, declaredDataSize: dataBytes };
	writeFileSync(path, writeWave([], { sampleRate: 192_000, channels: 2, ...sizes }));
	truncateSync(path, 44 + dataBytes);
	expect(await expectFailure(path, overBudget("32.0"))).toEqual({
		stage: "Loading (decoding)",
		percent: 0.15,
	});
});

test.each([
	[
		"a WAV file that claims 4 GiB",
		writeWave(samples, { ...format, declaredRiffSize: ONES - 1, declaredDataSize: ONES - 3 }),
		2,
	],
	["an RF64 file that claims 2^60 bytes", endlessRf64(), 2],
	["a FLAC file that claims 2^36 frames", flac, 1],
])("%s loads the frames present, and takes memory only for those", async (_name, file, channels) => {
	const { engine } = await boundsHarness({ memoryBudget: MEBIBYTE });
	const before = engine.stats().pcmBytes;
	expect(await engine.loadSample(1, file)).toMatchObject({ frames: 1_000, channels });
	expect(engine.stats().pcmBytes - before).toBe((1_000 + 32) * channels * 4);
});

test("impossible headers and files without audio fail with the reason", async () => {
	const { expectFailure } = await boundsHarness();
	for (const header of [patched(wave, 22, 0, 0), patched(wave, 24, 0, 0, 0, 0)]) {
		await expectFailure(header, { code: "malformed-audio", msg: /Export (it|the file) again\.$/ });
	}
	await expectFailure(new Uint8Array(0), {
		code: "malformed-audio",
		msg: /^The file is empty: .* Export or download it again\.$/,
	});
	const surround = writeWave(new Float32Array(800), { sampleRate: 192_000, channels: 8 });
	const { percent } = await expectFailure(surround, {
		code: "unsupported-channels",
		msg: /8 channels.*Mix it down to two/,
	});
	expect(percent).toBe(0.15);
	for (const byte of [0, 0x52, 0xff])
		await expectFailure(Uint8Array.of(byte), { code: "unsupported-format", msg: /./ });
});
