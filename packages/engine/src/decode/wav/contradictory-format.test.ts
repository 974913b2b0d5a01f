import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { firstBitDifference } from "../../../test/bit-difference.ts";
import { forgetfulSource } from "../../../test/byte-sources.ts";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import {
	decodeWithFfmpeg,
	music,
	randomBytes,
	seededRandom,
	type WaveCoding,
	writeWave,
	writeWaveData,
} from "../../../test/fixtures.ts";
import { openWav } from "./open-wav.ts";

const RATE = 48_000;
const open = (bytes: Uint8Array, strict = false) => openWav(forgetfulSource(bytes), decodeContext({ strict }));

/** Fields that overwrite those of a valid format chunk. */
interface Figures {
	readonly tag?: number;
	readonly channels?: number;
	readonly byteRate?: number;
	readonly frameBytes?: number;
	readonly bits?: number;
	readonly validBits?: number;
}

const places: Readonly<Record<keyof Figures, readonly [offset: number, bytes: 2 | 4]>> = {
	tag: [20, 2],
	channels: [22, 2],
	byteRate: [28, 4],
	frameBytes: [32, 2],
	bits: [34, 2],
	validBits: [38, 2],
};

function withFigures(file: Uint8Array, figures: Figures): Uint8Array<ArrayBuffer> {
	const changed = file.slice();
	const view = new DataView(changed.buffer);
	for (const [name, [offset, bytes]] of Object.entries(places)) {
		const value = figures[name as keyof Figures];
		if (value === undefined) continue;
		if (bytes === 2) view.setUint16(offset, value, true);
		else view.setUint32(offset, value, true);
	}
	return changed;
}

function soundFile(coding: WaveCoding, channels: 1 | 2): Uint8Array<ArrayBuffer> {
	return writeWave(music(4_800, RATE, channels), { sampleRate: RATE, channels, coding });
}

/** How a file in strict mode differs from a valid one; null if they are equal to the bit. */
async function differenceFrom(sound: Uint8Array, file: Uint8Array): Promise<string | null> {
	const [actual, expected] = await Promise.all([decodeAll(open(file, true)), decodeAll(open(sound, true))]);
	return firstBitDifference(actual.samples, expected.samples);
}

describe.each<[WaveCoding, 1 | 2]>([
	["u8", 1],
	["u8", 2],
	["s16", 1],
	["s16", 2],
	["s24", 1],
	["s24", 2],
	["s32", 2],
	["f32", 1],
	["f64", 2],
])("one wrong field is ignored: %s with %i channels", (coding, channels) => {
	const sound = soundFile(coding, channels);
	const width = { u8: 1, s16: 2, s24: 3, s32: 4, f32: 4, f64: 8 }[coding];
	const wrong: readonly Figures[] = [
		...[0, 1, 2, 3, 4, 5, 6, 8, 12, 16, 0xffff].map((frameBytes) => ({ frameBytes })),
		...[0, 1, RATE, RATE * width, 2 * RATE, 8 * RATE, 0xffffffff].map((byteRate) => ({ byteRate })),
		{ bits: 0 },
		{ frameBytes: 0, byteRate: 0 },
		{ bits: 0, frameBytes: 0 },
		{ bits: 0, byteRate: 0 },
	];

	test.each(wrong)("%o", async (figures) => {
		expect(await differenceFrom(sound, withFigures(sound, figures))).toBeNull();
	});
});

/** Interleaved samples of a WAV file decoded by `sox`. */
function decodeWithSox(input: Uint8Array): Float32Array {
	const args = ["-V1", "-t", "wav", "-", "-t", "raw", "-e", "floating-point", "-b", "32", "-"];
	return new Float32Array(new Uint8Array(execFileSync("sox", args, { input })).buffer);
}

test("sox plays 16 bits the same whatever the block align", () => {
	const sound = soundFile("s16", 2);
	const expected = decodeWithFfmpeg(sound, "wav");
	for (const frameBytes of [0, 1, 2, 3, 8]) {
		expect(firstBitDifference(decodeWithSox(withFigures(sound, { frameBytes })), expected)).toBeNull();
	}
});

test("a format chunk of 14 bytes, which has no bits, uses the block align", async () => {
	const sound = soundFile("s16", 2);
	const oldest = new Uint8Array(sound.length - 2);
	oldest.set(sound.subarray(0, 34));
	oldest.set(sound.subarray(36), 34);
	oldest[16] = 14;
	expect(await differenceFrom(sound, oldest)).toBeNull();
});

test.each([
	["A-law", 6],
	["µ-law", 7],
])("%s has 8 bits whatever the format declares", async (_name, tag) => {
	const sound = withFigures(soundFile("u8", 2), { tag });
	for (const figures of [{ bits: 16 }, { bits: 0 }, { frameBytes: 0 }, { frameBytes: 4 }, { byteRate: 0 }]) {
		expect(await differenceFrom(sound, withFigures(sound, figures))).toBeNull();
	}
});

