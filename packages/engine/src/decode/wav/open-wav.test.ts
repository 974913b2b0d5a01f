import { describe, expect, test } from "vitest";
import { forgetfulSource } from "../../../test/byte-sources.ts";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import {
	ascii,
	concat,
	convertWithFfmpeg,
	decodeWithFfmpeg,
	firstDifference,
	noise,
	randomBytes,
	seededRandom,
	type WaveCoding,
	type WaveOptions,
	writeWave,
	writeWaveData,
} from "../../../test/fixtures.ts";
import { memorySource } from "../../source/byte-source.ts";
import { openWav } from "./open-wav.ts";

const codings: readonly WaveCoding[] = ["u8", "s16", "s24", "s32", "f32", "f64"];
const stereo: WaveOptions = { sampleRate: 48_000, channels: 2 };

/** The expected value of a sample after a round trip through a coding. */
const closedForm: Record<WaveCoding, (sample: number) => number> = {
	u8: (sample) => Math.round(sample * 2 ** 7) / 2 ** 7,
	s16: (sample) => Math.round(sample * 2 ** 15) / 2 ** 15,
	s24: (sample) => Math.round(sample * 2 ** 23) / 2 ** 23,
	s32: (sample) => Math.fround(Math.round(sample * 2 ** 31) / 2 ** 31),
	f32: Math.fround,
	f64: Math.fround,
};

const open = (bytes: Uint8Array, strict = false) => openWav(forgetfulSource(bytes), decodeContext({ strict }));

describe.each(codings)("%s", (coding) => {
	const samples = Float64Array.from(
		noise(70_001, 2, { seed: 7, amplitude: 0.99 }),
		(sample) => sample * (1 + 2 ** -30),
	);

	test.each([false, true])("decodes to the closed form, extensible %s, at every alignment", async (extensible) => {
		const wave = writeWave(samples, { ...stereo, coding, extensible });
		for (let shift = 0; shift < 8; shift++) {
			const shifted = new Uint8Array(wave.length + shift).subarray(shift);
			shifted.set(wave);
			const decoded = await decodeAll(openWav(memorySource(shifted), decodeContext()));
			expect(decoded.format).toEqual({ name: "WAV", sampleRate: 48_000, channels: 2, frames: 70_001 });
			expect(firstDifference(decoded.samples, Float32Array.from(samples, closedForm[coding]))).toBeNull();
			expect(decoded.warnings).toEqual([]);
		}
	});

	test("equals ffmpeg to the bit on random bytes", async () => {
		const isFloat = coding === "f32" || coding === "f64";
		const data = isFloat ? null : randomBytes(24 * 1_000, seededRandom(11));
		const wave = data === null ? writeWave(samples, { ...stereo, coding }) : writeWaveData(data, { ...stereo, coding });
		const decoded = await decodeAll(open(wave));
		expect(firstDifference(decoded.samples, decodeWithFfmpeg(wave, "wav"))).toBeNull();
	});
});

test("the extreme integers are -1 and one step below 1", async () => {
	const eight = await decodeAll(
		open(writeWaveData(Uint8Array.of(0, 128, 255), { ...stereo, channels: 1, coding: "u8" })),
	);
	expect([...eight.samples]).toEqual([-1, 0, 127 / 128]);
	const data = Uint8Array.of(0, 0, 0x80, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff);
	const twentyFour = await decodeAll(open(writeWaveData(data, { ...stereo, channels: 1, coding: "s24" })));
	expect([...twentyFour.samples]).toEqual([-1, 1 - 2 ** -23, -(2 ** -23)]);
});

test("24 valid bits in 32 have the full scale of the container", async () => {
	const data = Uint8Array.of(0, 0, 0, 0x40, 0, 1, 0, 0);
	const wave = writeWaveData(data, { sampleRate: 44_100, channels: 1, coding: "s32", extensible: true, validBits: 24 });
	expect([...(await decodeAll(open(wave))).samples]).toEqual([0.5, 2 ** -23]);
});

test("unknown chunks of odd length before and after the data are skipped", async () => {
	const samples = noise(100, 2, { seed: 3 });
	const before = [
		["LIST", randomBytes(31, seededRandom(1))],
		["fact", randomBytes(4, seededRandom(2))],
		["bext", randomBytes(603, seededRandom(3))],
	] as const;
	const after = [["smpl", randomBytes(37, seededRandom(4))]] as const;
	const decoded = await decodeAll(open(writeWave(samples, { ...stereo, coding: "f32", before, after })));
	expect(firstDifference(decoded.samples, samples)).toBeNull();
});

