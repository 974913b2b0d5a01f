import { expect, test } from "vitest";
import { countedWindow, forgetfulSource } from "../../test/byte-sources.ts";
import { decodeAll, decodeContext } from "../../test/decoding.ts";
import {
	concat,
	convertWithFfmpeg,
	firstDifference,
	music,
	noise,
	randomBytes,
	seededRandom,
	writeWave,
} from "../../test/fixtures.ts";
import { loaderModule } from "../../test/loader-module.ts";
import { type ByteSource, memorySource } from "../source/byte-source.ts";
import { openDecoder } from "./open-decoder.ts";

const RATE = 44_100;
const SECONDS = 36;
/** Noise makes every format larger than a window. */
const samples = noise(SECONDS * RATE, 2, { seed: 21 });
for (const [index, sample] of music(RATE, RATE, 2).entries()) samples[index] = sample;
const wave = writeWave(samples, { sampleRate: RATE, channels: 2 });
const convert = (to: string, ...args: readonly string[]) => convertWithFfmpeg(wave, { from: "wav", to, args });

const decode = (source: ByteSource) => decodeAll(openDecoder(source, decodeContext({ loaderModule })));

/** The file with 300 KB of junk in its middle, a damaged end and its last bytes missing. */
function damaged(file: Uint8Array): Uint8Array {
	const middle = file.length >> 1;
	const copy = concat([file.subarray(0, middle), randomBytes(300_000, seededRandom(5)), file.subarray(middle, -1_000)]);
	copy.fill(0xff, copy.length - 90_000, copy.length - 70_000);
	return copy;
}

test.each([
	["FLAC", convert("flac")],
	["MP3", convert("mp3", "-b:a", "320k", "-write_id3v1", "1", "-metadata", "title=Windows")],
	["Ogg Vorbis", convert("ogg", "-c:a", "libvorbis", "-b:a", "480k")],
	["Ogg Opus", convert("ogg", "-c:a", "libopus", "-b:a", "450k")],
	["WebM Opus", convert("webm", "-c:a", "libopus", "-b:a", "450k")],
])("%s decodes the same from a buffer and from windows that overwrite each other", async (_name, file) => {
	for (const bytes of [file, damaged(file)]) {
		const whole = await decode(memorySource(bytes));
		expect(whole.samples.length).toBeGreaterThan(0.9 * samples.length);
		expect(whole.warnings.length > 0).toBe(bytes !== file);
		const { source, fills } = countedWindow(bytes);
		for (const windowed of [await decode(source), await decode(forgetfulSource(bytes))]) {
			expect(firstDifference(windowed.samples, whole.samples)).toBeNull();
			expect(windowed.warnings).toEqual(whole.warnings);
			expect(windowed.format).toEqual(whole.format);
		}
		// Two passes over the file, and a few more windows for its head and its end.
		expect(fills()).toBeGreaterThan(1);
		expect(fills()).toBeLessThan((2 * bytes.length) / 2 ** 20 + 10);
	}
});

test.each([
	["flac", "FLAC"],
	["mp3", "MP3"],
])("a tag of megabytes before a %s file is skipped unread", async (extension, name) => {
	const audio = convert(extension, "-t", "2", "-id3v2_version", "0");
	const [size, high, low] = [5_000_000, 5_000_000 >> 14, 5_000_000 & 0x3fff];
	const head = Uint8Array.of(0x49, 0x44, 0x33, 4, 0, 0, high >> 7, high & 0x7f, low >> 7, low & 0x7f);
	const tagged = countedWindow(concat([head, new Uint8Array(size).fill(0xff), audio]));
	const decoded = await decode(tagged.source);
	expect(decoded.format.name).toBe(name);
	expect(firstDifference(decoded.samples, (await decode(memorySource(audio))).samples)).toBeNull();
	expect(tagged.fills()).toBeLessThan(12);
});

test("a file that ends in thousands of tags is not read again for each of them", async () => {
	const tag = new Uint8Array(128);
	tag.set([0x54, 0x41, 0x47]);
	const audio = convert("mp3", "-t", "2");
	const tagged = countedWindow(concat([audio, ...Array.from({ length: 20_000 }, () => tag)]));
	const decoded = await decode(tagged.source);
	expect(decoded.samples.length).toBe((await decode(memorySource(audio))).samples.length);
	expect(tagged.fills()).toBeLessThan(40);
});
