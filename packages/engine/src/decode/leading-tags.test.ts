import { describe, expect, test } from "vitest";
import { decodeAll, decodeContext } from "../../test/decoding.ts";
import { ascii, concat, convertWithFfmpeg, firstDifference, music, writeWave } from "../../test/fixtures.ts";
import { testAudio } from "../../test/node-audio.ts";
import { sniff } from "../../test/sniff.ts";
import { type ByteSource, memorySource } from "../source/byte-source.ts";
import { skipLeadingTags } from "./mp3/tags.ts";
import { openDecoder } from "./open-decoder.ts";

const wave = writeWave(music(12_000, 48_000, 2), { sampleRate: 48_000, channels: 2 });
const convert = (to: string, ...args: readonly string[]) => convertWithFfmpeg(wave, { from: "wav", to, args });
const decode = (bytes: Uint8Array, strict = true) =>
	decodeAll(openDecoder(memorySource(bytes), decodeContext({ strict, platformAudio: testAudio })));

const FOOTER = 0x10;
const UNSYNCHRONISED = 0x80;

/** An ID3v2 tag of padding. */
function id3(bodyBytes: number, flags = 0): Uint8Array<ArrayBuffer> {
	const size = [21, 14, 7, 0].map((shift) => (bodyBytes >> shift) & 0x7f);
	const footer = (flags & FOOTER) === 0 ? [] : [ascii("3DI"), Uint8Array.of(4, 0, flags, ...size)];
	return concat([ascii("ID3"), Uint8Array.of(4, 0, flags, ...size), new Uint8Array(bodyBytes), ...footer]);
}

const tags: readonly (readonly [name: string, tag: Uint8Array])[] = [
	["a tag", id3(30)],
	["an empty tag", id3(0)],
	["a tag with a footer", id3(300, FOOTER)],
	["a tag with unsynchronised frames", id3(300, UNSYNCHRONISED)],
	["a tag with a picture", id3(300_000)],
	["three tags", concat([id3(30), id3(200, FOOTER), id3(0)])],
];

describe.each<[string, Uint8Array]>([
	["WAV", wave],
	["RF64", convert("wav", "-rf64", "always")],
	["AIFF", convert("aiff")],
	["CAF", convert("caf")],
	["FLAC", convert("flac")],
	["MP3", convert("mp3", "-id3v2_version", "0")],
	["Ogg Vorbis", convert("ogg", "-c:a", "libvorbis")],
	["Ogg Opus", convert("ogg", "-c:a", "libopus")],
	["Ogg FLAC", convert("ogg", "-c:a", "flac")],
	["WebM", convert("webm", "-c:a", "libopus")],
	["Matroska", convert("mka", "-c:a", "libopus")],
	["AAC", convert("aac", "-c:a", "aac")],
	["M4A", convert("m4a", "-c:a", "aac")],
	["QuickTime", convert("mov", "-c:a", "alac")],
])("before %s", (_name, file) => {
	test.each(tags)("%s changes nothing", async (_tag, tag) => {
		const tagged = concat([tag, file]);
		const decoded = await decode(tagged);
		const expected = await decode(file);
		expect(firstDifference(decoded.samples, expected.samples)).toBeNull();
		expect(decoded.format).toEqual(expected.format);
		expect(decoded.warnings).toEqual([]);
		expect(sniff(memorySource(tagged))).toBe(sniff(memorySource(file)));
	});

	test("of a tag that claims to be longer than the file only the header is skipped", async () => {
		const endless = concat([ascii("ID3"), Uint8Array.of(4, 0, 0, 0x7f, 0x7f, 0x7f, 0x7f)]);
		const decoded = await decode(concat([endless, file]));
		expect(firstDifference(decoded.samples, (await decode(file)).samples)).toBeNull();
	});
});

test("the byte offset of an error includes the tag", async () => {
	const broken = wave.slice().fill(0, 36, 40);
	const placeOf = (bytes: Uint8Array) => decode(bytes).catch((error: { byteOffset: number }) => error.byteOffset);
	expect(await placeOf(concat([id3(30), broken]))).toBe(40 + ((await placeOf(broken)) as number));
	const ogg = convert("ogg", "-c:a", "libvorbis", "-page_duration", "50000");
	const cut = ogg.subarray(0, ogg.length - 200);
	expect(await placeOf(concat([id3(30), cut]))).toBe(40 + ((await placeOf(cut)) as number));
});

test.each([
	["MIDI", ascii("MThd\0\0\0\x06\0\x01")],
	["Monkey's Audio", ascii("MAC \x96\x0f\0\0")],
	["True Audio", convert("tta")],
])("%s after a tag is named", async (name, bytes) => {
	await expect(decode(concat([id3(30), bytes]))).rejects.toMatchObject({
		code: "unsupported-format",
		message: expect.stringContaining(name),
	});
});

test("at most 1,024 tags are skipped", () => {
	const empty = id3(0);
	const many = (count: number) => concat([...Array.from({ length: count }, () => empty), wave]);
	expect(skipLeadingTags(memorySource(many(1_024)))).toBe(10_240);
	expect(sniff(memorySource(many(1_024)))).toBe("wav");
	const source = memorySource(many(3_000));
	let readCount = 0;
	const read: ByteSource["read"] = (...place) => {
		readCount++;
		return source.read(...place);
	};
	expect(skipLeadingTags({ ...source, read })).toBe(10_240);
	expect(readCount).toBeLessThan(1_100);
});

test("a tag alone is a damaged MP3", async () => {
	await expect(decode(id3(100))).rejects.toMatchObject({ code: "malformed-audio" });
});
