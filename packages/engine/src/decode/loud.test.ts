import { afterAll, describe, expect, test } from "vitest";
import { decodeAll, decodeContext } from "../../test/decoding.ts";
import {
	concat,
	convertWithFfmpeg,
	decodeWithFfmpeg,
	differenceDecibels,
	sines,
	writeWave,
} from "../../test/fixtures.ts";
import { testAudio } from "../../test/node-audio.ts";
import { splitOggPages } from "../../test/ogg-fixtures.ts";
import { memorySource } from "../source/byte-source.ts";
import { openDecoder } from "./open-decoder.ts";

const RATE = 48_000;
/** The sines have an amplitude of 0.5; ffmpeg's MP3 decoder fails above about 12 times full scale. */
const LOUDNESS = 20;
const LOUD_DECIBELS = 20 * Math.log10(LOUDNESS);

afterAll(() => testAudio.close());

const recording = sines(RATE, RATE, [440, 1_000]).map((sample) => LOUDNESS * sample);
const wave = writeWave(recording, { sampleRate: RATE, channels: 2, coding: "f32" });
const convert = (to: string, ...args: readonly string[]) => convertWithFfmpeg(wave, { from: "wav", to, args });
const decode = (bytes: Uint8Array, strict: boolean) =>
	decodeAll(openDecoder(memorySource(bytes), decodeContext({ strict, platformAudio: testAudio })));

const mp3 = convert("mp3", "-c:a", "libmp3lame", "-b:a", "192k", "-id3v2_version", "0", "-write_xing", "0");
const vorbis = convert("ogg", "-c:a", "libvorbis", "-q:a", "6", "-page_duration", "50000");
const opus = convert("opus", "-c:a", "libopus", "-b:a", "192k", "-page_duration", "50000");

const peakOf = (samples: Float32Array) => samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);

test.each<[string, string, Uint8Array, number]>([
	["MP3", "mp3", mp3, -90],
	["Ogg Vorbis", "ogg", vorbis, -90],
	["Ogg Opus", "opus", opus, -50],
	["Opus in WebM", "webm", convert("webm", "-c:a", "libopus", "-b:a", "192k"), -50],
	["AAC in M4A", "m4a", convert("m4a", "-c:a", "aac", "-b:a", "256k", "-aac_pns", "0"), -90],
])(
	"a recording far above full scale keeps the decoder's samples, also in strict mode: %s",
	async (_name, ending, file, most) => {
		const { samples, warnings } = await decode(file, true);
		const expected = decodeWithFfmpeg(file, ending);
		expect(warnings).toEqual([]);
		expect(Math.abs(samples.length - expected.length)).toBeLessThan(2_100);
		expect(differenceDecibels(samples, expected) - LOUD_DECIBELS).toBeLessThan(most);
		expect(peakOf(samples)).toBeGreaterThan(0.4 * LOUDNESS);
	},
);

describe("a loud recording is clamped only after damage", () => {
	/** The middle frame has impossible side info: frames of 192 kbit/s at 48 kHz have 576 bytes. */
	const brokenMp3 = mp3.slice();
	const frameOffset = 576 * 22;
	brokenMp3.fill(0xff, frameOffset + 4, frameOffset + 36);
	const broken = (file: Uint8Array) => {
		const pages = splitOggPages(file);
		return concat(pages.filter((_page, index) => index !== pages.length >> 1));
	};

	test.each<[string, Uint8Array]>([
		["MP3", brokenMp3],
		["Ogg Vorbis", broken(vorbis)],
		["Ogg Opus", broken(opus)],
	])("%s", async (_name, file) => {
		const { samples, warnings } = await decode(file, false);
		const [damaged, clamped] = warnings;
		const second = Number(/ at (\d\.\d+) s/.exec(damaged!)?.[1]);
		expect(second).toBeGreaterThan(0.3);
		expect(clamped).toMatch(/^Damage at \d\.\d+ s made samples beyond 8, which were clamped to 8\.$/);
		expect(warnings).toHaveLength(2);
		// Leave out 0.02 s on either side, where the codec rings and fades.
		const before = samples.subarray(2 * RATE * (second - 0.02) - 4_800, 2 * RATE * (second - 0.02));
		expect(peakOf(before)).toBeGreaterThan(9);
		expect(peakOf(samples.subarray(2 * RATE * (second + 0.02)))).toBe(8);
	});
});
