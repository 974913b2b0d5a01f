import { describe, expect, test } from "vitest";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import {
	ascii,
	concat,
	convertWithFfmpeg,
	decodeWithFfmpeg,
	differenceDecibels,
	firstDifference,
	music,
	randomBytes,
	seededRandom,
	writeWave,
} from "../../../test/fixtures.ts";
import { memorySource } from "../../source/byte-source.ts";
import { openMp3 } from "./open-mp3.ts";

const MPEG_FRAMES = 1152;
const DECODER_DELAY = 529;

const open = (bytes: Uint8Array, options: { strict?: boolean; trimEncoderDelay?: boolean } = {}) =>
	openMp3(memorySource(bytes), decodeContext(options));

function encode(channels: 1 | 2, ...args: readonly string[]): Uint8Array<ArrayBuffer> {
	const wave = writeWave(music(50_000, 44_100, channels), { sampleRate: 44_100, channels });
	const options = ["-c:a", "libmp3lame", "-id3v2_version", "0", ...args];
	return convertWithFfmpeg(wave, { from: "wav", to: "mp3", args: options });
}

/** A file of frames only: no tag, no info frame, all at 128 kbit/s and 44.1 kHz. */
const plain = encode(2, "-b:a", "128k", "-write_xing", "0");
const described = encode(2, "-b:a", "128k");

/** Offsets of the frames of `plain`: 417 bytes each, one more if the padding bit is set. */
const offsets: number[] = [];
for (let offset = 0; offset < plain.length; offset += 417 + ((plain[offset + 2]! >> 1) & 1)) offsets.push(offset);

/** Checks that the decoded frames before and well after a damaged MPEG frame are untouched. */
function expectSoundAround(samples: Float32Array, good: Float32Array, damagedFrame: number): void {
	const before = damagedFrame * MPEG_FRAMES * 2;
	const after = (damagedFrame + 5) * MPEG_FRAMES * 2;
	expect(firstDifference(samples.subarray(0, before), good.subarray(0, before))).toBeNull();
	expect(samples.length).toBe(good.length);
	// The library's synthesis window rotates per frame; its rounding depends on the position.
	expect(differenceDecibels(samples.subarray(after), good.subarray(after))).toBeLessThan(-140);
	expect(firstDifference(samples.subarray(before, after), good.subarray(before, after))).not.toBeNull();
	expect(Math.max(...samples.subarray(before, after).map(Math.abs))).toBeLessThan(1.5);
}

describe("damage in the middle", async () => {
	const good = (await decodeAll(open(plain, { strict: true }))).samples;
	const second = ((20 * MPEG_FRAMES) / 44_100).toFixed(3);

	test("a frame with impossible side info becomes silence in place", async () => {
		const damaged = plain.slice();
		damaged.fill(0xff, offsets[20]! + 4, offsets[20]! + 36);
		const decoded = await decodeAll(open(damaged));
		expectSoundAround(decoded.samples, good, 20);
		expect(decoded.warnings).toEqual([`A damaged MP3 frame was replaced by silence at ${second} s.`]);
		await expect(decodeAll(open(damaged, { strict: true }))).rejects.toMatchObject({
			code: "malformed-audio",
			byteOffset: offsets[20],
		});
	});

	test("a frame with missing bytes becomes silence in place", async () => {
		const damaged = concat([plain.subarray(0, offsets[20]! + 100), plain.subarray(offsets[20]! + 250)]);
		const decoded = await decodeAll(open(damaged));
		expectSoundAround(decoded.samples, good, 20);
		expect(decoded.warnings).toEqual([`A damaged MP3 frame was replaced by silence at ${second} s.`]);
	});

	test("bytes between two frames are skipped", async () => {
		const junk = randomBytes(5_000, seededRandom(21));
		const damaged = concat([plain.subarray(0, offsets[20]), junk, plain.subarray(offsets[20])]);
		const decoded = await decodeAll(open(damaged));
		expect(decoded.samples.length).toBe(good.length);
		expectSoundAround(decoded.samples, good, 20);
		expect(decoded.warnings).toEqual([`5000 bytes that are no MP3 audio were skipped at ${second} s.`]);
	});

	test("a frame without a header is skipped and the others follow", async () => {
		const damaged = plain.slice();
		damaged.fill(0, offsets[20], offsets[20]! + 4);
		const decoded = await decodeAll(open(damaged));
		const skipped = 20 * MPEG_FRAMES * 2;
		const remaining = concat([bytesOf(good.subarray(0, skipped)), bytesOf(good.subarray(skipped + MPEG_FRAMES * 2))]);
		expectSoundAround(decoded.samples, new Float32Array(remaining.buffer), 20);
		expect(decoded.warnings).toHaveLength(1);
	});
});

function bytesOf(samples: Float32Array): Uint8Array {
	return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}

