import { describe, expect, test } from "vitest";
import { firstBitDifference } from "../../../test/bit-difference.ts";
import { forgetfulSource } from "../../../test/byte-sources.ts";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import {
	convertWithFfmpeg,
	decodeWithFfmpeg,
	music,
	randomBytes,
	seededRandom,
	writeWave,
} from "../../../test/fixtures.ts";
import { type AiffOptions, bytes32, iffChunk, writeAiff } from "../../../test/iff-writer.ts";
import { openAiff } from "./open-aiff.ts";

const open = (bytes: Uint8Array, strict = false) => openAiff(forgetfulSource(bytes), decodeContext({ strict }));
const stereo: AiffOptions = { channels: 2, bits: 16 };
const wave = writeWave(music(20_001, 44_100, 2), { sampleRate: 44_100, channels: 2, coding: "f64" });

test.each([
	["AIFF", "pcm_s8", 1],
	["AIFF", "pcm_s16be", 2],
	["AIFF", "pcm_s24be", 1],
	["AIFF", "pcm_s32be", 2],
	["AIFF-C", "pcm_s16le", 2],
	["AIFF-C", "pcm_u8", 1],
	["AIFF-C", "pcm_f32be", 2],
	["AIFF-C", "pcm_f64be", 2],
	["AIFF-C", "pcm_alaw", 1],
	["AIFF-C", "pcm_mulaw", 2],
])("%s written by ffmpeg as %s with %i channels equals its own decode to the bit", async (name, codec, channels) => {
	const args = ["-c:a", codec, "-ac", String(channels)];
	const aiff = convertWithFfmpeg(wave, { from: "wav", to: "aiff", args });
	const decoded = await decodeAll(open(aiff, true));
	expect(decoded.format).toEqual({ name, sampleRate: 44_100, channels, frames: 20_001 });
	expect(firstBitDifference(decoded.samples, decodeWithFfmpeg(aiff, "aiff"))).toBeNull();
});

test.each([
	["NONE", 8],
	["NONE", 12],
	["NONE", 20],
	["NONE", 24],
	["NONE", 32],
	["twos", 16],
	["sowt", 16],
	["in24", 24],
	["in32", 32],
	["ALAW", 8],
	["ULAW", 8],
])("random bytes as %s of %i bits equal ffmpeg to the bit", async (compression, bits) => {
	const aiff = writeAiff(randomBytes(24 * 500, seededRandom(bits)), { channels: 2, bits, compression });
	const decoded = await decodeAll(open(aiff, true));
	expect(decoded.samples.length).toBe((24 * 500) / Math.ceil(bits / 8));
	expect(firstBitDifference(decoded.samples, decodeWithFfmpeg(aiff, "aiff"))).toBeNull();
});

test.each([
	["24-bit sowt", { channels: 1, bits: 24, compression: "sowt" }, [0, 0, 0x40, 1, 0, 0], [0.5, 2 ** -23]],
	["8-bit sowt", { channels: 1, bits: 8, compression: "sowt" }, [0x80, 0x7f], [-1, 127 / 128]],
	["42ni", { channels: 1, bits: 24, compression: "42ni" }, [0, 0, 0xc0, 0xff, 0xff, 0x7f], [-0.5, 1 - 2 ** -23]],
	["23ni", { channels: 1, bits: 32, compression: "23ni" }, [0, 0, 0, 0xc0, 0, 1, 0, 0], [-0.5, 2 ** -23]],
	["FL32", { channels: 1, bits: 32, compression: "FL32" }, [0x3f, 0x40, 0, 0], [0.75]],
	["FL64", { channels: 1, bits: 64, compression: "FL64" }, [0xbf, 0xd0, 0, 0, 0, 0, 0, 0], [-0.25]],
] as const)("%s decodes to the closed form", async (_name, options, bytes, expected) => {
	expect([...(await decodeAll(open(writeAiff(Uint8Array.from(bytes), options)))).samples]).toEqual(expected);
});

test.each([
	["8 kHz", [0x40, 0x0b, 0xfa, 0, 0, 0, 0, 0, 0, 0], 8_000],
	["44.1 kHz", [0x40, 0x0e, 0xac, 0x44, 0, 0, 0, 0, 0, 0], 44_100],
	["the first Macintosh's 22,254.55 Hz", [0x40, 0x0d, 0xad, 0xdd, 0x17, 0x45, 0xd1, 0x74, 0x5d, 0x17], 22_255],
	["192 kHz", [0x40, 0x10, 0xbb, 0x80, 0, 0, 0, 0, 0, 0], 192_000],
] as const)("the extended float of %s is read", async (_name, rate, sampleRate) => {
	const { format } = await open(writeAiff(new Uint8Array(8), { ...stereo, rate: Uint8Array.from(rate) }));
	expect(format.sampleRate).toBe(sampleRate);
});

