import { describe, expect, test } from "vitest";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import { convertWithFfmpeg, decodeWithFfmpeg, differenceDecibels, music, writeWave } from "../../../test/fixtures.ts";
import { memorySource } from "../../source/byte-source.ts";
import { openVorbis } from "./open-vorbis.ts";

const open = (bytes: Uint8Array, options: { strict?: boolean; trimEncoderDelay?: boolean } = {}) =>
	openVorbis(memorySource(bytes), decodeContext(options));

function encode(
	seconds: number,
	sampleRate: number,
	channels: 1 | 2,
	args: readonly string[],
): Uint8Array<ArrayBuffer> {
	const wave = writeWave(music(seconds * sampleRate - 77, sampleRate, channels), { sampleRate, channels });
	return convertWithFfmpeg(wave, { from: "wav", to: "ogg", args: ["-c:a", "libvorbis", ...args] });
}

describe("has the recording's length, and equals ffmpeg within -90 dB", () => {
	test.each<[string, number, number, 1 | 2, readonly string[]]>([
		["stereo", 3, 44_100, 2, ["-q:a", "4"]],
		["mono", 3, 44_100, 1, ["-q:a", "4"]],
		["high quality", 3, 48_000, 2, ["-q:a", "10"]],
		["low rate", 3, 8_000, 1, ["-q:a", "2"]],
		["high rate", 1, 96_000, 2, ["-q:a", "5"]],
		["fixed bitrate", 2, 32_000, 2, ["-b:a", "96k"]],
		["short pages", 2, 44_100, 2, ["-q:a", "4", "-page_duration", "20000"]],
		["a single short page", 0.02, 44_100, 2, ["-q:a", "4"]],
	])("%s", async (_name, seconds, sampleRate, channels, args) => {
		const file = encode(seconds, sampleRate, channels, args);
		const frames = seconds * sampleRate - 77;
		const decoded = await decodeAll(open(file, { strict: true }));
		expect(decoded.format).toEqual({ name: "Ogg Vorbis", sampleRate, channels, frames });
		expect(decoded.samples.length).toBe(frames * channels);
		expect(differenceDecibels(decoded.samples, decodeWithFfmpeg(file, "ogg"))).toBeLessThan(-90);
		expect(decoded.warnings).toEqual([]);
	});
});
