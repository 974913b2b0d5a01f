import { describe, expect, test } from "vitest";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import { concat, firstDifference, randomBytes, seededRandom } from "../../../test/fixtures.ts";
import { bytesOf, ebml, oggPackets, type TestBlock, trackEntry, writeMatroska } from "../../../test/matroska-writer.ts";
import { encodeOpus, type OpusRecording } from "../../../test/opus-fixtures.ts";
import { memorySource } from "../../source/byte-source.ts";
import { openOggOpus } from "../opus/open-ogg-opus.ts";
import { openMatroska, openWebm } from "./open-matroska.ts";

type Options = { strict?: boolean; trimEncoderDelay?: boolean };
const open = (bytes: Uint8Array, options: Options = {}) =>
	openWebm(memorySource(bytes), decodeContext({ strict: true, ...options }));
const decodeOgg = async (bytes: Uint8Array, options: Options = {}) =>
	decodeAll(openOggOpus(memorySource(bytes), decodeContext({ strict: true, ...options })));

describe("has the source's length and the samples of the same packets in Ogg", () => {
	test.each<[string, OpusRecording, readonly string[]]>([
		["stereo", { frames: 143_923, channels: 2 }, []],
		["mono", { frames: 48_000, channels: 1 }, ["-b:a", "64k"]],
		["a low rate", { frames: 31_999, sampleRate: 16_000, channels: 1 }, []],
		["packets of 2.5 ms", { frames: 48_001, channels: 2 }, ["-application", "lowdelay", "-frame_duration", "2.5"]],
		["packets of 60 ms", { frames: 100_000, channels: 2 }, ["-frame_duration", "60"]],
		["a hundred frames", { frames: 100, channels: 2 }, []],
		["exact packets", { frames: 960 * 40, channels: 2 }, []],
	])("%s", async (_name, recording, args) => {
		const { channels } = recording;
		const frames = Math.round((recording.frames * 48_000) / (recording.sampleRate ?? 48_000));
		const expected = await decodeOgg(encodeOpus(recording, "opus", ...args));
		for (const more of [[], ["-live", "1"], ["-cluster_time_limit", "100"]]) {
			const decoded = await decodeAll(open(encodeOpus(recording, "webm", ...args, ...more)));
			expect(decoded.format).toEqual({ name: "WebM Opus", sampleRate: 48_000, channels, frames });
			expect(firstDifference(decoded.samples, expected.samples)).toBeNull();
			expect(decoded.warnings).toEqual([]);
		}
	});
});

test("a Matroska file is named Matroska", async () => {
	const file = encodeOpus({ frames: 30_000, channels: 2 }, "mka");
	const decoded = await decodeAll(openMatroska(memorySource(file), decodeContext({ strict: true })));
	expect(decoded.format).toEqual({ name: "Matroska Opus", sampleRate: 48_000, channels: 2, frames: 30_000 });
});

const ogg = encodeOpus({ frames: 48_000, channels: 2 }, "opus", "-page_duration", "20000");
const [head, , ...packets] = oggPackets(ogg) as [Uint8Array, Uint8Array, ...Uint8Array[]];
const whole = await decodeOgg(ogg, { trimEncoderDelay: false });
const PRE_SKIP = 312;
/** Without the discard padding, which the writer omits by default. */
const played = whole.samples.subarray(PRE_SKIP * 2);
const blocks: TestBlock[] = packets.map((packet, index) => ({ packets: [packet], milliseconds: index * 20 }));

test("encoder delay and padding are kept without trimming", async () => {
	const file = encodeOpus({ frames: 48_000, channels: 2 }, "webm");
	const decoded = await decodeAll(open(file, { trimEncoderDelay: false }));
	expect(firstDifference(decoded.samples, whole.samples)).toBeNull();
});

