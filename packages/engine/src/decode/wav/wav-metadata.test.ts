import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ascii, concat, convertWithFfmpeg, writeWave, writeWaveData } from "../../../test/fixtures.ts";
import { bytes16, bytes32, iffChunk, writeStreamInWave } from "../../../test/iff-writer.ts";
import { metadataOf } from "../../../test/metadata-of.ts";
import { NO_METADATA } from "../../protocol/sample-metadata.ts";
import { memorySource } from "../../source/byte-source.ts";

type Body = readonly [id: string, body: Uint8Array];
const FRAMES = 5_000;
const options = { sampleRate: 48_000, channels: 1 };
const audio = new Float32Array(FRAMES);
const words = (...values: readonly number[]): Uint8Array => concat(values.map((value) => bytes32(value, true)));

function float(value: number): Uint8Array {
	return new Uint8Array(Float32Array.of(value).buffer);
}

function sampler(
	key: readonly [note: number, fraction: number],
	loops: readonly number[][],
	count = loops.length,
): Body {
	return ["smpl", concat([words(0, 0, 20_833, ...key, 0, 0, count, 0), ...loops.map((loop) => words(...loop))])];
}

function cues(...points: readonly (readonly [id: number, frame: number])[]): Body {
	return ["cue ", words(points.length, ...points.flatMap(([id, frame]) => [id, 9, 0x61746164, 0, 0, frame]))];
}

function labels(...texts: readonly (readonly [id: number, text: Uint8Array])[]): Body {
	const parts = texts.map(([id, text]) => iffChunk("labl", concat([words(id), text]), { isLittleEndian: true }));
	return ["LIST", concat([ascii("adtl"), ...parts])];
}

function acid({ flags = 0, key = 60, beats = 4, meter = [4, 4] as readonly [number, number], tempo = 120 }): Body {
	const [numerator, denominator] = meter;
	const middle = [bytes16(key, true), bytes16(0x8000, true), float(0), words(beats)];
	return [
		"acid",
		concat([words(flags), ...middle, bytes16(denominator, true), bytes16(numerator, true), float(tempo)]),
	];
}

const everything: readonly Body[] = [
	sampler(
		[61, 2 ** 30],
		[
			[1, 0, 100, 4_999, 0, 0],
			[2, 1, 0, 0, 0, 3],
			[3, 2, 7, 9, 0, 0],
		],
	),
	cues([7, 5_000], [8, 0], [9, 2_400]),
	labels([9, ascii("Drop\0")], [7, new TextEncoder().encode("Schluß")], [8, Uint8Array.of(0x47, 0xe4, 0x6e, 0x67)]),
	acid({ flags: 3, key: 61, beats: 8, meter: [3, 4], tempo: 97.5 }),
];
const expected = {
	loops: [
		{ startFrame: 100, endFrame: 5_000, type: "forward" },
		{ startFrame: 0, endFrame: 1, type: "alternating" },
		{ startFrame: 7, endFrame: 10, type: "backward" },
	],
	cuePoints: [
		{ frame: 0, label: "Gäng" },
		{ frame: 2_400, label: "Drop" },
		{ frame: 5_000, label: "Schluß" },
	],
	tempo: 97.5,
	beats: 8,
	meter: { numerator: 3, denominator: 4 },
	isOneShot: true,
	rootKey: 61.25,
};

