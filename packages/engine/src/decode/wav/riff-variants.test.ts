import { describe, expect, test } from "vitest";
import { firstBitDifference } from "../../../test/bit-difference.ts";
import { forgetfulSource } from "../../../test/byte-sources.ts";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import {
	ascii,
	concat,
	convertWithFfmpeg,
	decodeWithFfmpeg,
	music,
	noise,
	randomBytes,
	seededRandom,
	writeWave,
	writeWaveData,
} from "../../../test/fixtures.ts";
import { bytes16, bytes32, bytes64, iffChunk } from "../../../test/iff-writer.ts";
import { sparseSource } from "../../../test/sparse-source.ts";
import { openWav } from "./open-wav.ts";

const open = (bytes: Uint8Array, strict = false) => openWav(forgetfulSource(bytes), decodeContext({ strict }));
const strictly = decodeContext({ strict: true });
const GIBIBYTE = 2 ** 30;
const ONES = 0xffffffff;

const samples = music(20_001, 44_100, 2);
const wave = writeWave(samples, { sampleRate: 44_100, channels: 2, coding: "f32" });
/** The `fmt ` chunk of 48 kHz, stereo, 16 bits. */
const format = writeWave([], { sampleRate: 48_000, channels: 2 }).slice(12, 36);

describe.each([
	["A-law", "pcm_alaw", 6],
	["\u00b5-law", "pcm_mulaw", 7],
] as const)("%s", (_name, codec, tag) => {
	test("equals ffmpeg to the bit on all codes", async () => {
		const codes = Uint8Array.from({ length: 256 }, (_value, code) => code);
		const companded = writeWaveData(codes, { sampleRate: 8_000, channels: 1, coding: "u8" });
		companded.set(bytes16(tag, true), 20);
		const decoded = await decodeAll(open(companded, true));
		expect(decoded.format).toEqual({ name: "WAV", sampleRate: 8_000, channels: 1, frames: 256 });
		expect(firstBitDifference(decoded.samples, decodeWithFfmpeg(companded, "wav"))).toBeNull();
	});

	test("of ffmpeg is read", async () => {
		const companded = convertWithFfmpeg(wave, { from: "wav", to: "wav", args: ["-c:a", codec] });
		const decoded = await decodeAll(open(companded, true));
		expect(decoded.format.frames).toBe(20_001);
		expect(firstBitDifference(decoded.samples, decodeWithFfmpeg(companded, "wav"))).toBeNull();
	});

	test("of 16 bits is malformed", async () => {
		const companded = writeWaveData(new Uint8Array(8), { sampleRate: 8_000, channels: 1 });
		companded.set(bytes16(tag, true), 20);
		await expect(open(companded)).rejects.toMatchObject({ code: "malformed-audio", byteOffset: 32 });
	});
});

test("RIFX is RIFF in big-endian", async () => {
	const big = concat([bytes16(1), bytes16(2), bytes32(48_000), bytes32(192_000), bytes16(4), bytes16(16)]);
	const data = Uint8Array.of(0x80, 0, 0x7f, 0xff, 0, 1, 0xc0, 0);
	const file = iffChunk("RIFX", concat([ascii("WAVE"), iffChunk("fmt ", big), iffChunk("data", data)]));
	const decoded = await decodeAll(open(file, true));
	expect(decoded.format).toEqual({ name: "WAV", sampleRate: 48_000, channels: 2, frames: 2 });
	expect([...decoded.samples]).toEqual([-1, 1 - 2 ** -15, 2 ** -15, -0.5]);
});

test.each(["pcm_s16le", "pcm_s24le", "pcm_f64le"])(
	"RF64 of ffmpeg as %s equals its own decode to the bit",
	async (codec) => {
		const rf64 = convertWithFfmpeg(wave, { from: "wav", to: "wav", args: ["-rf64", "always", "-c:a", codec] });
		const decoded = await decodeAll(open(rf64, true));
		expect(decoded.format).toEqual({ name: "RF64", sampleRate: 44_100, channels: 2, frames: 20_001 });
		expect(firstBitDifference(decoded.samples, decodeWithFfmpeg(rf64, "wav"))).toBeNull();
	},
);

/** The start of an RF64 file up to the format, with the given sizes. */
function longHead(sizes: {
	id?: "RF64" | "BW64";
	riffBytes: number;
	dataBytes: number;
	table?: readonly (readonly [id: string, bytes: number])[];
	declaredEntries?: number;
}): Uint8Array {
	const table = sizes.table ?? [];
	const body = concat([
		bytes64(sizes.riffBytes, true),
		bytes64(sizes.dataBytes, true),
		bytes64(0, true),
		bytes32(sizes.declaredEntries ?? table.length, true),
		...table.map(([id, bytes]) => concat([ascii(id), bytes64(bytes, true)])),
	]);
	const sizesChunk = iffChunk("ds64", body, { isLittleEndian: true });
	return concat([ascii(sizes.id ?? "RF64"), bytes32(ONES), ascii("WAVE"), sizesChunk, format]);
}

const openEnded = (id: string) => concat([ascii(id), bytes32(ONES)]);

