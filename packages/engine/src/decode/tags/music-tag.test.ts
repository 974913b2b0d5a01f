import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import { ascii, concat, convertWithFfmpeg, firstDifference, music, writeWave } from "../../../test/fixtures.ts";
import { metadataOf } from "../../../test/metadata-of.ts";
import { testAudio } from "../../../test/node-audio.ts";
import { keyOfText } from "../../protocol/musical-key.ts";
import { memorySource } from "../../source/byte-source.ts";
import { skipLeadingTags } from "../mp3/tags.ts";
import { openDecoder } from "../open-decoder.ts";
import { readFlacMusic } from "./flac-music.ts";
import { readMp4Music } from "./mp4-music.ts";
import { readMusicTags } from "./music-tag.ts";
import { readOggMusic } from "./ogg-music.ts";
import { tempoOfText } from "./tempo-text.ts";
import { musicOfComments } from "./vorbis-comments.ts";

const wave = writeWave(music(12_000, 48_000, 2), { sampleRate: 48_000, channels: 2 });
const convert = (to: string, ...args: readonly string[]) => convertWithFfmpeg(wave, { from: "wav", to, args });
const decode = (bytes: Uint8Array) =>
	decodeAll(openDecoder(memorySource(bytes), decodeContext({ strict: true, platformAudio: testAudio })));

function bigEndian(value: number): Uint8Array {
	return Uint8Array.of(value >> 24, value >> 16, value >> 8, value);
}

function littleEndian(value: number): Uint8Array {
	return bigEndian(value).toReversed();
}

/** An ID3v2.3 tag with a title and a tempo, or another text. */
function id3(value: string, encoding: "latin1" | "utf-16" = "latin1", name = "TBPM"): Uint8Array<ArrayBuffer> {
	const text =
		encoding === "latin1"
			? concat([Uint8Array.of(0), ascii(value)])
			: concat([Uint8Array.of(1, 0xff, 0xfe), Buffer.from(value, "utf16le")]);
	const frame = (id: string, body: Uint8Array) =>
		concat([ascii(id), bigEndian(body.length), Uint8Array.of(0, 0), body]);
	const body = concat([frame("TIT2", concat([Uint8Array.of(0), ascii("100")])), frame(name, text)]);
	return concat([ascii("ID3"), Uint8Array.of(3, 0, 0, 0, 0, body.length >> 7, body.length & 0x7f), body]);
}

/** A chunk behind the audio of a RIFF or FORM file. */
function withChunk(file: Uint8Array, id: string, body: Uint8Array, size: (bytes: number) => Uint8Array): Uint8Array {
	const even = body.length % 2 === 0 ? body : concat([body, Uint8Array.of(0)]);
	const whole = concat([file, ascii(id), size(body.length), even]);
	whole.set(size(whole.length - 8), 4);
	return whole;
}

const aac = convert("aac", "-c:a", "aac");
const flac = (...args: readonly string[]) => convert("flac", ...args);
const ogg = (codec: string, ...args: readonly string[]) => convert("ogg", "-c:a", codec, ...args);
/** A file with a tempo, the same without, and the tempo. */
const tagged: readonly (readonly [string, Uint8Array, Uint8Array, number])[] = [
	["MP3", convert("mp3", "-metadata", "TBPM=97.5"), convert("mp3"), 97.5],
	["FLAC", flac("-metadata", "BPM=97.5"), flac(), 97.5],
	["FLAC, TEMPO", flac("-metadata", "tempo=174"), flac(), 174],
	["Ogg Vorbis", ogg("libvorbis", "-metadata", "BPM=97,5"), ogg("libvorbis"), 97.5],
	["Ogg Opus", ogg("libopus", "-metadata", "bpm=140 BPM"), ogg("libopus"), 140],
	["Ogg FLAC", ogg("flac", "-metadata", "BPM=128"), ogg("flac"), 128],
	["M4A", convert("m4a", "-c:a", "aac", "-metadata", "tmpo=93"), convert("m4a", "-c:a", "aac"), 93],
	["AIFF", convert("aiff", "-write_id3v2", "1", "-metadata", "TBPM=88"), convert("aiff"), 88],
	["AAC", concat([id3("101"), aac]), aac, 101],
	["a tag before WAV", concat([id3("102", "utf-16"), wave]), wave, 102],
	["a tag before FLAC with comments", concat([id3("103"), flac("-metadata", "BPM=90")]), flac(), 103],
	["FLAC behind a tag without one", concat([id3(""), flac("-metadata", "BPM=90")]), flac(), 90],
	["WAV", withChunk(wave, "id3 ", id3("104"), littleEndian), wave, 104],
];

describe.each(tagged)("the tempo of %s", (_name, file, untagged, tempo) => {
	test("is read, and nothing else changes", async () => {
		const [one, other] = [await decode(file), await decode(untagged)];
		expect(one.metadata).toEqual({ ...other.metadata, tempo });
		expect(other.metadata.tempo).toBeNull();
		expect(firstDifference(one.samples, other.samples)).toBeNull();
	});
});

/** A tag of iTunes with a name of its own. */
function freeForm(name: string, value: string): Uint8Array {
	const box = (type: string, ...parts: readonly Uint8Array[]): Uint8Array => {
		const body = concat([ascii(type), ...parts]);
		return concat([bigEndian(body.length + 4), body]);
	};
	const flags = bigEndian(0);
	const item = box(
		"----",
		box("mean", flags, ascii("com.apple.iTunes")),
		box("name", flags, ascii(name)),
		box("data", bigEndian(1), flags, ascii(value)),
	);
	return box("moov", box("udta", box("meta", flags, box("ilst", item))));
}

