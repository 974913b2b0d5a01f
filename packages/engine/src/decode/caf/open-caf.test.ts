import { describe, expect, test } from "vitest";
import { firstBitDifference } from "../../../test/bit-difference.ts";
import { forgetfulSource } from "../../../test/byte-sources.ts";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import {
	concat,
	convertWithFfmpeg,
	decodeWithFfmpeg,
	firstDifference,
	music,
	randomBytes,
	seededRandom,
	writeWave,
} from "../../../test/fixtures.ts";
import { bytes64, bytesOfDouble, type CafOptions, cafChunk, writeCaf } from "../../../test/iff-writer.ts";
import { sparseSource } from "../../../test/sparse-source.ts";
import { openCaf } from "./open-caf.ts";

const open = (bytes: Uint8Array, strict = false) => openCaf(forgetfulSource(bytes), decodeContext({ strict }));
const stereo: CafOptions = { channels: 2, bits: 16 };
const wave = writeWave(music(20_001, 96_000, 2), { sampleRate: 96_000, channels: 2, coding: "f64" });
const convert = (...args: readonly string[]) => convertWithFfmpeg(wave, { from: "wav", to: "caf", args });

test.each([
	["pcm_s8", 2],
	["pcm_s16be", 2],
	["pcm_s16le", 1],
	["pcm_s24be", 2],
	["pcm_s24le", 1],
	["pcm_s32be", 2],
	["pcm_s32le", 1],
	["pcm_f32be", 1],
	["pcm_f32le", 2],
	["pcm_f64be", 1],
	["pcm_f64le", 2],
	["pcm_alaw", 2],
	["pcm_mulaw", 1],
])("a CAF file written by ffmpeg as %s with %i channels equals its own decode to the bit", async (codec, channels) => {
	const caf = convert("-c:a", codec, "-ac", String(channels));
	const decoded = await decodeAll(open(caf, true));
	expect(decoded.format).toEqual({ name: "CAF", sampleRate: 96_000, channels, frames: 20_001 });
	expect(firstBitDifference(decoded.samples, decodeWithFfmpeg(caf, "caf"))).toBeNull();
});

test.each<[string, CafOptions, readonly number[], readonly number[]]>([
	["20 bits in 3 bytes", { channels: 1, bits: 20 }, [0x40, 0, 0, 0xff, 0xff, 0xf0], [0.5, -(2 ** -19)]],
	["24 bits in 4 bytes", { channels: 1, bits: 24, packetBytes: 4 }, [0x40, 0, 0, 0, 0, 0, 1, 0], [0.5, 2 ** -23]],
	["signed bytes", { channels: 1, bits: 8, flags: 2 }, [0x80, 0xff, 0x7f], [-1, -1 / 128, 127 / 128]],
])("%s decode to the closed form", async (_name, options, bytes, expected) => {
	expect([...(await decodeAll(open(writeCaf(Uint8Array.from(bytes), options)))).samples]).toEqual(expected);
});

test("a data chunk without a size extends to the end of the file", async () => {
	const data = randomBytes(4_000, seededRandom(1));
	const sized = await decodeAll(open(writeCaf(data, stereo), true));
	const open64 = await decodeAll(open(writeCaf(data, { ...stereo, declaredDataBytes: -1 }), true));
	expect(firstDifference(open64.samples, sized.samples)).toBeNull();
});

test("chunks around the data are not audio, and bodies of odd length are not padded", async () => {
	const data = randomBytes(4_000, seededRandom(1));
	const before = [cafChunk("chan", new Uint8Array(12)), cafChunk("info", randomBytes(33, seededRandom(2)))];
	const after = [cafChunk("free", randomBytes(777, seededRandom(3)))];
	const decoded = await decodeAll(open(writeCaf(data, { ...stereo, before, after }), true));
	expect(firstDifference(decoded.samples, (await decodeAll(open(writeCaf(data, stereo)))).samples)).toBeNull();
});

test.each([0x00, 0x55, 0xff])("bytes of %i after the last chunk are neither audio nor damage", async (junk) => {
	const data = randomBytes(4_000, seededRandom(1));
	const decoded = await decodeAll(open(writeCaf(data, { ...stereo, after: [new Uint8Array(128).fill(junk)] }), true));
	expect(decoded.samples.length).toBe(2_000);
});