test.each([
	["frames only", plain, offsets[30]! + 200, 30 * MPEG_FRAMES],
	["described", described, offsets[31]! + 200, 30 * MPEG_FRAMES - 576 - DECODER_DELAY],
])("a truncated file (%s) plays its whole frames with a warning", async (_name, file, length, frames) => {
	const good = (await decodeAll(open(file))).samples;
	const cut = file.subarray(0, length);
	const decoded = await decodeAll(open(cut));
	expect(decoded.samples.length).toBe(frames * 2);
	expect(firstDifference(decoded.samples, good.subarray(0, decoded.samples.length))).toBeNull();
	expect(decoded.warnings).toEqual([
		expect.stringMatching(/^The file ends at 0\.7\d\d s, after \d+( of \d+)? MP3 frames\.$/),
	]);
	await expect(open(cut, { strict: true })).rejects.toMatchObject({ code: "malformed-audio", byteOffset: length });
});

describe("nothing decodable is malformed", () => {
	const noSound = plain.slice();
	for (const offset of offsets) noSound.fill(0xff, offset + 4, offset + 36);

	test.each([
		["a tag and zeros", concat([ascii("ID3\x04\x00\x00\x00\x00\x00\x0a"), new Uint8Array(2_000)])],
		["a tag that is longer than the file", concat([ascii("ID3\x04\x00\x00\x7f\x7f\x7f\x7f"), new Uint8Array(50)])],
		["a frame cut short", plain.subarray(0, 300)],
		["the info frame alone", described.subarray(0, 417)],
		["no valid side info", noSound],
	])("%s", async (_name, bytes) => {
		await expect(decodeAll(open(bytes))).rejects.toMatchObject({ code: "malformed-audio" });
	});
});

describe("tags are not audio", async () => {
	const good = (await decodeAll(open(described))).samples;
	const id3v1 = concat([ascii("TAG"), randomBytes(125, seededRandom(5))]);
	const apeHeader = (flags: number) =>
		concat([
			ascii("APETAGEX"),
			Uint8Array.of(0xd0, 7, 0, 0, 82, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, flags),
			new Uint8Array(8),
		]);
	const ape = concat([apeHeader(0xa0), randomBytes(50, seededRandom(6)), apeHeader(0x80)]);
	const id3v2 = concat([ascii("ID3\x04\x00\x00\x00\x00\x01\x00"), randomBytes(128, seededRandom(7))]);
	const lyrics = concat([ascii(`LYRICSBEGIN${"x".repeat(40)}000051LYRICS200`)]);

	test.each([
		["ID3v1", concat([described, id3v1])],
		["APEv2 before ID3v1", concat([described, ape, id3v1])],
		["Lyrics3 before ID3v1", concat([described, lyrics, id3v1])],
		["APEv2 at the head", concat([ape, described])],
		["two ID3v2 and zeros", concat([id3v2, id3v2, new Uint8Array(100), described])],
		["zeros at the tail", concat([described, new Uint8Array(700)])],
	])("%s", async (_name, file) => {
		const decoded = await decodeAll(open(file, { strict: true }));
		expect(firstDifference(decoded.samples, good)).toBeNull();
	});
});

test("untrimmed audio has the encoder's delay before and its padding after the recording", async () => {
	const trimmed = await decodeAll(open(described));
	const whole = await decodeAll(open(described, { trimEncoderDelay: false }));
	expect(trimmed.format.frames).toBe(50_000);
	expect(whole.format.frames).toBe(Math.ceil((50_000 + 2 * DECODER_DELAY) / MPEG_FRAMES) * MPEG_FRAMES);
	const start = (576 + DECODER_DELAY) * 2;
	expect(firstDifference(whole.samples.subarray(start, start + trimmed.samples.length), trimmed.samples)).toBeNull();
});

test("mono frames among stereo ones play on both channels", async () => {
	const mono = encode(1, "-b:a", "64k", "-write_xing", "0");
	const decoded = await decodeAll(open(concat([plain, mono])));
	expect(decoded.format.channels).toBe(2);
	const expected = decodeWithFfmpeg(mono, "mp3");
	expect(decoded.samples.length).toBe((offsets.length * MPEG_FRAMES + expected.length) * 2);
	const tail = decoded.samples.subarray(-20_000);
	const left = tail.filter((_sample, index) => index % 2 === 0);
	expect(
		firstDifference(
			left,
			tail.filter((_sample, index) => index % 2 === 1),
		),
	).toBeNull();
	expect(Math.max(...left)).toBeGreaterThan(0.1);
});

test("a second file after the first one is played", async () => {
	const single = await decodeAll(open(described));
	const double = await decodeAll(open(concat([described, described])));
	expect(double.samples.length).toBeGreaterThan(2 * single.samples.length);
	expect(firstDifference(double.samples.subarray(0, single.samples.length), single.samples)).toBeNull();
	expect(double.warnings).toEqual([]);
});
