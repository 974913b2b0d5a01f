import { describe, expect, test } from "vitest";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import {
	ascii,
	concat,
	convertWithFfmpeg,
	differenceDecibels,
	firstDifference,
	music,
	writeWave,
} from "../../../test/fixtures.ts";
import { freeFrame, mpegFrames } from "../../../test/mpeg-frames.ts";
import { sniff } from "../../../test/sniff.ts";
import { memorySource } from "../../source/byte-source.ts";
import { openDecoder } from "../open-decoder.ts";

const decode = (bytes: Uint8Array, strict = true) =>
	decodeAll(openDecoder(memorySource(bytes), decodeContext({ strict })));

/** The frames of music encoded by LAME. */
function encode(sampleRate: number, channels: 1 | 2, kilobits: number, ...args: readonly string[]): Uint8Array[] {
	const wave = writeWave(music(sampleRate, sampleRate, channels), { sampleRate, channels });
	const options = ["-c:a", "libmp3lame", "-id3v2_version", "0", "-b:a", `${kilobits}k`, ...args];
	const file = convertWithFfmpeg(wave, { from: "wav", to: "mp3", args: options });
	const framesEach = sampleRate >= 32_000 ? 1_152 : 576;
	return mpegFrames(file, Math.floor((kilobits * 125 * framesEach) / sampleRate));
}

const freed = (frames: readonly Uint8Array[], extraBytes?: number) =>
	concat(frames.map((frame) => freeFrame(frame, extraBytes)));

// The library's window rotates per frame; its rounding depends on the position.
const SAME_DECIBELS = -140;

describe("free format is decoded like the same frames with a bitrate", () => {
	test.each<[string, number, 1 | 2, number, readonly string[]]>([
		["48 kHz, 128 kbit/s", 48_000, 2, 128, []],
		["44.1 kHz, 32 kbit/s, mono, frames with padding", 44_100, 1, 32, ["-write_xing", "0"]],
		["44.1 kHz, 320 kbit/s, the highest bitrate", 44_100, 2, 320, []],
		["32 kHz, 320 kbit/s, the longest frames", 32_000, 2, 320, []],
		["32 kHz, 64 kbit/s, no info frame", 32_000, 2, 64, ["-write_xing", "0"]],
		["MPEG-2, 24 kHz, 160 kbit/s", 24_000, 2, 160, []],
		["MPEG-2, 22.05 kHz, 8 kbit/s, frames shorter than a reference back", 22_050, 1, 8, ["-write_xing", "0"]],
		["MPEG-2.5, 8 kHz, 64 kbit/s", 8_000, 2, 64, []],
	])("%s", async (_name, sampleRate, channels, kilobits, args) => {
		const frames = encode(sampleRate, channels, kilobits, ...args);
		const expected = await decode(concat(frames));
		const decoded = await decode(freed(frames));
		expect(decoded.format).toEqual(expected.format);
		expect(decoded.samples.length).toBe(expected.samples.length);
		expect(differenceDecibels(decoded.samples, expected.samples)).toBeLessThan(SAME_DECIBELS);
		expect(Math.max(...decoded.samples.map(Math.abs))).toBeGreaterThan(0.3);
	});

	test("frames with a length of no standard bitrate", async () => {
		const frames = encode(48_000, 2, 192, "-reservoir", "0");
		const expected = await decode(concat(frames));
		const decoded = await decode(freed(frames, 37));
		expect(decoded.samples.length).toBe(expected.samples.length);
		expect(differenceDecibels(decoded.samples, expected.samples)).toBeLessThan(SAME_DECIBELS);
	});

	test("above 320 kbit/s, if the frames are not full", async () => {
		const frames = encode(48_000, 2, 192, "-reservoir", "0");
		const expected = await decode(concat(frames));
		const decoded = await decode(freed(frames, 800));
		expect(differenceDecibels(decoded.samples, expected.samples)).toBeLessThan(SAME_DECIBELS);
	});
});

describe("away from the head of the file", async () => {
	const frames = encode(44_100, 2, 128);
	const free = freed(frames);
	const { samples } = await decode(free);

	test.each([
		["after a tag", concat([ascii("ID3\x04\x00\x00\x00\x00\x00\x10"), new Uint8Array(16), free])],
		["behind zeros", concat([new Uint8Array(3_000), free])],
		["after junk", concat([new Uint8Array(3_000).fill(0x37), free])],
		["before a tag", concat([free, ascii("TAG"), new Uint8Array(125)])],
	])("%s", async (_name, file) => {
		expect(firstDifference((await decode(file)).samples, samples)).toBeNull();
	});
});

