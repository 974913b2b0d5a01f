import { describe, expect, test } from "vitest";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import {
	ascii,
	concat,
	convertWithFfmpeg,
	decodeWithFfmpeg,
	firstDifference,
	music,
	randomBytes,
	seededRandom,
	writeWave,
} from "../../../test/fixtures.ts";
import { type FlacBlock, type FlacWriterOptions, interleave, writeFlac } from "../../../test/flac-writer.ts";
import { sniff } from "../../../test/sniff.ts";
import { memorySource } from "../../source/byte-source.ts";
import { openDecoder } from "../open-decoder.ts";
import { findFlacFrame } from "./find-frame.ts";

const decode = (bytes: Uint8Array, strict = false) =>
	decodeAll(openDecoder(memorySource(bytes), decodeContext({ strict })));

/** Blocks of one length, stored verbatim. */
function noiseBlocks(count: number, frames: number, channels: 1 | 2): FlacBlock[] {
	const random = seededRandom(41);
	return Array.from({ length: count }, () => ({
		channels: Array.from({ length: channels }, () =>
			Array.from({ length: frames }, () => Math.floor(random() * 65_536) - 32_768),
		),
		codings: Array.from({ length: channels }, () => ({ type: "verbatim" as const })),
	}));
}
const samplesOf = (blocks: readonly FlacBlock[]) => Float32Array.from(interleave(blocks), (sample) => sample / 32_768);

const BLOCK = 500;
const blocks = noiseBlocks(20, BLOCK, 2);

describe.each<[string, Partial<FlacWriterOptions>]>([
	["blocks of one size", {}],
	["blocks of any size", { isVariable: true }],
	["an old file that numbers samples", { countsSamples: true }],
	["a broadcast", { firstNumber: 1_000_000 }],
])("%s", (_name, more) => {
	const { bytes, frameOffsets } = writeFlac(blocks, { sampleRate: 44_100, bits: 16, declaredFrames: 0, ...more });
	const rest = (frame: number) => samplesOf(blocks.slice(frame));

	test.each([1, 7, 19])("a file that begins at frame %i plays from there", async (frame) => {
		const cut = bytes.subarray(frameOffsets[frame]);
		const decoded = await decode(cut);
		expect(firstDifference(decoded.samples, rest(frame))).toBeNull();
		expect(decoded.format).toEqual({ name: "FLAC", sampleRate: 44_100, channels: 2, frames: (20 - frame) * BLOCK });
		expect(decoded.warnings).toEqual(["The FLAC file begins in mid-stream: its header is missing at 0.000 s."]);
		await expect(decode(cut, true)).rejects.toMatchObject({ code: "malformed-audio" });
	});

	test.each([1, 2, 17, 1_000])("a file that begins %i bytes into a frame plays from the next one", async (by) => {
		const decoded = await decode(bytes.subarray(frameOffsets[4]! + by));
		expect(firstDifference(decoded.samples, rest(5))).toBeNull();
		const leftOut = frameOffsets[5]! - frameOffsets[4]! - by;
		expect(decoded.warnings).toEqual([
			`The FLAC file begins in mid-stream: its first ${leftOut} bytes were left out at 0.000 s.`,
		]);
	});

	test("damage in the middle of it is silence of its length", async () => {
		const damaged = bytes.slice();
		damaged[frameOffsets[9]! + 700]! ^= 1;
		const decoded = await decode(damaged.subarray(frameOffsets[3]! + 40));
		const expected = rest(4).fill(0, 5 * BLOCK * 2, 6 * BLOCK * 2);
		expect(firstDifference(decoded.samples, expected)).toBeNull();
	});
});

const { bytes, frameOffsets } = writeFlac(blocks, { sampleRate: 44_100, bits: 16 });
const headless = bytes.subarray(frameOffsets[2]);

