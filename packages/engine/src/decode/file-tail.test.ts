import { describe, expect, test } from "vitest";
import { decodeAll, decodeContext } from "../../test/decoding.ts";
import {
	ascii,
	concat,
	convertWithFfmpeg,
	firstDifference,
	music,
	randomBytes,
	seededRandom,
	writeWave,
} from "../../test/fixtures.ts";
import { oggPackets, writeMatroska } from "../../test/matroska-writer.ts";
import { testAudio } from "../../test/node-audio.ts";
import { memorySource } from "../source/byte-source.ts";
import { endWithoutTags, isOnlyTags } from "./file-tail.ts";
import { openDecoder } from "./open-decoder.ts";

const FRAMES = 20_000;
const samples = music(FRAMES, 48_000, 2);
const wave = writeWave(samples, { sampleRate: 48_000, channels: 2 });
const convert = (to: string, ...args: readonly string[]) => convertWithFfmpeg(wave, { from: "wav", to, args });

const id3v1 = concat([
	ascii("TAG"),
	ascii("A title of thirty characters..".padEnd(30)),
	new Uint8Array(60),
	ascii("1999"),
	new Uint8Array(31),
]);
/** An APEv2 tag of one item, with or without its header. */
function ape(hasHeader: boolean): Uint8Array<ArrayBuffer> {
	const item = concat([Uint8Array.of(4, 0, 0, 0, 0, 0, 0, 0), ascii("Album\0Song")]);
	const frame = (flags: number) => {
		const head = new DataView(new ArrayBuffer(32));
		new Uint8Array(head.buffer).set(ascii("APETAGEX"));
		head.setUint32(8, 2_000, true);
		head.setUint32(12, item.length + 32, true);
		head.setUint32(16, 1, true);
		head.setUint32(20, flags, true);
		return new Uint8Array(head.buffer);
	};
	const withHeader = hasHeader ? 0x8000_0000 : 0;
	return concat([...(hasHeader ? [frame(0xa000_0000)] : []), item, frame(withHeader)]);
}
const lyricsText = ascii("LYRICSBEGININD0000210LYR00012La la la la.");
const lyrics = concat([lyricsText, ascii(`${String(lyricsText.length).padStart(6, "0")}LYRICS200`)]);
const oldLyrics = concat([ascii("LYRICSBEGINLa la la."), ascii("LYRICSEND"), id3v1]);
const enhanced = concat([ascii("TAG+"), new Uint8Array(223), id3v1]);
/** ID3v2.4 with the footer of an appended tag. */
const appendedId3 = concat([
	ascii("ID3"),
	Uint8Array.of(4, 0, 0x10, 0, 0, 0, 50),
	new Uint8Array(50),
	ascii("3DI"),
	Uint8Array.of(4, 0, 0x10, 0, 0, 0, 50),
]);
const zeros = new Uint8Array(3_000);

const tails: readonly (readonly [name: string, bytes: Uint8Array])[] = [
	["an ID3v1 tag", id3v1],
	["an enhanced ID3v1 tag", enhanced],
	["an appended ID3v2 tag", appendedId3],
	["an appended ID3v2 tag and ID3v1", concat([appendedId3, id3v1])],
	["APEv2 with its header", ape(true)],
	["APEv2 without its header", ape(false)],
	["APEv2 and ID3v1", concat([ape(true), id3v1])],
	["Lyrics3v2 and ID3v1", concat([lyrics, id3v1])],
	["64 zeros", new Uint8Array(64)],
	["zeros and ID3v1", concat([zeros, id3v1])],
	["APEv2 and zeros", concat([ape(true), zeros])],
];

const opus = oggPackets(convert("opus", "-c:a", "libopus", "-page_duration", "20000"));
const liveWebm = writeMatroska(
	opus.slice(2).map((packet, index) => ({ packets: [packet], milliseconds: 20 * index })),
	{ head: opus[0]!, isLive: true },
);
const openWave = writeWave(samples, { sampleRate: 48_000, channels: 2, declaredDataSize: 0xffff_ffff });
const flac = convert("flac");

/** STREAMINFO without the number of frames. */
const unknownFlac = flac.slice().fill(0, 22, 26);

describe.each<[string, Uint8Array]>([
	["WAV", wave],
	["RF64", convert("wav", "-rf64", "always")],
	["AIFF", convert("aiff")],
	["CAF", convert("caf")],
	["FLAC", flac],
	["FLAC of unknown length", unknownFlac],
	["MP3", convert("mp3")],
	["MP3 without an info frame", convert("mp3", "-write_xing", "0", "-id3v2_version", "0")],
	["Ogg Vorbis", convert("ogg", "-c:a", "libvorbis")],
	["Ogg Opus", convert("ogg", "-c:a", "libopus")],
	["Ogg FLAC", convert("ogg", "-c:a", "flac")],
	["WebM", convert("webm", "-c:a", "libopus")],
	["WebM of unknown size", liveWebm],
	["Matroska", convert("mka", "-c:a", "libopus")],
	["AAC", convert("aac", "-c:a", "aac")],
	["M4A", convert("m4a", "-c:a", "aac")],
	["M4A, its index first", convert("m4a", "-c:a", "alac", "-movflags", "faststart")],
	["M4A in fragments", convert("m4a", "-c:a", "aac", "-movflags", "frag_keyframe+empty_moov")],
])("%s", (_name, file) => {
	const open = (bytes: Uint8Array, strict = true) =>
		decodeAll(openDecoder(memorySource(bytes), decodeContext({ strict, platformAudio: testAudio })));

	test.each(tails)("%s after the end is not damage", async (_tail, tail) => {
		const decoded = await open(concat([file, tail]));
		expect(firstDifference(decoded.samples, (await open(file)).samples)).toBeNull();
		expect(decoded.warnings).toEqual([]);
	});

	test("other bytes after the end cost no audio", async () => {
		const junk = randomBytes(700, seededRandom(4));
		const decoded = await open(concat([file, junk]), false);
		expect(firstDifference(decoded.samples, (await open(file)).samples)).toBeNull();
		// In a file without a length they may be damage.
		const isNamed = (warning: string) => /700 bytes|The file is damaged or truncated/.test(warning);
		expect(decoded.warnings.filter((warning) => !isNamed(warning))).toEqual([]);
	});
});

