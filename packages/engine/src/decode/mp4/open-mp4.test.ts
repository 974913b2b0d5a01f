import { afterAll, describe, expect, test } from "vitest";
import { reframedAdts } from "../../../test/adts-writer.ts";
import { forgetfulSource } from "../../../test/byte-sources.ts";
import { type DecodedFile, decodeAll, decodeContext } from "../../../test/decoding.ts";
import {
	convertWithFfmpeg,
	decodeWithFfmpeg,
	differenceDecibels,
	firstDifference,
	music,
	type WaveCoding,
	writeWave,
} from "../../../test/fixtures.ts";
import { withPackets } from "../../../test/mp4-writer.ts";
import { testAudio } from "../../../test/node-audio.ts";
import { adtsFrame } from "../aac/adts.ts";
import type { DecodeContext } from "../decoder.ts";
import { openDecoder } from "../open-decoder.ts";

const FRAMES = 100_001;
/** Encoder delay of ffmpeg's own AAC encoder. */
const DELAY_FRAMES = 1_024;
const AAC = ["-c:a", "aac", "-aac_pns", "0"] as const;
const FRAGMENTED = ["-movflags", "+frag_keyframe+delay_moov", "-frag_duration", "500000"] as const;

afterAll(() => testAudio.close());

function waveOf(channels: number, coding: WaveCoding = "s16", sampleRate = 44_100): Uint8Array {
	return writeWave(music(FRAMES, sampleRate, channels), { sampleRate, channels, coding });
}

const convert = (wave: Uint8Array, to: string, ...args: readonly string[]) =>
	convertWithFfmpeg(wave, { from: "wav", to, args });

const decode = (bytes: Uint8Array, options: Partial<DecodeContext> = {}): Promise<DecodedFile> =>
	decodeAll(openDecoder(forgetfulSource(bytes), decodeContext({ platformAudio: testAudio, strict: true, ...options })));

/** Replaces the number at an offset from the end of a box's type. */
function patch(bytes: Uint8Array, type: string, byteOffset: number, value: number): Uint8Array {
	const copy = Buffer.from(bytes);
	const at = copy.indexOf(type);
	expect(at).toBeGreaterThan(0);
	copy.writeUInt32BE(value, at + 4 + byteOffset);
	return new Uint8Array(copy);
}

describe("AAC", () => {
	test.each([
		["with its index after the audio", "m4a", []],
		["with its index before the audio", "m4a", ["-movflags", "+faststart"]],
		["in fragments", "m4a", FRAGMENTED],
		["in a QuickTime file", "mov", []],
		["at 8 kHz", "mp4", ["-ar", "8000"]],
	])("%s has the source's frames, in time, and matches ffmpeg's decode", async (_where, extension, args) => {
		for (const channels of [1, 2]) {
			const file = convert(waveOf(channels), extension, ...AAC, ...args);
			// Some ffmpeg versions keep the delay of a fragmented file; an unfragmented one has the same packets.
			const isFragmented = args === FRAGMENTED;
			const reference = decodeWithFfmpeg(isFragmented ? convert(waveOf(channels), "m4a", ...AAC) : file, extension);
			const { samples, format } = await decode(file);
			expect(format).toMatchObject({ name: "AAC in MP4", channels });
			expect(samples.length / channels).toBe(Math.round((FRAMES * format.sampleRate) / 44_100));
			expect(differenceDecibels(samples, reference)).toBeLessThan(-90);
		}
	});

	test("in packets left in ADTS frames by a careless writer, even with checksums, is the same", async () => {
		const file = convert(waveOf(2), "m4a", ...AAC);
		const stream = { objectType: 2, sampleRate: 44_100, channelConfiguration: 2 };
		for (const checksum of [null, 0]) {
			const framed = withPackets(file, (packet) =>
				reframedAdts(adtsFrame(stream, packet), { isMpeg2: true, checksum }),
			);
			expect(firstDifference((await decode(framed)).samples, (await decode(file)).samples)).toBeNull();
		}
	});

	test("keeps its encoder delay on request", async () => {
		const file = convert(waveOf(2), "m4a", ...AAC);
		const trimmed = await decode(file);
		const whole = await decode(file, { trimEncoderDelay: false });
		expect(whole.samples.length).toBe(2 * 1_024 * Math.ceil((FRAMES + DELAY_FRAMES) / 1_024));
		const part = whole.samples.subarray(2 * DELAY_FRAMES, 2 * (DELAY_FRAMES + FRAMES));
		expect(firstDifference(trimmed.samples, part)).toBeNull();
		expect(whole.format.frames).toBe(whole.samples.length / 2);
	});

	test("with an absurd count of durations, packets or chunks has the same audio or is an error, immediately", async () => {
		const file = convert(waveOf(2), "m4a", ...AAC);
		const { samples } = await decode(file);
		for (const count of [0x7fffffff, 0xffffffff]) {
			for (const type of ["stts", "stco"]) {
				const decoded = await decode(patch(file, type, 4, count));
				expect(firstDifference(decoded.samples, samples)).toBeNull();
			}
			expect(firstDifference((await decode(patch(file, "stsz", 8, count))).samples, samples)).toBeNull();
			const manyOfOneDuration = await decode(patch(file, "stts", 8, count));
			expect(manyOfOneDuration.samples.length).toBeGreaterThan(samples.length - 2 * 45);
			const equalLengths = decode(patch(file, "stsz", 4, count), { strict: false });
			await expect(equalLengths).rejects.toMatchObject({ code: "malformed-audio" });
		}
	});

	test("truncated with its index before the audio plays up to the cut, and without an index is malformed", async () => {
		const file = convert(waveOf(2), "m4a", ...AAC, "-movflags", "+faststart");
		const { samples, warnings } = await decode(file.subarray(0, file.length >> 1), { strict: false });
		const whole = await decode(file);
		expect(samples.length).toBeGreaterThan(whole.samples.length / 3);
		expect(firstDifference(samples, whole.samples.subarray(0, samples.length))).toBeNull();
		expect(warnings).toEqual([expect.stringMatching(/^The file ends inside a packet at 1\.\d{3} s\.$/)]);
		const cut = convert(waveOf(2), "m4a", ...AAC).subarray(0, 5_000);
		await expect(decode(cut)).rejects.toMatchObject({ message: expect.stringContaining("no index (moov box)") });
	});

	test("next to a picture is found, and only a picture is unsupported", async () => {
		const picture = ["-f", "lavfi", "-i", "testsrc=size=64x64:rate=10:duration=1", "-c:v", "mpeg4"];
		const file = convert(waveOf(2), "mp4", ...picture, "-map", "1:v", "-map", "0:a", ...AAC);
		expect((await decode(file)).samples.length).toBe(2 * FRAMES);
		const silent = convert(waveOf(2), "mp4", ...picture, "-map", "1:v");
		await expect(decode(silent)).rejects.toMatchObject({ message: expect.stringContaining("no sound track") });
	});
});