describe("only the frames of the sound chunk are audio", () => {
	const data = randomBytes(4_002, seededRandom(3));
	const plain = decodeAll(open(writeAiff(data, { channels: 1, bits: 8 })));

	test.each<[string, Partial<AiffOptions>]>([
		[
			"chunks after it are not",
			{ after: [iffChunk("ID3 ", randomBytes(501, seededRandom(1))), iffChunk("MARK", data)] },
		],
		["chunks of odd length before it are not", { before: [iffChunk("NAME", data.subarray(0, 7))] }],
		["bytes before its offset are not", { soundOffset: 13 }],
		["it may precede the common chunk", { soundFirst: true }],
		["without a declared length, all of it is", { declaredFrames: 0 }],
		["without a size, it extends to the end of the file", { declaredFrames: 0, declaredSoundBytes: 0 }],
		["also with a size of all ones", { declaredFrames: 0, declaredSoundBytes: 0xffffffff }],
	])("%s", async (_name, options) => {
		const decoded = await decodeAll(open(writeAiff(data, { channels: 1, bits: 8, ...options }), true));
		expect(firstBitDifference(decoded.samples, (await plain).samples)).toBeNull();
	});
});

test("truncated sound plays as far as it goes with a warning, an error in strict mode", async () => {
	const cut = writeAiff(randomBytes(4_000, seededRandom(4)), stereo).subarray(0, 54 + 601 * 4 + 3);
	const decoded = await decodeAll(open(cut));
	expect(decoded.samples.length).toBe(1_202);
	expect(decoded.warnings).toEqual(["The audio ends at 0.013 s, after 601 of 1000 frames."]);
	await expect(open(cut, true)).rejects.toMatchObject({ code: "malformed-audio", byteOffset: cut.length });
});

describe("an impossible header is malformed", () => {
	const good = writeAiff(randomBytes(40, seededRandom(5)), stereo);
	const patched = (offset: number, ...values: number[]) => {
		const bytes = good.slice();
		bytes.set(values, offset);
		return bytes;
	};

	test.each([
		["no header", good.subarray(0, 9), 9],
		["no channels", patched(20, 0, 0), 20],
		["no bits", patched(26, 0, 0), 26],
		["33 bits", patched(26, 0, 33), 26],
		["no sample rate", patched(28, 0, 0, 0, 0, 0), 28],
		["a negative sample rate", patched(28, 0xc0), 28],
		["a sample rate that is not a number", patched(28, 0x7f, 0xff), 28],
		["an absurd sample rate", patched(28, 0x40, 0x3e), 28],
		["a short common chunk", iffChunk("FORM", good.subarray(8, 28)), 20],
		["samples that start past the sound chunk", patched(46, ...bytes32(41)), 46],
		["samples that start 4 GiB past it", patched(46, 0xff, 0xff, 0xff, 0xff), 46],
		["an empty sound chunk", writeAiff(new Uint8Array(0), stereo), 54],
		["no sound chunk", good.subarray(0, 38), 38],
		["no common chunk", iffChunk("FORM", good.subarray(8, 12)), 12],
	])("%s", async (_name, bytes, byteOffset) => {
		await expect(open(bytes)).rejects.toMatchObject({ code: "malformed-audio", byteOffset });
	});
});

test.each([
	["ima4", "IMA ADPCM"],
	["MAC3", "MACE 3:1"],
	["wxyz", '"wxyz"'],
])("the compression %s is rejected as %s", async (compression, name) => {
	await expect(open(writeAiff(new Uint8Array(64), { ...stereo, compression }))).rejects.toMatchObject({
		code: "unsupported-format",
		message: `This AIFF-C file holds ${name} audio, which cannot be loaded. Convert it to plain AIFF, WAV or FLAC.`,
	});
});

test("eight channels are rejected with their count", async () => {
	await expect(open(writeAiff(new Uint8Array(64), { ...stereo, channels: 8 }))).rejects.toMatchObject({
		code: "unsupported-channels",
		message: expect.stringContaining("8 channels"),
	});
});