describe("foreign bytes before it", () => {
	test.each<[string, Uint8Array]>([
		["random ones", randomBytes(100_000, seededRandom(42))],
		["zeros", new Uint8Array(200_000)],
		["text", ascii("HTTP/1.0 200 OK\r\nContent-Type: audio/flac\r\n\r\n")],
		["a damaged header", concat([ascii("fLaX"), bytes.subarray(4, 42)])],
	])("%s are left out with a warning", async (_name, junk) => {
		const decoded = await decode(concat([junk, headless]));
		expect(firstDifference(decoded.samples, samplesOf(blocks.slice(2)))).toBeNull();
		expect(decoded.warnings).toEqual([
			`The FLAC file begins in mid-stream: its first ${junk.length} bytes were left out at 0.000 s.`,
		]);
	});

	test("more than 256 KiB of them are not searched", () => {
		expect(sniff(memorySource(concat([new Uint8Array(262_143), headless])))).toBe("flac");
		expect(sniff(memorySource(concat([new Uint8Array(262_144), headless.subarray(0, 3_000)])))).toBe("unknown");
	});

	test("a tag is skipped", async () => {
		const tag = concat([ascii("ID3"), Uint8Array.of(4, 0, 0, 0, 0, 0, 30), new Uint8Array(30)]);
		const decoded = await decode(concat([tag, headless, ascii("TAG"), new Uint8Array(125)]));
		expect(firstDifference(decoded.samples, samplesOf(blocks.slice(2)))).toBeNull();
		expect(decoded.warnings).toEqual(["The FLAC file begins in mid-stream: its header is missing at 0.000 s."]);
	});
});

test("a signature takes precedence over FLAC frames in the file", () => {
	const wave = writeWave(new Float32Array(10), { sampleRate: 48_000, channels: 1, before: [["junk", headless]] });
	expect(sniff(memorySource(wave))).toBe("wav");
});

test.each(["s16", "s32"])("an ffmpeg file from %s, cut anywhere, equals the end of ffmpeg's decode", async (format) => {
	const wave = writeWave(music(60_000, 44_100, 2), { sampleRate: 44_100, channels: 2, coding: "s24" });
	const flac = convertWithFfmpeg(wave, { from: "wav", to: "flac", args: ["-sample_fmt", format] });
	const whole = decodeWithFfmpeg(flac, "flac");
	const random = seededRandom(44);
	for (let count = 0; count < 12; count++) {
		const cut = flac.subarray(42 + Math.floor(random() * (flac.length - 60_000)));
		const { samples } = await decode(cut);
		expect(samples.length).toBeGreaterThan(4_608);
		expect(firstDifference(samples, whole.subarray(whole.length - samples.length))).toBeNull();
	}
});

/** Frames whose headers defer to STREAMINFO: rates and depths without a code in the format. */
describe.each<[string, Partial<FlacWriterOptions>]>([
	["sample rate", { sampleRate: 700_001, bits: 16 }],
	["depth (bits of a sample)", { sampleRate: 44_100, bits: 17 }],
])("frames that take their %s from the header", (what, options) => {
	const file = writeFlac(noiseBlocks(4, 400, 1), { sampleRate: 0, bits: 0, ...options });
	const frames = file.bytes.subarray(file.frameOffsets[0]);

	test("play with the header", async () => {
		expect((await decode(file.bytes, true)).format.frames).toBe(1_600);
	});

	test.each<[string, Uint8Array]>([
		["alone", frames],
		["after other bytes", concat([randomBytes(500, seededRandom(3)), frames])],
		["after a marker", concat([ascii("fLaC"), frames])],
	])("%s are rejected with the remedy", async (_name, cut) => {
		await expect(decode(cut)).rejects.toMatchObject({
			code: "malformed-audio",
			message: expect.stringContaining(`take their ${what} from the file's header`),
		});
		await expect(decode(cut)).rejects.toThrow("Copy the first 42 bytes of the original file in front of them");
	});
});

test("no frame is found in random bytes, and the search of a file full of headers without frames is bounded", () => {
	for (let seed = 1; seed <= 20; seed++) {
		expect([seed, findFlacFrame(memorySource(randomBytes(2 ** 20, seededRandom(seed))), 0)]).toEqual([seed, null]);
	}
	const header = bytes.subarray(frameOffsets[0], frameOffsets[0]! + 8);
	const hostile = concat(Array.from({ length: 2 ** 17 }, () => header));
	expect(findFlacFrame(memorySource(hostile), 0)).toBeNull();
});
