import { afterAll, describe, expect, test } from "vitest";
import { forgetfulSource } from "../../../test/byte-sources.ts";
import { type DecodedFile, decodeAll, decodeContext } from "../../../test/decoding.ts";
import {
	concat,
	convertWithFfmpeg,
	differenceDecibels,
	firstDifference,
	music,
	seededRandom,
	writeWave,
} from "../../../test/fixtures.ts";
import {
	boxesIn,
	type EditEntry,
	editListBox,
	mp4Box,
	withEditList,
	withGaplessNote,
	words,
} from "../../../test/mp4-writer.ts";
import { testAudio } from "../../../test/node-audio.ts";
import { memorySource } from "../../source/byte-source.ts";
import type { DecodeContext } from "../decoder.ts";
import { openDecoder } from "../open-decoder.ts";

const FRAMES = 60_000;
const RATE = 48_000;
/** Encoder delay of ffmpeg's own AAC encoder. */
const DELAY_FRAMES = 1_024;

afterAll(() => testAudio.close());

const wave = writeWave(music(FRAMES, RATE, 2), { sampleRate: RATE, channels: 2 });
const convert = (to: string, ...args: readonly string[]) => convertWithFfmpeg(wave, { from: "wav", to, args });
const AAC = ["-c:a", "aac", "-aac_pns", "0"];
const FRAGMENTED = ["-movflags", "+frag_keyframe+delay_moov+default_base_moof", "-frag_duration", "200000"];

const files = {
	alac: withEditList(convert("m4a", "-c:a", "alac"), null),
	"alac, its index first": withEditList(convert("m4a", "-c:a", "alac", "-movflags", "+faststart"), null),
	"alac in fragments": withEditList(convert("m4a", "-c:a", "alac", ...FRAGMENTED), null),
	aac: withEditList(convert("m4a", ...AAC), null),
	"aac in fragments": withEditList(convert("m4a", ...AAC, ...FRAGMENTED), null),
};

const decode = (bytes: Uint8Array, options: Partial<DecodeContext> = {}): Promise<DecodedFile> =>
	decodeAll(openDecoder(forgetfulSource(bytes), decodeContext({ platformAudio: testAudio, strict: true, ...options })));

/** The expected audio: a range of frames of the unedited file, or a number of frames of silence. */
type Piece = readonly [from: number, to: number] | number;

