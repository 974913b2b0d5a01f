import { describe, expect, test } from "vitest";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import { concat, decodeWithFfmpeg, differenceDecibels, firstDifference } from "../../../test/fixtures.ts";
import { oggGranule, renumberOggPage, sealOggPage, splitOggPages } from "../../../test/ogg-fixtures.ts";
import { decodeWithOpusdec, encodeOpus, type OpusRecording } from "../../../test/opus-fixtures.ts";
import { memorySource } from "../../source/byte-source.ts";
import { openOggOpus } from "./open-ogg-opus.ts";

const open = (bytes: Uint8Array, options: { strict?: boolean; trimEncoderDelay?: boolean } = {}) =>
	openOggOpus(memorySource(bytes), decodeContext({ strict: true, ...options }));

describe("has the recording's length, and equals the reference decoder within -120 dB", () => {
	test.each<[string, OpusRecording, readonly string[]]>([
		["stereo", { frames: 143_923, channels: 2 }, ["-b:a", "128k"]],
		["mono", { frames: 143_923, channels: 1 }, ["-b:a", "64k"]],
		["speech at 8 kHz", { frames: 23_923, sampleRate: 8_000, channels: 1 }, ["-b:a", "12k", "-application", "voip"]],
		["packets of 2.5 ms", { frames: 95_923, channels: 2 }, ["-application", "lowdelay", "-frame_duration", "2.5"]],
		["packets of 60 ms", { frames: 47_923, sampleRate: 24_000, channels: 2 }, ["-frame_duration", "60", "-b:a", "32k"]],
		["packets of 120 ms", { frames: 31_923, sampleRate: 16_000, channels: 1 }, ["-frame_duration", "120"]],
		["constant bitrate, short pages", { frames: 95_923, channels: 2 }, ["-vbr", "off", "-page_duration", "20000"]],
		["a single page", { frames: 883, channels: 2 }, []],
		["a hundred frames", { frames: 100, channels: 2 }, []],
	])("%s", async (_name, recording, args) => {
		const { channels } = recording;
		const file = encodeOpus(recording, "opus", ...args);
		const frames = Math.round((recording.frames * 48_000) / (recording.sampleRate ?? 48_000));
		const decoded = await decodeAll(open(file));
		expect(decoded.format).toEqual({ name: "Ogg Opus", sampleRate: 48_000, channels, frames });
		expect(decoded.samples.length).toBe(frames * channels);
		const reference = decodeWithOpusdec(file);
		expect(reference.length).toBe(decoded.samples.length);
		expect(differenceDecibels(decoded.samples, reference)).toBeLessThan(-120);
		expect(decodeWithFfmpeg(file, "opus").length).toBe(decoded.samples.length);
		expect(decoded.warnings).toEqual([]);
	});
});

test.each([
	["mono", 1],
	["stereo", 2],
])("%s equals ffmpeg's own decoder within -90 dB at a bitrate without intensity stereo", async (_name, channels) => {
	const file = encodeOpus({ frames: 100_001, channels }, "opus", "-b:a", "192k");
	const { samples } = await decodeAll(open(file));
	expect(differenceDecibels(samples, decodeWithFfmpeg(file, "opus"))).toBeLessThan(-90);
});

const recording = { frames: 100_000, channels: 2 };
const file = encodeOpus(recording, "opus", "-page_duration", "100000");
const pages = splitOggPages(file);
const good = await decodeAll(open(file));

/** The first page with other bytes in its head, which starts 28 bytes into the page. */
function withHead(changes: readonly (readonly [offset: number, value: number])[]): Uint8Array<ArrayBuffer> {
	const page = pages[0]!.slice();
	for (const [offset, value] of changes) page[28 + offset] = value;
	return concat([sealOggPage(page), ...pages.slice(1)]);
}

test("encoder delay and padding are kept without trimming", async () => {
	const whole = await decodeAll(open(file, { trimEncoderDelay: false }));
	const delay = 312 * 2;
	expect(firstDifference(whole.samples.subarray(delay, delay + good.samples.length), good.samples)).toBeNull();
	expect(whole.samples.length % (960 * 2)).toBe(0);
	expect(whole.format.frames).toBe(Math.ceil((100_000 + 312) / 960) * 960);
});

