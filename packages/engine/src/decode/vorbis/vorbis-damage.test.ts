import { describe, expect, test } from "vitest";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import {
	concat,
	convertWithFfmpeg,
	decodeWithFfmpeg,
	firstDifference,
	music,
	randomBytes,
	seededRandom,
	writeWave,
} from "../../../test/fixtures.ts";
import { oggGranule, renumberOggPage, sealOggPage, splitOggPages } from "../../../test/ogg-fixtures.ts";
import { memorySource } from "../../source/byte-source.ts";
import { openVorbis } from "./open-vorbis.ts";

const FRAMES = 100_000;
const RATE = 44_100;

const open = (bytes: Uint8Array, options: { strict?: boolean; trimEncoderDelay?: boolean } = {}) =>
	openVorbis(memorySource(bytes), decodeContext(options));

function encode(channels: number, ...args: readonly string[]): Uint8Array<ArrayBuffer> {
	const wave = writeWave(music(FRAMES, RATE, channels), { sampleRate: RATE, channels });
	return convertWithFfmpeg(wave, { from: "wav", to: "ogg", args: ["-c:a", "libvorbis", "-q:a", "3", ...args] });
}

/** Pages of a tenth of a second, so that a lost one leaves most of the file. */
const file = encode(2, "-page_duration", "100000");
const pages = splitOggPages(file);
const headerPages = 2;
const good = (await decodeAll(open(file, { strict: true }))).samples;
const offsetOf = (index: number) => concat(pages.slice(0, index)).length;

/** The frames of a page, and of the packet after it that is lost with it. */
const start = (index: number) => oggGranule(pages[index - 1]!);
const end = (index: number) => oggGranule(pages[index]!);
const PACKET = 1_024;

function expectSilenceOf(samples: Float32Array, page: number): void {
	expect(samples.length).toBe(good.length);
	const from = start(page) * 2;
	const to = end(page) * 2;
	const after = (end(page) + PACKET) * 2;
	expect(firstDifference(samples.subarray(0, from), good.subarray(0, from))).toBeNull();
	expect(samples.subarray(from, to).every((sample) => sample === 0)).toBe(true);
	expect(firstDifference(samples.subarray(after), good.subarray(after))).toBeNull();
}

describe("a page in the middle", () => {
	const page = 8;
	const warning = `Lost or damaged pages were replaced by silence at ${(start(page) / RATE).toFixed(3)} s.`;

	test.each([
		["damaged", concat(pages.map((bytes, index) => (index === page ? damaged(bytes) : bytes)))],
		["lost", concat(pages.filter((_bytes, index) => index !== page))],
		[
			"replaced by noise",
			concat(pages.map((bytes, index) => (index === page ? randomBytes(999, seededRandom(3)) : bytes))),
		],
		["with a damaged header", concat(pages.map((bytes, index) => (index === page ? bytes.with(5, 0x77) : bytes)))],
	])("%s becomes silence, and the rest stays in time", async (_name, bytes) => {
		const decoded = await decodeAll(open(bytes));
		expectSilenceOf(decoded.samples, page);
		expect(decoded.warnings).toEqual([warning]);
		await expect(decodeAll(open(bytes, { strict: true }))).rejects.toMatchObject({ code: "malformed-audio" });
	});

	test("noise between two pages changes nothing", async () => {
		const bytes = concat([...pages.slice(0, page), randomBytes(500, seededRandom(4)), ...pages.slice(page)]);
		expect(firstDifference((await decodeAll(open(bytes))).samples, good)).toBeNull();
	});

	test("twice is played once", async () => {
		const decoded = await decodeAll(open(concat([...pages.slice(0, page), pages[page - 1]!, ...pages.slice(page)])));
		expect(decoded.samples.length).toBe(good.length);
	});
});

function damaged(page: Uint8Array): Uint8Array {
	return page.with(page.length >> 1, page[page.length >> 1]! ^ 0x10);
}

test("a lost first page of audio is silence", async () => {
	const decoded = await decodeAll(open(concat(pages.filter((_bytes, index) => index !== headerPages))));
	expect(decoded.warnings).toEqual(["Lost or damaged pages were replaced by silence at 0.000 s."]);
	expectSilenceOf(decoded.samples, headerPages);
});

test("a damaged packet in a valid page becomes silence, and the pages after it stay in time", async () => {
	const page = pages[8]!;
	const segments = page.subarray(27, 27 + page[26]!);
	const firstPacket = segments.subarray(0, segments.findIndex((length) => length < 255) + 1);
	const second = firstPacket.reduce((offset, length) => offset + length, 27 + segments.length);
	// The lowest bit of a packet is 0 for audio.
	const changed = sealOggPage(page.with(second, page[second]! | 1));
	const decoded = await decodeAll(open(concat(pages.map((bytes, index) => (index === 8 ? changed : bytes)))));
	expect(decoded.samples.length).toBe(good.length);
	const after = (end(8) + PACKET) * 2;
	expect(firstDifference(decoded.samples.subarray(after), good.subarray(after))).toBeNull();
	expect(decoded.warnings).toEqual([
		expect.stringMatching(/^Damaged packets were replaced by silence at \d\.\d+ s\.$/),
	]);
});