function pieced(whole: Float32Array, pieces: readonly Piece[]): Float32Array {
	const parts = pieces.map((piece) =>
		typeof piece === "number" ? new Float32Array(2 * piece) : whole.subarray(2 * piece[0], 2 * piece[1]),
	);
	const bytes = parts.map((part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
	return new Float32Array(concat(bytes).buffer);
}

const cut = (duration: number | bigint, mediaTime: number, rate = 1): EditEntry => ({ duration, mediaTime, rate });
const pause = (duration: number | bigint): EditEntry => ({ duration, mediaTime: -1 });

const orders: readonly (readonly [string, readonly EditEntry[], readonly Piece[]])[] = [
	[
		"two edits with a gap between",
		[cut(100, 0), cut(100, 14_400)],
		[
			[0, 4_800],
			[14_400, 19_200],
		],
	],
	[
		"a repeat",
		[cut(100, 0), cut(100, 0), cut(100, 0)],
		[
			[0, 4_800],
			[0, 4_800],
			[0, 4_800],
		],
	],
	[
		"the later one first",
		[cut(100, 9_600), cut(100, 0)],
		[
			[9_600, 14_400],
			[0, 4_800],
		],
	],
	["a pause inside", [cut(100, 0), pause(100), cut(100, 4_800)], [[0, 4_800], 4_800, [4_800, 9_600]]],
	["a pause before", [pause(50), cut(100, 7_000)], [2_400, [7_000, 11_800]]],
	["pauses before and after", [pause(50), cut(100, 7_000), pause(3_000)], [2_400, [7_000, 11_800], 144_000]],
	[
		"edits inside one packet",
		[cut(2, 500), cut(3, 300), cut(1, 700)],
		[
			[500, 596],
			[300, 444],
			[700, 748],
		],
	],
	["one that continues the previous one", [cut(100, 3_000), cut(200, 7_800)], [[3_000, 17_400]]],
	[
		"overlapping ones",
		[cut(1_000, 0), cut(1_000, 1_000)],
		[
			[0, 48_000],
			[1_000, 49_000],
		],
	],
	[
		"one without length",
		[cut(100, 0), cut(0, 30_000), pause(0), cut(100, 9_600)],
		[
			[0, 4_800],
			[9_600, 14_400],
		],
	],
];

describe.each(Object.entries(files))("%s", (_name, file) => {
	test.each(orders)("%s play in order, to the bit", async (_what, entries, pieces) => {
		const whole = (await decode(file)).samples;
		for (const version of [0, 1] as const) {
			const { samples, format, warnings } = await decode(withEditList(file, editListBox(entries, version)));
			expect(firstDifference(samples, pieced(whole, pieces))).toBeNull();
			expect(format.frames).toBe(samples.length / 2);
			expect(warnings).toEqual([]);
		}
	});
});

test("random edits of a lossless file equal the source's frames", async () => {
	const source = (await decode(files.alac)).samples;
	for (let seed = 1; seed <= 20; seed++) {
		const random = seededRandom(seed);
		const below = (limit: number) => Math.floor(random() * limit);
		// The movie clock equals the track clock, so every length is exact.
		const entries = Array.from({ length: 2 + below(9) }, () => {
			const start = below(FRAMES - 2);
			return below(4) === 0 ? pause(1 + below(3_000)) : cut(1 + below(FRAMES - start - 2), start);
		});
		const edits = [cut(10, 20), ...entries, cut(10, 20)];
		const pieces = edits.map(({ duration, mediaTime }): Piece => {
			return mediaTime < 0 ? Number(duration) : [mediaTime, mediaTime + Number(duration)];
		});
		const { samples } = await decode(withEditList(files.alac, editListBox(edits), RATE));
		expect([seed, firstDifference(samples, pieced(source, pieces))]).toEqual([seed, null]);
	}
});

test("fractional lengths add up: they are not rounded individually", async () => {
	const movieRate = 44_100;
	const source = (await decode(files.alac)).samples;
	const entries = Array.from({ length: 999 }, (_value, index) => cut(1, index % 2 === 0 ? 100 : 5_000));
	const { samples } = await decode(withEditList(files.alac, editListBox([...entries, cut(1, 100)]), movieRate));
	expect(samples.length / 2).toBe(Math.round((1_000 * RATE) / movieRate));
	expect(samples[0]).toBe(source[200]);
	expect(samples[2]).toBe(source[10_000]);
});

test("the last of several edits extends to the end if it is short by less than the movie clock's rounding", async () => {
	const source = (await decode(files.alac)).samples;
	const list = editListBox([cut(100, 0), cut(Math.floor((30_000 - 47) / 48), 30_000)]);
	const { samples } = await decode(withEditList(files.alac, list));
	expect(
		firstDifference(
			samples,
			pieced(source, [
				[0, 4_800],
				[30_000, FRAMES],
			]),
		),
	).toBeNull();
});

test("an AAC file's edits match ffmpeg's decode", async () => {
	const reference = convertWithFfmpeg(files.aac, {
		from: "m4a",
		to: "raw",
		args: ["-f", "f32le", "-c:a", "pcm_f32le"],
	});
	const whole = new Float32Array(reference.buffer);
	const edits = [cut(300, 20_000), cut(200, 1_024)];
	const { samples } = await decode(withEditList(files.aac, editListBox(edits)));
	expect(
		differenceDecibels(
			samples,
			pieced(whole, [
				[20_000, 34_400],
				[1_024, 10_624],
			]),
		),
	).toBeLessThan(-90);
});

describe("impossible edits play as far as possible, with a warning", () => {
	test.each<[string, readonly EditEntry[], readonly Piece[], string]>([
		[
			"an edit past the end",
			[cut(100, 55_200 + 2_400), cut(100, 0)],
			[
				[57_600, 60_000],
				[0, 4_800],
			],
			"The edit at 0.000 s requests 4800 frames, but the file has 2400 there. The next edit follows immediately.",
		],
		[
			"an edit that starts past the end",
			[cut(100, 0), cut(100, 70_000)],
			[[0, 4_800]],
			"The edit at 0.100 s requests 4800 frames, but the file has 0 there. The next edit follows immediately.",
		],
		[
			"half speed",
			[cut(100, 9_600), cut(200, 0, 0.5)],
			[
				[9_600, 14_400],
				[0, 9_600],
			],
			"The edit list requests 0.5 times the normal speed. The sound was loaded at normal speed, for the length of the edit.",
		],
		[
			"backwards, in a single edit",
			[cut(1_250, 0, -1)],
			[[0, 60_000]],
			"The edit list requests -1 times the normal speed. The sound was loaded at normal speed, for the length of the edit.",
		],
	])("%s", async (_what, entries, pieces, warning) => {
		const source = (await decode(files.alac)).samples;
		const file = withEditList(files.alac, editListBox(entries));
		const { samples, warnings } = await decode(file, { strict: false });
		expect(firstDifference(samples, pieced(source, pieces))).toBeNull();
		expect(warnings).toEqual([warning]);
		await expect(decode(file)).rejects.toMatchObject({ code: "malformed-audio", message: warning });
	});

	test("all edits past the end: everything plays", async () => {
		const file = withEditList(files.alac, editListBox([cut(100, 70_000), pause(10), cut(100, 80_000)]));
		const { samples, warnings } = await decode(file, { strict: false });
		expect(firstDifference(samples, (await decode(files.alac)).samples)).toBeNull();
		expect(warnings.at(-1)).toBe("All edits lie past the end of the sound. All of the sound was loaded instead.");
	});

	test("a movie without a clock", async () => {
		const file = withEditList(files.alac, editListBox([cut(100, 9_600), cut(100, 0)]), 0);
		const { samples, warnings } = await decode(file, { strict: false });
		expect(firstDifference(samples, (await decode(files.alac)).samples)).toBeNull();
		expect(warnings).toEqual(["The movie has no clock for its edit list. All of the sound was loaded."]);
	});
});

test("a file truncated inside an edit has silence there, and the next edit stays in time", async () => {
	const file = withEditList(files["alac, its index first"], editListBox([cut(1_000, 0), cut(100, 0)]));
	const whole = (await decode(files.alac)).samples;
	const { samples, warnings } = await decode(file.subarray(0, file.length >> 1), { strict: false });
	const packets =
		4_096 *
		Math.floor(
			samples.findIndex((_sample, index) => samples.subarray(index, index + 2_000).every((value) => value === 0)) /
				8_192,
		);
	expect(samples.length).toBe(2 * 52_800);
	expect(packets).toBeGreaterThan(4_096);
	expect(firstDifference(samples, pieced(whole, [[0, packets], 48_000 - packets, [0, 4_800]]))).toBeNull();
	expect(warnings).toEqual([expect.stringMatching(/^The file ends inside a packet at 0\.\d{3} s\.$/)]);
});

describe("hostile lists", () => {
	test("of too many pieces are rejected with the limit, immediately", async () => {
		const entries = Array.from({ length: 40_000 }, (_value, index) => cut(1, index % 2 === 0 ? 0 : 30_000));
		await expect(decode(withEditList(files.aac, editListBox(entries)))).rejects.toMatchObject({
			code: "unsupported-format",
			message: "The MP4 file's edit list cuts its sound into more than 16384 pieces. Export it again in one piece.",
		});
	});

	test("of millions of entries are rejected by their size", async () => {
		const list = mp4Box("edts", mp4Box("elst", words(0, 1_000_000), new Uint8Array(12_000_000)));
		await expect(decode(withEditList(files.aac, list))).rejects.toMatchObject({ code: "out-of-memory" });
	});

	test("with a count beyond the box use the entries present", async () => {
		const list = editListBox([cut(100, 9_600), cut(100, 0)]).slice();
		list.set([0x7f, 0xff, 0xff, 0xff], 20);
		const { samples } = await decode(withEditList(files.alac, list));
		expect(
			firstDifference(
				samples,
				pieced((await decode(files.alac)).samples, [
					[9_600, 14_400],
					[0, 4_800],
				]),
			),
		).toBeNull();
	});

	test("of many contiguous edits are merged into one", async () => {
		const entries = Array.from({ length: 20_000 }, (_value, index) => cut(1, 500 + index));
		const { samples } = await decode(withEditList(files.alac, editListBox(entries), RATE));
		expect(firstDifference(samples, pieced((await decode(files.alac)).samples, [[500, 20_500]]))).toBeNull();
	});

	test.each([
		["pause", [cut(100, 0), pause(2n ** 62n)]],
		["length of edits together", Array.from({ length: 16_000 }, () => cut(1_250, 0))],
	])("with a gigantic %s declare it, so that the memory budget rejects the load up front", async (_what, entries) => {
		const file = withEditList(files.alac, editListBox(entries, 1));
		const decoder = await openDecoder(memorySource(file), decodeContext({ platformAudio: testAudio }));
		decoder.close();
		expect(decoder.format.frames).toBeGreaterThan(900_000_000);
	});
});

describe("encoder delay", () => {
	const whole = async (): Promise<Float32Array> => (await decode(files.aac, { trimEncoderDelay: false })).samples;
	const wholeFrames = 1_024 * Math.ceil((FRAMES + DELAY_FRAMES) / 1_024);

	test("after a pause is removed unless trimming is off, when the pause remains", async () => {
		const file = withEditList(files.aac, editListBox([pause(100), cut(1_250, DELAY_FRAMES)]));
		const trimmed = (await decode(file)).samples;
		expect(firstDifference(trimmed, pieced(await whole(), [4_800, [DELAY_FRAMES, DELAY_FRAMES + FRAMES]]))).toBeNull();
		const kept = (await decode(file, { trimEncoderDelay: false })).samples;
		expect(firstDifference(kept, pieced(await whole(), [4_800, [0, wholeFrames]]))).toBeNull();
	});

	test("does not matter for several edits: they always apply", async () => {
		const file = withEditList(files.aac, editListBox([cut(100, DELAY_FRAMES), cut(100, 30_000)]));
		const pieces: Piece[] = [
			[DELAY_FRAMES, DELAY_FRAMES + 4_800],
			[30_000, 34_800],
		];
		for (const trimEncoderDelay of [true, false]) {
			const { samples } = await decode(file, { trimEncoderDelay });
			expect(firstDifference(samples, pieced(await whole(), pieces))).toBeNull();
		}
	});

	test("of a fragmented file is given by an edit without length, which extends to the end", async () => {
		const file = withEditList(files["aac in fragments"], editListBox([cut(0, DELAY_FRAMES)]));
		expect(
			firstDifference((await decode(file)).samples, pieced(await whole(), [[DELAY_FRAMES, DELAY_FRAMES + FRAMES]])),
		).toBeNull();
		const twice = withEditList(files["aac in fragments"], editListBox([cut(100, 5_000), cut(0, 50_000)]));
		const pieces: Piece[] = [
			[5_000, 9_800],
			[50_000, DELAY_FRAMES + FRAMES],
		];
		expect(firstDifference((await decode(twice)).samples, pieced(await whole(), pieces))).toBeNull();
	});

	test("lies before a file that is a part of a stream: its first fragments are missing, and nothing is removed", async () => {
		const file = withEditList(files["aac in fragments"], editListBox([cut(0, DELAY_FRAMES)]));
		const moofs = boxesIn(file).filter(({ type }) => type === "moof");
		const part = concat([file.subarray(0, moofs[0]!.start), file.subarray(moofs[2]!.start)]);
		const all = await whole();
		const { samples } = await decode(part);
		const decoded = await decode(part, { trimEncoderDelay: false });
		expect(firstDifference(samples, decoded.samples.subarray(0, samples.length))).toBeNull();
		const missing = all.length - decoded.samples.length;
		// The first packet lacks the one before it.
		expect(
			firstDifference(samples.subarray(2_048), all.subarray(missing + 2_048, missing + samples.length)),
		).toBeNull();
		expect(samples.length).toBe(2 * (DELAY_FRAMES + FRAMES) - missing);
	});

	test("in the iTunes note is removed from every edit, as is padding", async () => {
		const heard = { start: 2_000, frames: 55_000 };
		const noted = withGaplessNote(files.aac, heard);
		const file = withEditList(noted, editListBox([cut(1_300, 0), cut(100, 0), pause(10), cut(100, 55_000)]));
		const pieces: Piece[] = [[2_000, 57_000], [2_000, 4_800], 480, [55_000, 57_000]];
		const { samples } = await decode(file, { strict: false });
		expect(firstDifference(samples, pieced(await whole(), pieces))).toBeNull();
		const behindPause = withEditList(noted, editListBox([pause(10), cut(1_250, DELAY_FRAMES)]));
		const { samples: paused } = await decode(behindPause);
		expect(firstDifference(paused, pieced(await whole(), [480, [2_000, 57_000]]))).toBeNull();
	});
});