test("the header's gain is applied", async () => {
	// -6 dB in 1/256 decibels, little-endian.
	const quiet = withHead([
		[16, 0x00],
		[17, 0xfa],
	]);
	const decoded = await decodeAll(open(quiet));
	const scaled = good.samples.map((sample) => sample * 10 ** (-6 / 20));
	expect(differenceDecibels(decoded.samples, scaled)).toBeLessThan(-90);
	expect(differenceDecibels(decoded.samples, decodeWithOpusdec(quiet))).toBeLessThan(-120);
});

test("a pre-skip longer than a packet is removed completely", async () => {
	const late = withHead([
		[10, 0xd0],
		[11, 0x07],
	]);
	const decoded = await decodeAll(open(late));
	expect(firstDifference(decoded.samples, good.samples.subarray((2_000 - 312) * 2))).toBeNull();
});

describe("chained files", () => {
	const mono = encodeOpus({ frames: 30_001, channels: 1 }, "opus");
	const monoPages = splitOggPages(mono);
	const reserialled = (page: Uint8Array) => sealOggPage(page.with(14, page[14]! ^ 0x55));

	test("play one stream after the other, each at its own length", async () => {
		const second = pages.map(reserialled);
		const decoded = await decodeAll(open(concat([file, ...second, ...pages])));
		expect(decoded.format.frames).toBe(300_000);
		const expected = concat([1, 2, 3].map(() => new Uint8Array(good.samples.buffer)));
		expect(firstDifference(decoded.samples, new Float32Array(expected.buffer))).toBeNull();
	});

	test("a mono stream after a stereo one plays on both channels", async () => {
		const bytes = concat([file, ...monoPages.map(reserialled)]);
		const decoded = await decodeAll(open(bytes));
		const { samples } = await decodeAll(open(mono));
		const tail = decoded.samples.subarray(good.samples.length);
		expect(
			firstDifference(
				tail.filter((_sample, index) => index % 2 === 0),
				samples,
			),
		).toBeNull();
		expect(
			firstDifference(
				tail.filter((_sample, index) => index % 2 === 1),
				samples,
			),
		).toBeNull();
		expect(differenceDecibels(decoded.samples, decodeWithOpusdec(bytes))).toBeLessThan(-120);
	});

	test("a stereo stream after a mono one is mixed down, with a warning", async () => {
		const bytes = concat([mono, ...pages.map(reserialled)]);
		const decoded = await decodeAll(open(bytes, { strict: false }));
		expect(decoded.format).toMatchObject({ channels: 1, frames: 130_001 });
		const right = Float32Array.from({ length: 100_000 }, (_value, frame) => {
			return (good.samples[2 * frame]! + good.samples[2 * frame + 1]!) / 2;
		});
		expect(differenceDecibels(decoded.samples.subarray(30_001), right)).toBeLessThan(-30);
		expect(decoded.warnings).toEqual(["A further stream was mixed down to one channel at 0.625 s."]);
		await expect(decodeAll(open(bytes))).rejects.toMatchObject({ code: "malformed-audio" });
	});

	test("a mono stream with a custom mapping plays on both channels", async () => {
		const [head, ...others] = monoPages;
		// Family 255, one stream, none coupled, its only channel first.
		const packet = Uint8Array.from([...head!.subarray(28), 1, 0, 0]);
		packet[18] = 255;
		const mapped = sealOggPage(concat([head!.subarray(0, 27), Uint8Array.of(packet.length), packet]));
		const decoded = await decodeAll(open(concat([file, ...[mapped, ...others].map(reserialled)])));
		const { samples } = await decodeAll(open(mono));
		const doubled = Float32Array.from({ length: 60_002 }, (_value, index) => samples[index >> 1]!);
		expect(firstDifference(decoded.samples.subarray(good.samples.length), doubled)).toBeNull();
	});

	test("a stream of only headers adds nothing, and the one after it plays", async () => {
		const headers = pages.slice(0, 2).map(reserialled);
		const complete = headers.with(1, renumberOggPage(headers[1]!, { flags: headers[1]![5]! | 4 }));
		const decoded = await decodeAll(open(concat([file, ...complete, file])));
		expect(decoded.format.frames).toBe(200_000);
		expect(decoded.warnings).toEqual([]);
	});

	test("a stream parallel to the Opus of a later link is skipped", async () => {
		const beside = sealOggPage(renumberOggPage(pages[5]!, { sequence: 0, flags: 2 }).with(14, 0x0f));
		const decoded = await decodeAll(open(concat([file, beside, ...pages.map(reserialled)])));
		expect(decoded.format.frames).toBe(200_000);
		expect(decoded.warnings).toEqual([]);
	});

	test("a stream that is not Opus is left out with a warning", async () => {
		const other = sealOggPage(monoPages[0]!.with(28, 0x7f));
		const bytes = concat([file, ...[other, ...monoPages.slice(1)].map(reserialled)]);
		const decoded = await decodeAll(open(bytes, { strict: false }));
		expect(firstDifference(decoded.samples, good.samples)).toBeNull();
		expect(decoded.warnings).toEqual(["A further stream was left out at 2.083 s."]);
		await expect(decodeAll(open(bytes))).rejects.toMatchObject({ code: "malformed-audio" });
	});

	test("a stream without its first page is left out with a warning, wherever it is", async () => {
		const headless = pages.slice(1).map(reserialled);
		const behind = await decodeAll(open(concat([file, ...headless]), { strict: false }));
		expect(firstDifference(behind.samples, good.samples)).toBeNull();
		expect(behind.warnings).toEqual(["A stream whose first page is lost was left out at 2.083 s."]);
		const before = await decodeAll(open(concat([...headless, file]), { strict: false }));
		expect(firstDifference(before.samples, good.samples)).toBeNull();
		expect(before.warnings).toEqual(["The end of a stream that begins before the file was left out at 0.000 s."]);
	});

	test("a stream parallel to the first one is skipped", async () => {
		const other = [0, 1, 2].map((sequence) => {
			const page = renumberOggPage(pages[5]!, { sequence, flags: sequence === 0 ? 2 : 0 });
			return reserialled(page);
		});
		const mixed = concat([pages[0]!, other[0]!, ...pages.slice(1, 6), other[1]!, ...pages.slice(6), other[2]!]);
		expect(firstDifference((await decodeAll(open(mixed))).samples, good.samples)).toBeNull();
	});
});