test.each([
	["all ones", 0xffffffff, 0xffffffff],
	["zero", 0, 0],
	["zero in an unfinished RIFF", 0xffffffff, 0],
])(
	"streaming sizes (%s) mean that the audio extends to the end of the file",
	async (_name, declaredRiffSize, declaredDataSize) => {
		const samples = noise(1_000, 2, { seed: 5 });
		const wave = writeWave(samples, { ...stereo, coding: "f32", declaredRiffSize, declaredDataSize });
		const decoded = await decodeAll(open(wave, true));
		expect(firstDifference(decoded.samples, samples)).toBeNull();
	},
);

test("a file that ffmpeg wrote to a pipe has its exact length", async () => {
	const samples = noise(5_000, 1, { seed: 6 });
	const source = writeWave(samples, { sampleRate: 22_050, channels: 1 });
	const piped = convertWithFfmpeg(source, { from: "wav", to: "raw", args: ["-f", "wav", "-seekable", "0"] });
	const decoded = await decodeAll(open(piped));
	expect(firstDifference(decoded.samples, (await decodeAll(open(source))).samples)).toBeNull();
});

test("truncated data plays as far as it goes with a warning, an error in strict mode", async () => {
	const samples = noise(1_000, 2, { seed: 8 });
	const cut = writeWave(samples, { ...stereo, coding: "f32" }).subarray(0, 44 + 601 * 8 + 5);
	const decoded = await decodeAll(open(cut));
	expect(firstDifference(decoded.samples, samples.subarray(0, 601 * 2))).toBeNull();
	expect(decoded.warnings).toEqual(["The audio ends at 0.013 s, after 601 of 1000 frames."]);
	await expect(open(cut, true)).rejects.toMatchObject({ code: "malformed-audio", byteOffset: cut.length });
});

test("the fraction rises to 1 and no chunk is longer than 64 Ki frames", async () => {
	const decoder = await open(writeWave(new Float32Array(150_000), { sampleRate: 48_000, channels: 1 }));
	const chunks: (readonly [length: number, fraction: number])[] = [];
	for await (const { samples, fraction } of decoder.chunks()) chunks.push([samples.length, fraction]);
	expect(chunks).toEqual([
		...Array.from({ length: 4 }, (_value, index) => [32_768, (32_768 * (index + 1)) / 150_000]),
		[18_928, 1],
	]);
});

describe("an impossible header is malformed", () => {
	const good = writeWave(noise(10, 2, { seed: 9 }), stereo);
	const patched = (offset: number, ...values: number[]) => {
		const bytes = good.slice();
		bytes.set(values, offset);
		return bytes;
	};

	test.each([
		["no channels", patched(22, 0, 0), 22],
		["no sample rate", patched(24, 0, 0, 0, 0), 24],
		["an absurd sample rate", patched(24, 0xff, 0xff, 0xff, 0x7f), 24],
		["more bits than the container", patched(34, 24, 0), 32],
		["a short format chunk", patched(16, 8, 0, 0, 0), 20],
		["data before the format", concat([good.subarray(0, 12), good.subarray(36), good.subarray(12, 36)]), 12],
		["no data chunk", good.subarray(0, 36), 36],
		["no chunk at all", good.subarray(0, 12), 12],
		["empty data", writeWave([], stereo), 44],
		["an extensible format cut short", patched(20, 0xfe, 0xff), 36],
	])("%s", async (_name, bytes, byteOffset) => {
		await expect(open(bytes)).rejects.toMatchObject({ code: "malformed-audio", byteOffset });
	});
});

test.each([
	[2, "Microsoft ADPCM"],
	[0x11, "IMA ADPCM"],
	[0x50, "MPEG audio layer II"],
	[0xf1ac, "FLAC"],
	[0x1234, "codec 0x1234"],
])("format tag %i is rejected as %s", async (tag, name) => {
	const wave = writeWave(noise(10, 2, { seed: 1 }), stereo);
	new DataView(wave.buffer).setUint16(20, tag, true);
	await expect(open(wave)).rejects.toMatchObject({
		code: "unsupported-format",
		message: expect.stringContaining(name),
	});
});

test("an unknown subformat is rejected with its GUID", async () => {
	const wave = writeWave(noise(10, 2, { seed: 1 }), { ...stereo, extensible: true });
	wave.set(ascii("junk"), 46);
	await expect(open(wave)).rejects.toMatchObject({
		code: "unsupported-format",
		message: expect.stringContaining("01006a756e6b"),
	});
});

test("six channels are rejected with their count", async () => {
	const wave = writeWave(noise(10, 6, { seed: 1 }), { sampleRate: 48_000, channels: 6 });
	await expect(open(wave)).rejects.toMatchObject({
		code: "unsupported-channels",
		message: expect.stringContaining("6 channels"),
	});
});