describe("variants of other writers", () => {
	const laced = (lacing: "xiph" | "ebml"): TestBlock[] =>
		[0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50].map((first) => {
			const few = packets.slice(first, first + 5);
			return few.length > 1
				? { packets: few, milliseconds: first * 20, lacing }
				: { packets: few, milliseconds: first * 20 };
		});

	test.each<[string, readonly TestBlock[], object]>([
		["segment and clusters of unknown size", blocks, { isLive: true }],
		["no duration, one cluster", blocks, { blocksInCluster: 100 }],
		["one block per cluster", blocks, { blocksInCluster: 1, durationMilliseconds: 1_020 }],
		["Xiph lacing", laced("xiph"), {}],
		["EBML lacing", laced("ebml"), {}],
		[
			"blocks of another track between them",
			blocks.flatMap((block) => [
				{ packets: [randomBytes(300, seededRandom(6))], milliseconds: block.milliseconds, track: 2 },
				block,
			]),
			{ tracksBefore: [trackEntry(2, 1, "V_VP9")] },
		],
		["an audio track of another codec before it", blocks, { tracksBefore: [trackEntry(2, 2, "A_VORBIS")] }],
	])("%s", async (_name, written, options) => {
		const decoded = await decodeAll(open(writeMatroska(written, { head, ...options })));
		expect(firstDifference(decoded.samples, played)).toBeNull();
		expect(decoded.warnings).toEqual([]);
	});

	test("fixed lacing of equally long packets", async () => {
		const constant = encodeOpus({ frames: 48_000, channels: 2 }, "opus", "-vbr", "off", "-page_duration", "20000");
		const [, , ...equal] = oggPackets(constant);
		const pairs = Array.from({ length: equal.length >> 1 }, (_value, index): TestBlock => {
			return { packets: equal.slice(2 * index, 2 * index + 2), milliseconds: 40 * index, lacing: "fixed" };
		});
		const decoded = await decodeAll(open(writeMatroska(pairs, { head })));
		const expected = (await decodeOgg(constant, { trimEncoderDelay: false })).samples.subarray(PRE_SKIP * 2);
		expect(firstDifference(decoded.samples, expected.subarray(0, decoded.samples.length))).toBeNull();
		expect(decoded.format.frames).toBe(pairs.length * 1_920 - PRE_SKIP);
	});

	test("without CodecPrivate, the codec delay is removed", async () => {
		const inTrack = [ebml(0x56aa, bytesOf(6_500_000)), ebml(0xe1, ebml(0x9f, bytesOf(2)))];
		const decoded = await decodeAll(open(writeMatroska(blocks, { head: null, inTrack })));
		expect(firstDifference(decoded.samples, played)).toBeNull();
	});

	test("padding in the middle and at the start is removed", async () => {
		const padded = blocks.map((block, index) => {
			if (index === 20) return { ...block, discardNanoseconds: 5_000_000 };
			return index === 30 ? { ...block, discardNanoseconds: -10_000_000 } : block;
		});
		const decoded = await decodeAll(open(writeMatroska(padded, { head })));
		const frame = (index: number) => index * 960 - PRE_SKIP;
		const expected = [
			played.subarray(0, (frame(21) - 240) * 2),
			played.subarray(frame(21) * 2, frame(30) * 2),
			played.subarray((frame(30) + 480) * 2),
		].flatMap((part) => [...part]);
		expect(firstDifference(decoded.samples, expected)).toBeNull();
	});
});

describe("unsupported content is named", () => {
	const only = (codec: string) => writeMatroska(blocks, { head: null, codec });
	const unsupported = (words: string) => ({ code: "unsupported-format", message: expect.stringContaining(words) });

	test.each([
		["A_VORBIS", "a WebM file with Vorbis audio"],
		["A_AAC/MPEG4/LC", "a WebM file with AAC audio"],
		["A_PCM/INT/LIT", "a WebM file with PCM audio"],
		["A_NEW\u0001", 'a WebM file with "A_NEW?" audio'],
	])("codec %s", async (codec, words) => {
		await expect(open(only(codec))).rejects.toMatchObject(unsupported(words));
	});

	test("no audio at all", async () => {
		const bytes = ebml(0x18538067, ebml(0x1654ae6b, trackEntry(1, 1, "V_VP8")));
		await expect(open(bytes)).rejects.toMatchObject(unsupported("without audio"));
	});

	test("encrypted tracks", async () => {
		const bytes = writeMatroska(blocks, { head, inTrack: [ebml(0x6d80, Uint8Array.of(0x62, 0x40, 0x80))] });
		await expect(open(bytes)).rejects.toMatchObject(unsupported("compressed or encrypted"));
	});

	test("six channels", async () => {
		await expect(open(encodeOpus({ frames: 5_000, channels: 6 }, "webm"))).rejects.toMatchObject({
			code: "unsupported-channels",
			message: expect.stringContaining("6 channels"),
		});
	});
});

test.each<[string, Uint8Array]>([
	["a header alone", ebml(0x1a45dfa3, new Uint8Array(4))],
	["a header and junk", concat([ebml(0x1a45dfa3, new Uint8Array(4)), randomBytes(200_000, seededRandom(9))])],
	["a truncated track list", writeMatroska(blocks, { head }).subarray(0, 120)],
	["a damaged CodecPrivate", writeMatroska(blocks, { head: head.subarray(0, 10) })],
	["no block", writeMatroska([], { head })],
	["invalid blocks", writeMatroska([{ packets: [new Uint8Array(0)], milliseconds: 0 }], { head })],
])("%s is malformed", async (_name, bytes) => {
	await expect(decodeAll(open(bytes, { strict: false }))).rejects.toMatchObject({ code: "malformed-audio" });
});