test("audio after a chunk of 5 GiB is found", async () => {
	const data = randomBytes(4_000, seededRandom(1));
	const plain = writeCaf(data, stereo);
	const dataHeader = plain.length - data.length - 16;
	const gapBytes = 5 * 2 ** 30;
	const source = sparseSource(plain.length + 12 + gapBytes, [
		[0, plain.subarray(0, dataHeader)],
		[dataHeader, cafChunk("free", new Uint8Array(0), gapBytes)],
		[dataHeader + 12 + gapBytes, plain.subarray(dataHeader)],
	]);
	const decoded = await decodeAll(openCaf(source, decodeContext({ strict: true })));
	expect(firstDifference(decoded.samples, (await decodeAll(open(plain))).samples)).toBeNull();
});

test("truncated data plays as far as it goes with a warning, an error in strict mode", async () => {
	const cut = writeCaf(randomBytes(4_000, seededRandom(4)), stereo).subarray(0, 68 + 601 * 4 + 3);
	const decoded = await decodeAll(open(cut));
	expect(decoded.samples.length).toBe(1_202);
	expect(decoded.warnings).toEqual(["The audio ends at 0.013 s, after 601 of 1000 frames."]);
	await expect(open(cut, true)).rejects.toMatchObject({ code: "malformed-audio", byteOffset: cut.length });
});

describe("an impossible header is malformed", () => {
	const good = writeCaf(randomBytes(40, seededRandom(5)), stereo);
	const patched = (offset: number, values: Iterable<number>) => {
		const bytes = good.slice();
		bytes.set([...values], offset);
		return bytes;
	};

	test.each([
		["another version", patched(4, [0, 2]), 4],
		["no header", good.subarray(0, 6), 4],
		["no sample rate", patched(20, bytesOfDouble(0)), 20],
		["a sample rate that is not a number", patched(20, bytesOfDouble(Number.NaN)), 20],
		["an infinite sample rate", patched(20, bytesOfDouble(Number.POSITIVE_INFINITY)), 20],
		["a negative sample rate", patched(20, bytesOfDouble(-48_000)), 20],
		["no channels", patched(44, [0, 0, 0, 0]), 44],
		["neither bits nor bytes per packet", patched(36, [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0]), 36],
		["integers of 64 bits", patched(36, [0, 0, 0, 16, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 64]), 36],
		["floats of 16 bits", patched(32, [0, 0, 0, 1]), 36],
		[
			"a short description",
			concat([good.subarray(0, 8), cafChunk("desc", good.subarray(20, 51)), good.subarray(52)]),
			20,
		],
		["a negative size", patched(12, bytes64(-2)), 8],
		["a description without a size", patched(12, bytes64(-1)), 8],
		["no data chunk", good.subarray(0, 52), 52],
		["no chunk at all", good.subarray(0, 8), 8],
		["empty data", writeCaf(new Uint8Array(0), stereo), 68],
		["data without its edit count", writeCaf(new Uint8Array(0), stereo).subarray(0, 65), 68],
	])("%s", async (_name, bytes, byteOffset) => {
		await expect(open(bytes)).rejects.toMatchObject({ code: "malformed-audio", byteOffset });
	});
});

test("compressed audio is rejected with the codec's name", async () => {
	await expect(open(convert("-c:a", "adpcm_ima_qt"))).rejects.toMatchObject({
		code: "unsupported-format",
		message: "This CAF file holds IMA ADPCM audio, which cannot be loaded. Convert it to WAV or FLAC.",
	});
	await expect(open(writeCaf(new Uint8Array(64), { ...stereo, formatId: "wxyz" }))).rejects.toMatchObject({
		code: "unsupported-format",
		message: expect.stringContaining('"wxyz" audio'),
	});
});

test("eight channels are rejected with their count", async () => {
	await expect(open(writeCaf(new Uint8Array(64), { ...stereo, channels: 8 }))).rejects.toMatchObject({
		code: "unsupported-channels",
		message: expect.stringContaining("8 channels"),
	});
});