test("a truncated file plays its whole pages with a warning, an error in strict mode", async () => {
	const cut = file.subarray(0, offsetOf(10) + 100);
	const decoded = await decodeAll(open(cut));
	expect(decoded.format.frames).toBe(end(9));
	expect(firstDifference(decoded.samples, good.subarray(0, end(9) * 2))).toBeNull();
	expect(decoded.warnings).toEqual([`The file ends without its last page at ${(end(9) / RATE).toFixed(3)} s.`]);
	await expect(decodeAll(open(cut, { strict: true }))).rejects.toMatchObject({ code: "malformed-audio" });
});

test("a stream that begins late is played from its first frame", async () => {
	const hour = 3_600 * RATE;
	const late = pages.map((page, index) => {
		return index < headerPages ? page : renumberOggPage(page, { granule: oggGranule(page) + hour });
	});
	const decoded = await decodeAll(open(concat(late), { strict: true }));
	expect(decoded.format.frames).toBeLessThan(FRAMES + 10 * PACKET);
	expect(firstDifference(decoded.samples, good)).toBeNull();
});

test("frames before time zero are padding, kept only without trimming", async () => {
	const early = pages.map((page, index) => {
		return index < headerPages ? page : renumberOggPage(page, { granule: oggGranule(page) - 500 });
	});
	const trimmed = await decodeAll(open(concat(early), { strict: true }));
	expect(trimmed.format.frames).toBe(FRAMES - 500);
	expect(firstDifference(trimmed.samples, good.subarray(1_000))).toBeNull();
	const whole = await decodeAll(open(concat(early), { strict: true, trimEncoderDelay: false }));
	expect(whole.samples.length).toBeGreaterThan(good.length);
	expect(firstDifference(whole.samples.subarray(0, good.length), good)).toBeNull();
});

test.each([1, 500])("only a first page that claims to end %i frames too early is played whole", async (by) => {
	const early = pages.with(headerPages, renumberOggPage(pages[headerPages]!, { granule: end(headerPages) - by }));
	const decoded = await decodeAll(open(concat(early), { strict: true }));
	expect(decoded.format.frames).toBe(FRAMES);
	expect(firstDifference(decoded.samples, good)).toBeNull();
	expect(decodeWithFfmpeg(concat(early), "ogg").length).toBe(good.length);
});

test("an impossible granule adds a bounded amount of silence", async () => {
	const last = pages.length - 1;
	const far = renumberOggPage(pages[last]!, { granule: 2 ** 50, sequence: 1_000 });
	const decoded = await decodeAll(open(concat([...pages.slice(0, last), far])));
	expect(decoded.format.frames).toBeLessThanOrEqual(file.length * 4_096);
	expect(decoded.samples.length).toBeLessThanOrEqual(good.length + 300 * RATE * 2);
});

test("pages of another stream between those of the audio are skipped", async () => {
	const other = [0, 1, 2].map((sequence) => {
		const page = renumberOggPage(pages[5]!, { sequence, flags: sequence === 0 ? 2 : 0 });
		page[14]! ^= 0xff;
		return sealOggPage(page);
	});
	const mixed = concat([pages[0]!, other[0]!, ...pages.slice(1, 6), other[1]!, ...pages.slice(6), other[2]!]);
	expect(firstDifference((await decodeAll(open(mixed, { strict: true }))).samples, good)).toBeNull();
});

test("six channels are rejected with their count", async () => {
	await expect(open(encode(6))).rejects.toMatchObject({
		code: "unsupported-channels",
		message: expect.stringContaining("6 channels"),
	});
});

describe("nothing decodable is malformed", () => {
	const identification = pages[0]!;
	const patched = (offset: number, value: number) =>
		concat([sealOggPage(identification.with(offset, value)), ...pages.slice(1)]);
	const setup = pages[1]!.with(pages[1]!.length - 200, 0x55).fill(0xa5, -600, -100);

	test.each([
		["headers alone", concat(pages.slice(0, headerPages))],
		["headers cut short", file.subarray(0, offsetOf(1) + 50)],
		["the first page damaged", concat([damaged(identification), ...pages.slice(1)])],
		["no channels", patched(28 + 11, 0)],
		["no sample rate", concat([sealOggPage(identification.slice().fill(0, 28 + 12, 28 + 16)), ...pages.slice(1)])],
		["invalid block sizes", patched(28 + 28, 0x10)],
		["a damaged setup", concat([identification, sealOggPage(setup), ...pages.slice(2)])],
	])("%s", async (_name, bytes) => {
		await expect(decodeAll(open(bytes))).rejects.toMatchObject({ code: "malformed-audio" });
	});
});
