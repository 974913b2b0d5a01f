import { expect, test } from "vitest";
import { decodeAll, decodeContext } from "../../test/decoding.ts";
import { ascii, convertWithFfmpeg, music, randomBytes, seededRandom, writeWave } from "../../test/fixtures.ts";
import { loaderModule } from "../../test/loader-module.ts";
import { memorySource } from "../source/byte-source.ts";
import { openDecoder } from "./open-decoder.ts";

const wave = writeWave(music(20_000, 48_000, 2), { sampleRate: 48_000, channels: 2 });
const open = (bytes: Uint8Array) => openDecoder(memorySource(bytes), decodeContext({ loaderModule }));
const convert = (to: string, ...args: readonly string[]) => convertWithFfmpeg(wave, { from: "wav", to, args });

test.each([
	["WAV", wave],
	["RF64", convert("wav", "-rf64", "always")],
	["AIFF", convert("aiff")],
	["AIFF-C", convert("aiff", "-c:a", "pcm_s16le")],
	["CAF", convert("caf")],
	["MP3", convert("mp3")],
	["Ogg Vorbis", convert("ogg", "-c:a", "libvorbis")],
	["Ogg Opus", convert("ogg", "-c:a", "libopus")],
	["Ogg FLAC", convert("ogg", "-c:a", "flac")],
	["WebM Opus", convert("webm", "-c:a", "libopus")],
	["Matroska Opus", convert("mka", "-c:a", "libopus")],
])("%s is recognised by its content", async (name, bytes) => {
	const decoded = await decodeAll(open(bytes));
	expect(decoded.format).toEqual({ name, sampleRate: 48_000, channels: 2, frames: 20_000 });
	expect(decoded.samples.length).toBe(40_000);
});

test("bytes within a larger buffer are read in place", async () => {
	const around = new Uint8Array(wave.length + 33);
	around.set(wave, 17);
	expect((await decodeAll(open(around.subarray(17, 17 + wave.length)))).format.frames).toBe(20_000);
});

test("shared bytes are read in place, in every format", async () => {
	const others = ["libvorbis", "libopus", "flac"].map((codec) => convert("ogg", "-c:a", codec));
	for (const bytes of [wave, convert("mp3"), ...others, convert("webm", "-c:a", "libopus")]) {
		const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
		shared.set(bytes);
		expect((await decodeAll(open(shared))).samples).toEqual((await decodeAll(open(bytes))).samples);
	}
});

test("an empty file is malformed", async () => {
	await expect(open(new Uint8Array(0))).rejects.toMatchObject({
		code: "malformed-audio",
		byteOffset: 0,
		message: "The file is empty: it has 0 bytes. Export or download it again.",
	});
});

test.each([
	["a True Audio file, which cannot be loaded. Convert it to WAV, FLAC, MP3, Ogg Vorbis or Opus.", convert("tta")],
	["a web page, not audio. Check the address", ascii("<!doctype html><p>404")],
	["in an unknown format. Convert it to", randomBytes(5_000, seededRandom(77))],
])("an unsupported file is named: %s", async (words, bytes) => {
	await expect(open(bytes)).rejects.toMatchObject({
		code: "unsupported-format",
		message: expect.stringContaining(`This is ${words}`),
	});
});