describe("loops, places with labels, tempo and key are read", () => {
	test("in front of the audio", async () => {
		expect(await metadataOf(writeWave(audio, { ...options, before: everything }))).toEqual(expected);
	});

	test("behind the audio, also when its length is odd", async () => {
		const odd = writeWaveData(new Uint8Array(FRAMES), { ...options, coding: "u8", after: everything });
		expect(await metadataOf(odd)).toEqual(expected);
		const data = new Uint8Array(FRAMES + 1);
		const tooOdd = writeWaveData(data.subarray(0, FRAMES - 1), { ...options, coding: "u8", after: [acid({})] });
		expect(await metadataOf(tooOdd)).toMatchObject({ tempo: 120, beats: 4 });
	});

	test("behind a tag", async () => {
		const tag = concat([ascii("ID3\x04\0\0\0\0\0\x0a"), new Uint8Array(10)]);
		expect(await metadataOf(concat([tag, writeWave(audio, { ...options, after: everything })]))).toEqual(expected);
	});

	test("from RF64, whose data has its size elsewhere", async () => {
		const body = new Uint8Array(2 * FRAMES);
		const sizes = concat([words(0, 0), words(body.length, 0), words(FRAMES, 0), words(0)]);
		const wave = writeWaveData(body, { ...options, declaredDataSize: 0xffff_ffff, after: everything });
		const chunks = concat([iffChunk("ds64", sizes, { isLittleEndian: true }), wave.subarray(12)]);
		expect(await metadataOf(concat([ascii("RF64"), words(0xffff_ffff), ascii("WAVE"), chunks]))).toEqual(expected);
	});

	test("behind an MP3 stream", async () => {
		const mp3 = convertWithFfmpeg(writeWave(audio, options), { from: "wav", to: "mp3", args: [] });
		const after = concat(everything.map(([id, body]) => iffChunk(id, body, { isLittleEndian: true })));
		const file = writeStreamInWave(mp3, { tag: 0x55, channels: 1, sampleRate: 48_000, after });
		expect(await metadataOf(file)).toMatchObject({ tempo: 97.5, beats: 8, rootKey: 61.25 });
	});
});

test("a file that says nothing has no metadata", async () => {
	expect(await metadataOf(writeWave(audio, options))).toEqual(NO_METADATA);
});

test.each([
	["a fraction of a key", [sampler([60, 2 ** 31], [])], 60.5],
	["60 alone", [sampler([60, 0], [])], 60],
	["60 beside a tempo without a key: what its writer had to put", [sampler([60, 0], []), acid({})], null],
	["60 beside a tempo with a key", [sampler([60, 0], []), acid({ flags: 2, key: 57 })], 57],
	["another key than the tempo's: it knows fractions", [sampler([58, 2 ** 31], []), acid({ flags: 2, key: 58 })], 58.5],
	["only the tempo's", [acid({ flags: 2, key: 64 })], 64],
	["no key, but a number in its place", [acid({ flags: 0, key: 64 })], null],
	["0, which nobody means", [sampler([0, 0], [])], null],
	["no MIDI note", [sampler([128, 0], [])], null],
] as const)("the root key of %s", async (_what, before, rootKey) => {
	expect((await metadataOf(writeWave(audio, { ...options, before }))).rootKey).toBe(rootKey);
});

