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
import { isOnlyTags, withoutSureTags } from "./file-tail.ts";
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
/** An APEv2 tag of one item, with its header or without. */
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
const zeros = new Uint8Array(3_000);

const tails: readonly (readonly [name: string, bytes: Uint8Array])[] = [
	["an ID3v1 tag", id3v1],
	["an enhanced ID3v1 tag", concat([ascii("TAG+"), new Uint8Array(223), id3v1])],
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
	["MP3 without a description", convert("mp3", "-write_xing", "0", "-id3v2_version", "0")],
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

	test.each(tails)("%s behind the end: no damage", async (_tail, tail) => {
		const decoded = await open(concat([file, tail]));
		expect(firstDifference(decoded.samples, (await open(file)).samples)).toBeNull();
		expect(decoded.warnings).toEqual([]);
	});

	test("other bytes behind the end cost no audio", async () => {
		const junk = randomBytes(700, seededRandom(4));
		const decoded = await open(concat([file, junk]), false);
		expect(firstDifference(decoded.samples, (await open(file)).samples)).toBeNull();
		// Where a file does not say how long it is, it may be damage.
		const isNamed = (warning: string) => /700 bytes|The file is damaged or cut off/.test(warning);
		expect(decoded.warnings.filter((warning) => !isNamed(warning))).toEqual([]);
	});
});

describe("where the audio goes to the end of the file", () => {
	const decode = (bytes: Uint8Array) => decodeAll(openDecoder(memorySource(bytes), decodeContext({ strict: true })));
	const caf = convert("caf");
	const cafData = caf.findIndex((_byte, offset) => String.fromCharCode(...caf.subarray(offset, offset + 4)) === "data");
	const openCaf = caf.slice().fill(0xff, cafData + 4, cafData + 12);

	test.each([
		["WAV", openWave],
		["CAF", openCaf],
	])("%s: a tag is no audio", async (_name, file) => {
		const { samples: expected } = await decode(file);
		for (const tail of [id3v1, ape(true), concat([ape(false), id3v1]), concat([lyrics, id3v1])]) {
			expect(firstDifference((await decode(concat([file, tail]))).samples, expected)).toBeNull();
		}
	});

	test("what only begins like a tag is audio", async () => {
		const tail = concat([ascii("TAG"), randomBytes(125, seededRandom(8))]);
		expect((await decode(concat([openWave, tail]))).format.frames).toBe(FRAMES + 32);
	});
});

describe("what stands behind a place", () => {
	test.each([...tails, ["Lyrics3 of version 1", oldLyrics] as const])(
		"%s alone is no part of a recording",
		(_name, tail) => {
			expect(isOnlyTags(memorySource(concat([wave, tail])), wave.length)).toBe(true);
			expect(isOnlyTags(memorySource(concat([wave, tail])), wave.length - 40)).toBe(false);
			expect(isOnlyTags(memorySource(concat([wave, tail, Uint8Array.of(1, 2, 3)])), wave.length)).toBe(false);
		},
	);

	test("nothing is no part of a recording", () => {
		expect(isOnlyTags(memorySource(wave), wave.length)).toBe(true);
	});

	test("random bytes are, and end no tag", () => {
		for (let seed = 1; seed <= 200; seed++) {
			const source = memorySource(randomBytes(300, seededRandom(seed)));
			expect([seed, isOnlyTags(source, 0), withoutSureTags(source, 0).byteLength]).toEqual([seed, false, 300]);
		}
	});
});