describe("sizes beyond 4 GiB", () => {
	const data = randomBytes(4_000, seededRandom(7));
	const plain = decodeAll(open(writeWaveData(data, { sampleRate: 48_000, channels: 2 })));

	test("an RF64 file of 6 GiB has all its frames", async () => {
		const dataBytes = 6 * GIBIBYTE;
		const head = concat([longHead({ riffBytes: dataBytes + 88, dataBytes }), openEnded("data")]);
		const source = sparseSource(head.length + dataBytes, [
			[0, head],
			[head.length, data],
		]);
		const decoder = await openWav(source, strictly);
		expect(decoder.format.frames).toBe(dataBytes / 4);
		const { value } = await decoder.chunks().next();
		expect(firstBitDifference(value!.samples.subarray(0, 2_000), (await plain).samples)).toBeNull();
		decoder.close();
	});

	test("audio after a BW64 chunk of 5 GiB is found", async () => {
		const gapBytes = 5 * GIBIBYTE + 1;
		const table = [["axml", gapBytes]] as const;
		const head = longHead({ id: "BW64", riffBytes: gapBytes, dataBytes: data.length, table });
		const start = concat([head, openEnded("axml")]);
		const dataHeader = start.length + gapBytes + 1;
		const source = sparseSource(dataHeader + 8 + data.length + 10, [
			[0, start],
			[dataHeader, concat([openEnded("data"), data])],
		]);
		const decoded = await decodeAll(openWav(source, strictly));
		expect(decoded.format.name).toBe("BW64");
		expect(firstBitDifference(decoded.samples, (await plain).samples)).toBeNull();
	});

	test.each([
		["no ds64 chunk", concat([ascii("RF64"), bytes32(ONES), ascii("WAVE"), format, openEnded("data"), data])],
		["zero in an unfinished file", concat([longHead({ riffBytes: 0, dataBytes: 0 }), openEnded("data"), data])],
		["2^60", concat([longHead({ riffBytes: 2 ** 60, dataBytes: 2 ** 60 }), openEnded("data"), data])],
		[
			"more entries than the table has",
			concat([longHead({ riffBytes: 0, dataBytes: data.length, declaredEntries: ONES }), openEnded("data"), data]),
		],
	])("RF64 sizes that are %s extend the audio to the end of the file", async (_name, file) => {
		const decoded = await decodeAll(open(file, true));
		expect(firstBitDifference(decoded.samples, (await plain).samples)).toBeNull();
	});

	test("a truncated RF64 file plays what is there with a warning", async () => {
		const head = longHead({ riffBytes: 40 * GIBIBYTE, dataBytes: 40 * GIBIBYTE });
		const decoded = await decodeAll(open(concat([head, openEnded("data"), data])));
		expect(firstBitDifference(decoded.samples, (await plain).samples)).toBeNull();
		expect(decoded.warnings).toEqual(["The audio ends at 0.021 s, after 1000 of 10737418240 frames."]);
	});

	test("a WAV file that claims 3 GiB plays what is there with a warning", async () => {
		const sizes = { declaredRiffSize: 3 * GIBIBYTE + 36, declaredDataSize: 3 * GIBIBYTE };
		const decoded = await decodeAll(open(writeWaveData(data, { sampleRate: 48_000, channels: 2, ...sizes })));
		expect(firstBitDifference(decoded.samples, (await plain).samples)).toBeNull();
		expect(decoded.warnings).toEqual(["The audio ends at 0.021 s, after 1000 of 805306368 frames."]);
	});

	test("a ds64 chunk that is too short is malformed", async () => {
		const file = concat([
			ascii("RF64"),
			bytes32(ONES),
			ascii("WAVE"),
			ascii("ds64"),
			bytes32(20, true),
			new Uint8Array(20),
		]);
		await expect(open(file)).rejects.toMatchObject({ code: "malformed-audio", byteOffset: 20 });
	});
});

test("a file of empty chunks is abandoned", async () => {
	const chunks = new Uint8Array(70_000 * 8).fill(0);
	const file = concat([ascii("RIFF"), bytes32(ONES), ascii("WAVE"), chunks, wave.subarray(12)]);
	await expect(open(file)).rejects.toMatchObject({
		code: "malformed-audio",
		message: expect.stringContaining("format"),
	});
});

test("192 kHz in 8 channels is rejected with the count", async () => {
	const file = writeWave(noise(10, 8, { seed: 1 }), { sampleRate: 192_000, channels: 8, extensible: true });
	await expect(open(file)).rejects.toMatchObject({
		code: "unsupported-channels",
		message: expect.stringContaining("8 channels"),
	});
});

test("a file that becomes shorter while being decoded plays what is left with a warning", async () => {
	let available = wave.length;
	const read = (byteOffset: number, byteLength: number) =>
		forgetfulSource(wave.subarray(0, available)).read(byteOffset, byteLength);
	const decoder = await openWav({ byteLength: wave.length, read }, decodeContext());
	available = 44 + 12_345 * 8 + 3;
	const decoded = await decodeAll(Promise.resolve(decoder));
	expect(firstBitDifference(decoded.samples, samples.subarray(0, 2 * 12_345))).toBeNull();
	expect(decoded.warnings).toEqual(["The audio ends at 0.280 s, after 12345 of 20001 frames."]);
});