describe("fields that disagree play by channels and bits with a warning", () => {
	test.each<[string, WaveCoding, 1 | 2, Figures]>([
		["no two agree", "s16", 2, { frameBytes: 7, byteRate: 12_345 }],
		["no two agree, one is left out", "s16", 1, { frameBytes: 3, byteRate: 0 }],
		["both omit the channels", "s16", 2, { frameBytes: 2, byteRate: 2 * RATE }],
		["both say 4 bytes", "s16", 1, { frameBytes: 4, byteRate: 4 * RATE }],
		["both say 2 bytes", "u8", 1, { frameBytes: 2, byteRate: 2 * RATE }],
	])("%s: %s", async (_name, coding, channels, figures) => {
		const sound = soundFile(coding, channels);
		const file = withFigures(sound, figures);
		const decoded = await decodeAll(open(file));
		expect(firstBitDifference(decoded.samples, (await decodeAll(open(sound))).samples)).toBeNull();
		expect(firstBitDifference(decoded.samples, decodeWithSox(file))).toBeNull();
		expect(decoded.warnings).toEqual([
			expect.stringMatching(/^The format contradicts itself: .* of \d+ bits at 48000 Hz/),
		]);
		await expect(open(file, true)).rejects.toMatchObject({ code: "malformed-audio", byteOffset: 32 });
	});
});

test.each<[string, WaveCoding, Figures]>([
	["frame and byte rate leave less room than the bits need", "s16", { bits: 24 }],
	["all fields are zero", "s16", { bits: 0, frameBytes: 0, byteRate: 0 }],
	["integers of 64 bits", "f64", { tag: 1 }],
	["floats of 24 bits", "s24", { tag: 3 }],
	["floats of 16 bits in containers of 32", "f32", { bits: 16 }],
])("%s: malformed", async (_name, coding, figures) => {
	const file = withFigures(soundFile(coding, 2), figures);
	await expect(open(file)).rejects.toMatchObject({
		code: "malformed-audio",
		byteOffset: 32,
		message: expect.stringContaining("bytes per frame"),
	});
});

describe("24 bits in containers of 32", () => {
	const options = { sampleRate: RATE, channels: 2, coding: "s32" } as const;
	const samples = music(4_800, RATE, 2);
	const integers = Int32Array.from(samples, (sample) => Math.round(sample * 2 ** 23));
	const expected = Float32Array.from(integers, (integer) => integer / 2 ** 23);
	const bytesOf = (word: (integer: number) => number) => new Uint8Array(Int32Array.from(integers, word).buffer);
	const top = bytesOf((integer) => integer << 8);
	const bottom = bytesOf((integer) => integer);
	const bottomWithoutSign = bytesOf((integer) => integer & 0xffffff);

	/** Every header that can express it. */
	const headers: readonly (readonly [string, (data: Uint8Array) => Uint8Array])[] = [
		["extensible", (data) => writeWaveData(data, { ...options, extensible: true, validBits: 24 })],
		["24 bits, 8 bytes per frame", (data) => withFigures(writeWaveData(data, options), { bits: 24 })],
		["and no byte rate", (data) => withFigures(writeWaveData(data, options), { bits: 24, byteRate: 0 })],
		["and no block align", (data) => withFigures(writeWaveData(data, options), { bits: 24, frameBytes: 0 })],
	];

	describe.each(headers)("%s", (_name, file) => {
		test.each([
			["left-aligned", top],
			["right-aligned, as by arecord", bottom],
			["right-aligned, without sign extension", bottomWithoutSign],
		])("%s", async (_place, data) => {
			const decoded = await decodeAll(open(file(data), true));
			expect(firstBitDifference(decoded.samples, expected)).toBeNull();
		});

		test("in silence of the same length", async () => {
			const decoded = await decodeAll(open(file(new Uint8Array(top.length)), true));
			expect(decoded.samples.length).toBe(samples.length);
		});
	});

	test("with all 32 in use are read as 32 bits, with a warning if the format is not extensible", async () => {
		const noise = randomBytes(8_000, seededRandom(5));
		const plain = await decodeAll(open(writeWaveData(noise, options)));
		const [extensible, ...others] = headers.map(([, file]) => file(noise));
		expect(firstBitDifference((await decodeAll(open(extensible!, true))).samples, plain.samples)).toBeNull();
		for (const file of others) {
			const decoded = await decodeAll(open(file));
			expect(firstBitDifference(decoded.samples, plain.samples)).toBeNull();
			expect(decoded.warnings).toHaveLength(1);
		}
	});

	test("one loud sample at the end of a minute reveals left alignment", async () => {
		const quiet = Int32Array.from({ length: 60 * RATE }, (_value, index) => (index % 200) - 100);
		quiet[quiet.length - 1] = 0x4000_0000;
		const data = new Uint8Array(quiet.buffer);
		const mono = { ...options, channels: 1, extensible: true };
		const file = writeWaveData(data, { ...mono, validBits: 24 });
		const whole = await decodeAll(open(writeWaveData(data, mono)));
		expect(firstBitDifference((await decodeAll(open(file, true))).samples, whole.samples)).toBeNull();
		quiet[quiet.length - 1] = 0;
		const atBottom = await decodeAll(open(writeWaveData(data, { ...mono, validBits: 24 }), true));
		expect(atBottom.samples[0]).toBe(-100 / 2 ** 23);
	});
});

test.each([0, 1, 33, 64, 0xffff])("%i valid bits of 32 are ignored", async (validBits) => {
	const sound = writeWave(music(4_800, RATE, 2), { sampleRate: RATE, channels: 2, coding: "s32", extensible: true });
	expect(await differenceFrom(sound, withFigures(sound, { validBits }))).toBeNull();
});

test.each([0, 17, 24, 0xffff])("%i valid bits of 16 are ignored", async (validBits) => {
	const sound = writeWave(music(4_800, RATE, 2), { sampleRate: RATE, channels: 2, extensible: true });
	expect(await differenceFrom(sound, withFigures(sound, { validBits }))).toBeNull();
});