const minor = { tonic: "F#", mode: "minor" } as const;

test.each<readonly [string, Uint8Array, Uint8Array]>([
	["MP3", convert("mp3", "-metadata", "TKEY=F#m"), convert("mp3")],
	["FLAC", flac("-metadata", "INITIALKEY=F#m"), flac()],
	["Ogg Vorbis", ogg("libvorbis", "-metadata", "KEY=F# minor"), ogg("libvorbis")],
	["Ogg Opus", ogg("libopus", "-metadata", "initialkey=11A"), ogg("libopus")],
	["Ogg FLAC", ogg("flac", "-metadata", "INITIAL_KEY=4m"), ogg("flac")],
	["AIFF", convert("aiff", "-write_id3v2", "1", "-metadata", "TKEY=Gbm"), convert("aiff")],
	["a tag before WAV", concat([id3("F♯min", "utf-16", "TKEY"), wave]), wave],
	["WAV", withChunk(wave, "id3 ", id3("F#m", "latin1", "TKEY"), littleEndian), wave],
])("the key of %s is read, and nothing else changes", async (_name, file, untagged) => {
	const [one, other] = [await decode(file), await decode(untagged)];
	expect(one.metadata).toEqual({ ...other.metadata, key: minor });
	expect(other.metadata).not.toHaveProperty("key");
	expect(firstDifference(one.samples, other.samples)).toBeNull();
});

test("a tag of free form says an MP4 file's key, if it is named so", () => {
	const keyOf = (file: Uint8Array) => readMp4Music(memorySource(file)).key;
	expect(keyOf(freeForm("initialkey", "F#m"))).toEqual(minor);
	expect(keyOf(freeForm("mood", "F#m"))).toBeNull();
	expect(keyOf(freeForm("initialkey", "loud"))).toBeNull();
});

test.each([
	["C", "C", "major"],
	["A", "A", "major"],
	["Am", "A", "minor"],
	["AM", "A", "major"],
	["Cb", "B", "major"],
	["B#m", "C", "minor"],
	["Db minor", "C#", "minor"],
	["G flat major", "F#", "major"],
	["Emaj\0", "E", "major"],
	["8B", "C", "major"],
	["08A", "A", "minor"],
	["12B", "E", "major"],
	["1d", "C", "major"],
	["2m", "E", "minor"],
])("the key of the text %j", (text, tonic, mode) => {
	expect(keyOfText(text)).toEqual({ tonic, mode });
});

test.each(["", "o", "a", "H", "Am/C", "13A", "0A", "A minor 7", "Amn", "All", "constructor"])(
	"the text %j is no key",
	(text) => {
		expect(keyOfText(text)).toBeNull();
	},
);

test("an acid chunk's tempo counts before a tag's, unless it is unknown", async () => {
	const acid = (tempo: number): Uint8Array => {
		const body = new DataView(new ArrayBuffer(24));
		body.setUint32(12, 8, true);
		body.setFloat32(20, tempo, true);
		return new Uint8Array(body.buffer);
	};
	const both = (tempo: number) => concat([id3("104"), withChunk(wave, "acid", acid(tempo), littleEndian)]);
	expect((await metadataOf(both(120))).tempo).toBe(120);
	expect((await metadataOf(both(0))).tempo).toBe(104);
});

test.each([
	["120", 120],
	[" 97.50 bpm\0", 97.5],
	["97,5", 97.5],
	["0", null],
	["000", null],
	["", null],
	["fast", null],
	["1e3", null],
	["120/2", null],
	["-120", null],
	["12345", null],
])("the tempo of the text %j", (text, tempo) => {
	expect(tempoOfText(text)).toBe(tempo);
});

test("lists that claim more than there is have no tempo", () => {
	const list = (count: number, ...comments: readonly Uint8Array[]) =>
		concat([littleEndian(2), ascii("me"), littleEndian(count), ...comments]);
	const comment = (text: string, bytes = text.length) => concat([littleEndian(bytes), ascii(text)]);
	expect(musicOfComments(list(2, comment("A=b"), comment("bpm=99"))).tempo).toBe(99);
	expect(musicOfComments(list(2 ** 31, comment("BPM=99"))).tempo).toBe(99);
	expect(musicOfComments(list(2, comment("initialkey=F#m"), comment("BPM=99")))).toEqual({
		tempo: 99,
		key: { tonic: "F#", mode: "minor" },
	});
	expect(musicOfComments(list(1, comment("A=b"), comment("BPM=99"))).tempo).toBeNull();
	expect(musicOfComments(list(9, comment("A=b", 2 ** 31 - 1), comment("BPM=99"))).tempo).toBeNull();
	expect(musicOfComments(new Uint8Array())).toEqual({ tempo: null, key: null });
});

test("damaged tags end in music or none, and soon", () => {
	const readers = [undefined, readFlacMusic, readFlacMusic, readOggMusic, readOggMusic, readOggMusic, readMp4Music];
	const damaged = fc.record({
		index: fc.nat(readers.length - 1),
		changes: fc.array(fc.tuple(fc.nat(1_500), fc.nat(255)), { maxLength: 12 }),
		cut: fc.nat(3_000),
	});
	fc.assert(
		fc.property(damaged, ({ index, changes, cut }) => {
			const file = tagged[index]![1].slice(0, 1_000 + cut);
			for (const [offset, byte] of changes) file[offset] = byte;
			const source = memorySource(file);
			const { tempo } = readMusicTags(source, skipLeadingTags(source), readers[index]);
			expect(tempo === null || tempo > 0).toBe(true);
		}),
		{ numRuns: 2_000, seed: 1 },
	);
});