test("a stream cut from a longer one starts immediately", async () => {
	const late = pages.map((page, index) => {
		return index < 2 ? page : renumberOggPage(page, { granule: oggGranule(page) + 5_000_000 });
	});
	const decoded = await decodeAll(open(concat(late)));
	expect(firstDifference(decoded.samples, good.samples)).toBeNull();
});

describe("a first page of audio whose granule is smaller than its packets are long", () => {
	const shifted = (by: number, indices: readonly number[]) =>
		concat(
			pages.map((page, index) =>
				indices.includes(index) ? renumberOggPage(page, { granule: oggGranule(page) - by }) : page,
			),
		);
	const all = pages.map((_page, index) => index).slice(2);

	test.each<[string, Uint8Array]>([
		["by 1", shifted(1, [2])],
		["by 100", shifted(100, [2])],
		["by nearly all of them", shifted(oggGranule(pages[2]!) - 1, [2])],
		["by 100, like all later ones", shifted(100, all)],
	])("%s: everything is played, as by ffmpeg", async (_name, bytes) => {
		const decoded = await decodeAll(open(bytes));
		expect(firstDifference(decoded.samples, good.samples)).toBeNull();
		expect(decoded.warnings).toEqual([]);
		expect(decodeWithFfmpeg(bytes, "opus").length).toBe(good.samples.length);
		expect(() => decodeWithOpusdec(bytes)).toThrow("opusdec");
	});

	test("a single page may be: it is the last, and its padding is at the end", async () => {
		const short = encodeOpus({ frames: 883, channels: 2 }, "opus");
		expect(splitOggPages(short)).toHaveLength(3);
		expect((await decodeAll(open(short))).format.frames).toBe(883);
	});
});

test.each([6, 8])("%i channels are rejected with their count", async (channels) => {
	await expect(open(encodeOpus({ frames: 5_000, channels }, "opus"))).rejects.toMatchObject({
		code: "unsupported-channels",
		message: expect.stringContaining(`${channels} channels`),
	});
});

test("a later version of the format is rejected", async () => {
	await expect(open(withHead([[8, 0x10]]))).rejects.toMatchObject({ code: "unsupported-format" });
});

test.each<[string, Uint8Array]>([
	["no channels", withHead([[9, 0]])],
	["headers alone", concat(pages.slice(0, 2))],
	["a damaged first page", concat([pages[0]!.with(40, 0xff), ...pages.slice(1)])],
	["one byte", Uint8Array.of(0x4f)],
	[
		"a mapping of channels that do not exist",
		withHead([
			[9, 1],
			[18, 1],
		]),
	],
])("%s is malformed", async (_name, bytes) => {
	await expect(decodeAll(open(bytes, { strict: false }))).rejects.toMatchObject({ code: "malformed-audio" });
});
