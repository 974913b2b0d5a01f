import { describe, expect, test } from "vitest";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import { convertWithFfmpeg, decodeWithFfmpeg, differenceDecibels, music, writeWave } from "../../../test/fixtures.ts";
import { memorySource } from "../../source/byte-source.ts";
import { openMp3 } from "./open-mp3.ts";

const open = (bytes: Uint8Array, options: { strict?: boolean; trimEncoderDelay?: boolean } = {}) =>
	openMp3(memorySource(bytes), decodeContext(options));

/** Encodes 1.5 s of music, less a few frames so that the padding is not a round number. */
function encode(sampleRate: number, channels: 1 | 2, args: readonly string[]): Uint8Array<ArrayBuffer> {
	const wave = writeWave(music(1.5 * sampleRate - 77, sampleRate, channels), { sampleRate, channels });
	return convertWithFfmpeg(wave, { from: "wav", to: "mp3", args: ["-c:a", "libmp3lame", ...args] });
}

describe("equals ffmpeg in length, and within -90 dB", () => {
	test.each<[string, number, 1 | 2, readonly string[]]>([
		["MPEG-1, 48 kHz, 128 kbit/s", 48_000, 2, ["-b:a", "128k"]],
		["MPEG-1, 44.1 kHz, 320 kbit/s", 44_100, 2, ["-b:a", "320k"]],
		["MPEG-1, 44.1 kHz, variable", 44_100, 2, ["-q:a", "3"]],
		["MPEG-1, 44.1 kHz, average", 44_100, 2, ["-b:a", "160k", "-abr", "1"]],
		["MPEG-1, 44.1 kHz, no joint stereo", 44_100, 2, ["-b:a", "96k", "-joint_stereo", "0"]],
		["MPEG-1, 32 kHz, mono", 32_000, 1, ["-b:a", "64k"]],
		["MPEG-1, 44.1 kHz, mono, variable", 44_100, 1, ["-q:a", "5"]],
		["MPEG-1, 44.1 kHz, no bit reservoir", 44_100, 2, ["-b:a", "128k", "-reservoir", "0"]],
		["MPEG-2, 22.05 kHz, variable, mono", 22_050, 1, ["-q:a", "4"]],
		["MPEG-2, 16 kHz", 16_000, 2, ["-b:a", "48k"]],
		["MPEG-2.5, 12 kHz, mono", 12_000, 1, ["-b:a", "24k"]],
		["MPEG-2.5, 11.025 kHz", 11_025, 2, ["-b:a", "48k"]],
		["MPEG-2.5, 8 kHz", 8_000, 2, ["-b:a", "32k"]],
		["without a describing frame", 44_100, 2, ["-b:a", "128k", "-write_xing", "0"]],
		["without ID3", 44_100, 2, ["-b:a", "128k", "-id3v2_version", "0"]],
		["with ID3v1 and ID3v2.3", 44_100, 2, ["-b:a", "128k", "-id3v2_version", "3", "-write_id3v1", "1"]],
	])("%s", async (_name, sampleRate, channels, args) => {
		const file = encode(sampleRate, channels, args);
		const expected = decodeWithFfmpeg(file, "mp3");
		const decoded = await decodeAll(open(file, { strict: true }));
		expect(decoded.format).toEqual({ name: "MP3", sampleRate, channels, frames: expected.length / channels });
		expect(decoded.samples.length).toBe(expected.length);
		expect(differenceDecibels(decoded.samples, expected)).toBeLessThan(-90);
		expect(decoded.warnings).toEqual([]);
	});
});

test("24 kHz is closer to the recording than ffmpeg, whose scale factor bands differ from the encoder's", async () => {
	const recording = music(36_000, 24_000, 2);
	const wave = writeWave(recording, { sampleRate: 24_000, channels: 2 });
	const file = convertWithFfmpeg(wave, { from: "wav", to: "mp3", args: ["-c:a", "libmp3lame", "-b:a", "64k"] });
	const decoded = await decodeAll(open(file, { strict: true }));
	const expected = decodeWithFfmpeg(file, "mp3");
	expect(decoded.samples.length).toBe(expected.length);
	expect(differenceDecibels(decoded.samples, recording)).toBeLessThan(differenceDecibels(expected, recording));
});
