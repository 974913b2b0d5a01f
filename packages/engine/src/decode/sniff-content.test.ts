import { describe, expect, test } from "vitest";
import { ascii, concat, convertWithFfmpeg, music, randomBytes, seededRandom, writeWave } from "../../test/fixtures.ts";
import { sniff } from "../../test/sniff.ts";
import { memorySource } from "../source/byte-source.ts";
import type { SniffedFormat } from "./formats.ts";

const wave = writeWave(music(48_000, 48_000, 2), { sampleRate: 48_000, channels: 2 });

describe("ffmpeg's output is recognised", () => {
	test.each<[SniffedFormat, string, readonly string[]]>([
		["wav", "wav", []],
		["wav", "wav", ["-c:a", "pcm_f32le"]],
		["flac", "flac", []],
		["mp3", "mp3", []],
		["mp3", "mp3", ["-id3v2_version", "0", "-write_xing", "0"]],
		["ogg-vorbis", "ogg", ["-c:a", "libvorbis"]],
		["ogg-opus", "ogg", ["-c:a", "libopus"]],
		["ogg-flac", "ogg", ["-c:a", "flac"]],
		["rf64", "wav", ["-rf64", "always"]],
		["wave64", "w64", []],
		["aiff", "aiff", []],
		["caf", "caf", []],
		["au", "au", []],
		["m4a", "m4a", ["-c:a", "aac"]],
		["mp4", "mp4", ["-c:a", "aac"]],
		["quicktime", "mov", ["-c:a", "aac"]],
		["webm", "webm", ["-c:a", "libopus"]],
		["matroska", "mka", ["-c:a", "libvorbis"]],
		["asf", "wma", ["-c:a", "wmav2"]],
		["adts-aac", "adts", ["-c:a", "aac"]],
		["mpeg-layer-2", "mp2", ["-c:a", "mp2"]],
		["ac3", "ac3", []],
		["tta", "tta", []],
		["wavpack", "wv", []],
		["avi", "avi", ["-c:a", "pcm_s16le"]],
	])("%s as .%s", (format, extension, args) => {
		expect(sniff(memorySource(convertWithFfmpeg(wave, { from: "wav", to: extension, args })))).toBe(format);
	});
});

test.each<[SniffedFormat, Uint8Array]>([
	["aiff", ascii("FORM\0\0\0\x2eAIFC")],
	["rifx", ascii("RIFX\0\0\0\x2eWAVE")],
	["rf64", ascii("BW64\xff\xff\xff\xffWAVE")],
	["unknown", ascii("RIFX\0\0\0\x2eMV93")],
	["unknown", ascii("FORM\0\0\0\x2e8SVX")],
	["midi", ascii("MThd\0\0\0\x06\0\x01")],
	["image", ascii("\x89PNG\r\n\x1a\n\0\0\0\rIHDR")],
	["image", ascii("\xff\xd8\xff\xe0\0\x10JFIF")],
	["image", ascii("RIFF\x24\0\0\0WEBPVP8 ")],
	["pdf", ascii("%PDF-1.7\n")],
	["archive", ascii("PK\x03\x04\x14\0\0\0")],
	["html", ascii("\n<!DOCTYPE html>\n<html><title>Not Found</title>")],
	["text", ascii("#EXTM3U\nhttp://example.org/stream.mp3\n")],
	["text", ascii('{"error": "no such file"}')],
	["mp3", ascii("ID3\x04\0\0\0\0\0\0")],
	["unknown", new Uint8Array(4_096)],
	["unknown", Uint8Array.of(0xff)],
	["unknown", Uint8Array.of(0xff, 0xfb, 0x90)],
	["ogg-other", ascii("OggS")],
])("%s is recognised by its bytes", (format, bytes) => {
	expect(sniff(memorySource(bytes))).toBe(format);
});

test("an MP3 after foreign bytes is recognised", () => {
	const mp3 = convertWithFfmpeg(wave, { from: "wav", to: "mp3", args: ["-id3v2_version", "0"] });
	expect(sniff(memorySource(concat([randomBytes(3_000, seededRandom(12)), mp3])))).toBe("mp3");
});

test("FLAC after an ID3 tag is FLAC", () => {
	const flac = convertWithFfmpeg(wave, { from: "wav", to: "flac" });
	expect(sniff(memorySource(concat([ascii("ID3\x04\0\0\0\0\0\x0a"), new Uint8Array(10), flac])))).toBe("flac");
});

test("random bytes have no known format", () => {
	const seeds = Array.from({ length: 40 }, (_value, index) => 1_000 + index);
	const recognised = seeds.map((seed) => [seed, sniff(memorySource(randomBytes(100_000, seededRandom(seed))))]);
	expect(recognised).toEqual(seeds.map((seed) => [seed, "unknown"]));
});