describe("audio that extends to the end of the file", () => {
	const decode = (bytes: Uint8Array) => decodeAll(openDecoder(memorySource(bytes), decodeContext({ strict: true })));
	const caf = convert("caf");
	const cafData = caf.findIndex((_byte, offset) => String.fromCharCode(...caf.subarray(offset, offset + 4)) === "data");
	const openCaf = caf.slice().fill(0xff, cafData + 4, cafData + 12);
	const openRf64 = convert("wav", "-rf64", "always").fill(0xff, 20, 36);
	// Skip FORM and COMM with its 18 bytes to the size of the sound chunk.
	const openAiff = convert("aiff").fill(0xff, 42, 46);

	test.each([
		["WAV", openWave],
		["RF64", openRf64],
		["AIFF", openAiff],
		["CAF", openCaf],
	])("%s: a tag is not audio", async (_name, file) => {
		const { samples: expected } = await decode(file);
		const both = [concat([ape(false), id3v1]), concat([lyrics, id3v1]), concat([appendedId3, id3v1])];
		for (const tail of [id3v1, ape(true), enhanced, appendedId3, oldLyrics, ...both]) {
			expect(firstDifference((await decode(concat([file, tail]))).samples, expected)).toBeNull();
			expect(firstDifference((await decode(concat([appendedId3, file, tail]))).samples, expected)).toBeNull();
		}
	});

	test("an empty WAV followed by a tag has no audio", async () => {
		const empty = writeWave(new Float32Array(0), { sampleRate: 48_000, channels: 2 });
		await expect(decode(concat([empty, id3v1]))).rejects.toMatchObject({ code: "malformed-audio" });
	});

	test("an end that resembles an ID3v2 footer is audio", async () => {
		const tail = concat([randomBytes(22, seededRandom(9)), ascii("3DI"), Uint8Array.of(4, 0, 0x10, 0, 0, 0, 2)]);
		expect((await decode(concat([openWave, tail]))).format.frames).toBe(FRAMES + 8);
	});

	test("bytes that begin like a tag are audio", async () => {
		const tail = concat([ascii("TAG"), randomBytes(125, seededRandom(8))]);
		expect((await decode(concat([openWave, tail]))).format.frames).toBe(FRAMES + 32);
	});
});

describe("audio with a declared length", () => {
	const decode = (bytes: Uint8Array) => decodeAll(openDecoder(memorySource(bytes), decodeContext({ strict: true })));

	test("samples that look like a tag are audio", async () => {
		const file = writeWave(samples, { sampleRate: 48_000, channels: 2 });
		file.set(id3v1, file.length - id3v1.length);
		expect((await decode(file)).format.frames).toBe(FRAMES);
	});

	test("a tag after MP3 in WAV, within its data, is not damage", async () => {
		const mp3 = convert("mp3", "-id3v2_version", "0");
		const bare = await decode(mp3);
		for (const tail of [id3v1, ape(true), concat([lyrics, id3v1]), appendedId3]) {
			const decoded = await decode(wrapInWave(concat([appendedId3, mp3, tail])));
			expect(firstDifference(decoded.samples, bare.samples)).toBeNull();
			expect(decoded.warnings).toEqual([]);
		}
	});
});

/** A WAV file whose data is an MP3 stream. */
function wrapInWave(data: Uint8Array): Uint8Array<ArrayBuffer> {
	const head = new DataView(new ArrayBuffer(44));
	const bytes = new Uint8Array(head.buffer);
	bytes.set(ascii("RIFF"), 0);
	head.setUint32(4, 36 + data.length, true);
	bytes.set(ascii("WAVEfmt "), 8);
	head.setUint32(16, 16, true);
	head.setUint16(20, 0x55, true);
	head.setUint16(22, 2, true);
	head.setUint32(24, 48_000, true);
	head.setUint32(28, 16_000, true);
	head.setUint16(32, 1, true);
	bytes.set(ascii("data"), 36);
	head.setUint32(40, data.length, true);
	return concat([bytes, data]);
}

describe("isOnlyTags", () => {
	test.each([...tails, ["Lyrics3 of version 1", oldLyrics] as const])("accepts %s alone", (_name, tail) => {
		expect(isOnlyTags(memorySource(concat([wave, tail])), wave.length)).toBe(true);
		expect(isOnlyTags(memorySource(concat([wave, tail])), wave.length - 40)).toBe(false);
		expect(isOnlyTags(memorySource(concat([wave, tail, Uint8Array.of(1, 2, 3)])), wave.length)).toBe(false);
	});

	test("accepts the end of the file", () => {
		expect(isOnlyTags(memorySource(wave), wave.length)).toBe(true);
	});

	test("rejects random bytes, in which no tag ends", () => {
		for (let seed = 1; seed <= 200; seed++) {
			const source = memorySource(randomBytes(300, seededRandom(seed)));
			expect([seed, isOnlyTags(source, 0), endWithoutTags(source)]).toEqual([seed, false, 300]);
		}
	});
});