describe("damage", async () => {
	const frames = encode(48_000, 2, 128, "-write_xing", "0");
	const good = (await decode(freed(frames))).samples;
	const before = 20 * 1_152 * 2;

	test("a damaged frame becomes silence in place", async () => {
		const bytes = freed(frames);
		bytes.fill(0xff, 20 * 384 + 4, 20 * 384 + 36);
		const decoded = await decode(bytes, false);
		expect(decoded.samples.length).toBe(good.length);
		expect(differenceDecibels(decoded.samples.subarray(0, before), good.subarray(0, before))).toBeLessThan(-140);
		const after = before + 5 * 1_152 * 2;
		expect(differenceDecibels(decoded.samples.subarray(after), good.subarray(after))).toBeLessThan(-140);
		expect(decoded.warnings).toEqual(["A damaged MP3 frame was replaced by silence at 0.480 s."]);
	});

	test("a file whose first header is damaged begins with the second frame", async () => {
		const bytes = freed(frames).fill(0, 0, 3);
		const decoded = await decode(bytes, false);
		expect(decoded.samples.length).toBe(good.length - 2 * 1_152);
	});

	test("bytes between two frames are skipped, and a missing end is reported", async () => {
		const parts = frames.map((frame) => freeFrame(frame));
		const junk = new Uint8Array(100).fill(0x33);
		const decoded = await decode(
			concat([...parts.slice(0, 20), junk, ...parts.slice(20, 30), new Uint8Array(0)]),
			false,
		);
		expect(decoded.samples.length).toBe(30 * 1_152 * 2);
		expect(decoded.warnings).toEqual(["100 bytes that are no MP3 audio were skipped at 0.480 s."]);
		const cut = await decode(concat([...parts.slice(0, 20), parts[20]!.subarray(0, 200)]), false);
		expect(cut.samples.length).toBe(20 * 1_152 * 2);
		expect(cut.warnings).toEqual(["The file ends at 0.480 s, after 20 MP3 frames."]);
	});
});

test("full frames above 320 kbit/s are rejected with their bitrate and a remedy", async () => {
	// Four parts of 4,095 bits each: more than a frame of 320 kbit/s holds.
	const frame = new Uint8Array(2_160);
	frame.set([0xff, 0xfb, 0x04, 0x44]);
	const side = Buffer.alloc(32);
	for (let part = 0; part < 4; part++) {
		const firstBit = 20 + 59 * part;
		for (let bit = firstBit; bit < firstBit + 12; bit++) side[bit >> 3]! |= 0x80 >> (bit & 7);
	}
	frame.set(side, 4);
	const file = concat(Array.from({ length: 10 }, () => frame));
	await expect(decode(file, false)).rejects.toMatchObject({
		code: "unsupported-format",
		message: expect.stringMatching(
			/free format at 720 kbit\/s; at 48000 Hz at most 320 kbit\/s can be loaded.*lame --decode/,
		),
	});
});

test("a periodic waveform is not taken for free format", () => {
	const period = Buffer.alloc(600, 0x21);
	period.set([0xff, 0xfb, 0x04, 0x44], 300);
	const file = concat(Array.from({ length: 20 }, () => period));
	expect(sniff(memorySource(file))).toBe("unknown");
	expect(sniff(memorySource(file.subarray(300)))).toBe("mp3");
});

test("at most 512 offsets are tried for free format, and regular frames are still found", () => {
	const frames = encode(44_100, 2, 128);
	// No three numbers without a 2 in base 3 are equally spaced.
	const placeOf = (index: number) => 8 * Number.parseInt(index.toString(2), 3);
	const places = (count: number) => {
		const bytes = new Uint8Array(placeOf(count)).fill(0x81);
		for (let index = 0; index < count; index++) {
			bytes.set([0xff, 0xfa, 0x04, 0x44, 0xff, 0xfb, 0x04, 0x44], placeOf(index));
		}
		return bytes;
	};
	expect(sniff(memorySource(concat([places(250), freed(frames)])))).toBe("mp3");
	expect(sniff(memorySource(concat([places(300), freed(frames)])))).toBe("unknown");
	expect(sniff(memorySource(concat([places(300), concat(frames)])))).toBe("mp3");
});

test("free format of layer II is named, and random bytes are not taken for free format", () => {
	const layer2 = new Uint8Array(500);
	layer2.set([0xff, 0xfd, 0x04, 0x44]);
	expect(sniff(memorySource(concat(Array.from({ length: 5 }, () => layer2))))).toBe("mpeg-layer-2");
	const lone = new Uint8Array(5_000).fill(0x81);
	lone.set([0xff, 0xfb, 0x04, 0x44], 0);
	lone.set([0xff, 0xfb, 0x04, 0x44], 700);
	lone.set([0xff, 0xfb, 0x04, 0x44], 1_500);
	expect(sniff(memorySource(lone))).toBe("unknown");
});