describe("ALAC", () => {
	test.each<[string, WaveCoding, readonly string[]]>([
		["m4a", "s16", []],
		["m4a", "s24", ["-sample_fmt", "s32p"]],
		["m4a", "s16", ["-movflags", "+faststart"]],
		["m4a", "s16", FRAGMENTED],
		["mov", "s16", []],
		["caf", "s16", []],
		["caf", "s24", ["-sample_fmt", "s32p"]],
	])("in .%s from %s (%j) equals ffmpeg's decode to the bit", async (extension, coding, args) => {
		for (const channels of [1, 2]) {
			const file = convert(waveOf(channels, coding), extension, "-c:a", "alac", ...args);
			const { samples, format } = await decode(file);
			expect(format.name).toBe(extension === "caf" ? "ALAC in CAF" : "ALAC in MP4");
			expect(samples.length).toBe(FRAMES * channels);
			expect(firstDifference(samples, decodeWithFfmpeg(file, extension))).toBeNull();
		}
	});

	test("at 96 kHz keeps its rate", async () => {
		const file = convert(waveOf(2, "s24", 96_000), "m4a", "-c:a", "alac");
		const { samples, format } = await decode(file);
		expect(format.sampleRate).toBe(96_000);
		expect(firstDifference(samples, decodeWithFfmpeg(file, "m4a"))).toBeNull();
	});

	test("with damaged packets has everything else in time and to the bit", async () => {
		const file = convert(waveOf(2), "m4a", "-c:a", "alac", "-movflags", "+faststart");
		const whole = (await decode(file)).samples;
		const damaged = file.slice();
		const at = damaged.length >> 1;
		damaged.fill(0xff, at, at + 3_000);
		const { samples } = await decode(damaged, { strict: false });
		expect(samples.length).toBe(whole.length);
		const differing = samples.filter((sample, index) => sample !== whole[index]).length;
		expect(differing).toBeGreaterThan(0);
		expect(differing).toBeLessThanOrEqual(3 * 4_096 * 2);
	});
});

test.each([
	["MP3", ["-c:a", "libmp3lame"]],
	["AC-3 (Dolby Digital)", ["-c:a", "ac3"]],
	["Opus", ["-c:a", "libopus", "-ar", "48000"]],
	["FLAC", ["-c:a", "flac", "-strict", "-2"]],
])("%s in MP4 is rejected by name", async (codec, args) => {
	await expect(decode(convert(waveOf(2), "mp4", ...args))).rejects.toMatchObject({
		code: "unsupported-format",
		message: `This MP4 file holds ${codec} audio, which cannot be loaded. Convert it to WAV or FLAC.`,
	});
});
