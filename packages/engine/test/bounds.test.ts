import { execFileSync } from "node:child_process";
import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { boundsBench } from "./bounds-harness.ts";
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

/** What a load over the budget ends in. @param mebibytes - a pattern of what it needs */
function overBudget(mebibytes: string): { readonly code: "out-of-memory"; readonly msg: RegExp } {
	const used = "\\d\\.\\d MiB of the memory budget of 8\\.0 MiB are in use; unload samples or raise memoryBudget";
	return { code: "out-of-memory", msg: new RegExp(`^the sample needs ${mebibytes} MiB, but ${used}$`) };
}

function patched(bytes: Uint8Array, offset: number, ...values: readonly number[]): Uint8Array<ArrayBuffer> {
	const copy = new Uint8Array(bytes);
	copy.set(values, offset);
	return copy;
}

/** RF64 whose riff size, data size and frame count are 2^60. */
function endlessRf64(): Uint8Array<ArrayBuffer> {
	const sizes = concat([ascii("ds64"), bytes32(28, true), ...[0, 0, 0].map(() => bytes64(2 ** 60, true)), bytes32(0)]);
	const dataSize = patched(wave, 40, 255, 255, 255, 255).subarray(12);
	return concat([ascii("RF64"), bytes32(ONES), ascii("WAVE"), sizes, dataSize]);
}

/** Silence as a file of few bytes, encoded by ffmpeg. */
function silence(extension: string, seconds: number, ...args: readonly string[]): Buffer {
	const folder = temporaryFolder();
	const path = join(folder, `silence.${extension}`);
	const source = ["-f", "lavfi", "-i", "anullsrc=r=48000:cl=mono", "-t", String(seconds)];
	execFileSync("ffmpeg", ["-v", "error", ...source, ...args, path]);
	return readFileSync(path);
}

test("an hour of silence in a few KiB of FLAC ends at the budget, whether its header tells the length or not", async () => {
	const hour = silence("flac", 3_600, "-frame_size", "65535");
	expect(hour.length).toBeLessThan(64 * KIBIBYTE);
	const { refuses } = await boundsBench({ memoryBudget: BUDGET });
	expect(await refuses(hour, overBudget("659.2"))).toEqual({ stage: "Loading (decoding)", percent: 0.15 });
	// Half a byte of depth, then the length.
	const untold = patched(hour, 21, 0xf0, 0, 0, 0, 0);
	const { stage, percent } = await refuses(untold, overBudget("(?:[4-9]|1[0-2])\\.\\d"));
	expect(stage).toBe("Loading (decoding)");
	// The share of the bytes that were decoded; the head of the file is a fifth of it.
	expect(percent).toBeLessThan(0.4);
});

test.for([
	["Opus", "109.9", () => silence("opus", 600, "-b:a", "500", "-frame_duration", "120")],
	["Vorbis", "54.9", () => silence("ogg", 300, "-c:a", "libvorbis")],
	["MP3", "54.9", () => silence("mp3", 300, "-ar", "8000", "-b:a", "8k")],
] as const)("%s: long silence in few bytes ends at the budget, before it is decoded", async ([, mebibytes, encode]) => {
	const bytes = encode();
	const { refuses } = await boundsBench({ memoryBudget: BUDGET });
	expect(await refuses(bytes, overBudget(mebibytes))).toEqual({ stage: "Loading (decoding)", percent: 0.15 });
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
		"a second played 16,000 times",
		Array.from({ length: 16_000 }, () => ({ duration: 1_000, mediaTime: 0 })),
		"2929\\.7",
	],
])("MP4: an edit list with %s ends at the budget, before anything is decoded", async (_what, entries, mebibytes) => {
	const file = withEditList(silence("m4a", 1, "-c:a", "alac"), editListBox(entries, 1), 1);
	const { refuses } = await boundsBench({ memoryBudget: BUDGET });
	expect(await refuses(file, overBudget(mebibytes))).toEqual({ stage: "Loading (decoding)", percent: 0.15 });
});

test("a long file over the budget fails with what it needs as soon as its header has been read", async () => {
	const { folder, refuses } = await boundsBench({ memoryBudget: BUDGET });
	const path = join(folder, "long.wav");
	const dataBytes = 64 * MEBIBYTE;
	const sizes = { declaredRiffSize: dataBytes + 36, declaredDataSize: dataBytes };
	writeFileSync(path, writeWave([], { sampleRate: 192_000, channels: 2, ...sizes }));
	truncateSync(path, 44 + dataBytes);
	expect(await refuses(path, overBudget("32.0"))).toEqual({
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
])("%s loads what is there, and takes no more memory than that", async (_name, file, channels) => {
	const { engine } = await boundsBench({ memoryBudget: MEBIBYTE });
	const before = engine.stats().pcmBytes;
	expect(await engine.loadSample(1, file)).toMatchObject({ frames: 1_000, channels });
	expect(engine.stats().pcmBytes - before).toBe((1_000 + 32) * channels * 4);
});

test("headers that cannot be true, and what is no audio, are told with what is wrong", async () => {
	const { refuses } = await boundsBench();
	for (const header of [patched(wave, 22, 0, 0), patched(wave, 24, 0, 0, 0, 0)]) {
		await refuses(header, { code: "malformed-audio", msg: /damaged/ });
	}
	await refuses(new Uint8Array(0), {
		code: "malformed-audio",
		msg: /^The file is empty: .* Export or download it again\.$/,
	});
	const surround = writeWave(new Float32Array(800), { sampleRate: 192_000, channels: 8 });
	const { percent } = await refuses(surround, { code: "unsupported-channels", msg: /8 channels.*Mix it down to two/ });
	expect(percent).toBe(0.15);
	for (const byte of [0, 0x52, 0xff]) await refuses(Uint8Array.of(byte), { code: "unsupported-format", msg: /./ });
});