describe("what is not valid is left out, and the rest stays", () => {
	test("loops outside, empty, of unknown type", async () => {
		const loops = [
			[0, 0, 0, FRAMES, 0, 0],
			[0, 0, 10, 9, 0, 0],
			[0, 3, 0, 10, 0, 0],
			[0, 0, 0xffff_fff0, 0xffff_ffff, 0, 0],
			[0, 0, 10, 10, 0, 0],
		];
		const file = writeWave(audio, { ...options, before: [sampler([62, 0], loops)] });
		const loop = { startFrame: 10, endFrame: 11, type: "forward" };
		expect(await metadataOf(file)).toEqual({ ...NO_METADATA, loops: [loop], rootKey: 62 });
	});

	test("counts beyond the chunk", async () => {
		const before = [sampler([62, 0], [[0, 0, 1, 2, 0, 0]], 0xffff_ffff), ["cue ", words(0xffff_ffff, 1, 2)] as const];
		const { loops, cuePoints } = await metadataOf(writeWave(audio, { ...options, before }));
		expect([loops.length, cuePoints.length]).toEqual([1, 0]);
	});

	test("more than 1,000 points", async () => {
		const loops = Array.from({ length: 1_500 }, (_, index) => [0, 0, index, index, 0, 0]);
		const points = Array.from({ length: 1_500 }, (_, index) => [index, index] as const);
		const texts = points.map(([id]) => [id, ascii(`number ${id}`)] as const);
		const before = [sampler([62, 0], loops), cues(...points), labels(...texts)];
		const metadata = await metadataOf(writeWave(audio, { ...options, before }));
		expect([metadata.loops.length, metadata.cuePoints.length]).toEqual([1_000, 1_000]);
		expect(metadata.cuePoints[999]).toEqual({ frame: 999, label: "number 999" });
	});

	test.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 0, 1e30])("a tempo of %f", async (tempo) => {
		const file = writeWave(audio, { ...options, after: [acid({ tempo })] });
		expect(await metadataOf(file)).toMatchObject({ tempo: null, beats: 4 });
	});

	test("more beats than frames, and a meter of 4/0", async () => {
		const after = [acid({ beats: 0xffff_ffff, meter: [4, 0] })];
		expect(await metadataOf(writeWave(audio, { ...options, after }))).toMatchObject({ beats: null, meter: null });
	});

	test("the end of a long label, and control characters", async () => {
		const text = new TextEncoder().encode(`\t${"🥁".repeat(200)}`);
		const before = [cues([1, 1], [2, 2]), labels([1, text], [2, Uint8Array.of(7, 0)])];
		const { cuePoints } = await metadataOf(writeWave(audio, { ...options, before }));
		expect(cuePoints.map(({ label }) => label)).toEqual(["🥁".repeat(64), null]);
	});
});

test("behind audio that is cut, or goes to the end of the file, nothing is read", async () => {
	const cut = writeWave(audio, { ...options, after: everything, declaredDataSize: 10_000_000 });
	expect(await metadataOf(cut)).toEqual(NO_METADATA);
});

test("bytes of any value in these chunks, cut anywhere, never fail a load", async () => {
	const id = fc.constantFrom("smpl", "cue ", "LIST", "acid");
	const body = fc.oneof(
		fc.uint8Array({ maxLength: 200 }),
		fc
			.tuple(fc.constantFrom(...everything), fc.uint8Array({ maxLength: 8 }), fc.nat(200))
			.map(([[, whole], noise, at]) => {
				const copy = whole.slice();
				copy.set(noise, Math.min(at, copy.length - Math.min(noise.length, copy.length)));
				return copy.slice(0, Math.max(0, copy.length - (at % 9)));
			}),
	);
	const chunks = fc.array(fc.tuple(id, body), { maxLength: 5 });
	await fc.assert(
		fc.asyncProperty(chunks, fc.nat(300), async (after, cutBytes) => {
			const file = writeWave(audio.subarray(0, 50), { ...options, after });
			const metadata = await metadataOf(file.subarray(0, Math.max(file.length - cutBytes, 144)));
			expect(metadata.loops.every(({ startFrame, endFrame }) => startFrame < endFrame && endFrame <= 50)).toBe(true);
			expect(metadata.cuePoints.every(({ frame }) => frame <= 50)).toBe(true);
		}),
		{ seed: 7, numRuns: 500 },
	);
});

test("a file is read forward, and no byte of the audio a second time", async () => {
	const file = writeWave(new Float32Array(3_000_000), { ...options, before: [cues([1, 5])], after: [acid({})] });
	const source = memorySource(file);
	let end = 0;
	let isForward = true;
	const watched = {
		byteLength: file.length,
		read(byteOffset: number, byteLength: number) {
			// The head is read in several steps, the end is searched for tags.
			if (byteOffset > 4_096 && byteOffset < file.length - 4_096) isForward &&= byteOffset >= end - 4_096;
			const bytes = source.read(byteOffset, byteLength);
			if (byteOffset + bytes.length < file.length) end = Math.max(end, byteOffset + bytes.length);
			return bytes;
		},
	};
	expect(await metadataOf(watched)).toMatchObject({ tempo: 120, cuePoints: [{ frame: 5, label: null }] });
	expect(isForward).toBe(true);
});
