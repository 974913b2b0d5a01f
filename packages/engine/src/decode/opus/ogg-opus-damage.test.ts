import { describe, expect, test } from "vitest";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import { concat, differenceDecibels, firstDifference, randomBytes, seededRandom } from "../../../test/fixtures.ts";
import { oggGranule, renumberOggPage, sealOggPage, splitOggPages } from "../../../test/ogg-fixtures.ts";
import { encodeOpus } from "../../../test/opus-fixtures.ts";
import { memorySource } from "../../source/byte-source.ts";
import { Damage } from "../damage.ts";
import { OggOpusDecoder } from "./ogg-opus-decoder.ts";
import { openOggOpus } from "./open-ogg-opus.ts";

const RATE = 48_000;
const PRE_SKIP = 312;

const open = (bytes: Uint8Array, options: { strict?: boolean } = {}) =>
	openOggOpus(memorySource(bytes), decodeContext(options));

/** Pages of a tenth of a second, so that a lost one leaves most of the file. */
const file = encodeOpus({ frames: 100_000, channels: 2 }, "opus", "-page_duration", "100000");
const pages = splitOggPages(file);
const headerPages = 2;
const good = (await decodeAll(open(file, { strict: true }))).samples;

/** Frames of the recording before, and up to the end of, a page. */
const end = (index: number) => Math.max(0, oggGranule(pages[index]!) - PRE_SKIP);
const start = (index: number) => (index === headerPages ? 0 : end(index - 1));
const seconds = (index: number) => `${(start(index) / RATE).toFixed(3)} s`;
const without = (index: number) => concat(pages.filter((_page, place) => place !== index));
const withPage = (index: number, page: Uint8Array) => concat(pages.map((own, place) => (place === index ? page : own)));

/** The decoder converges within a tenth of a second after a loss; then the samples match again. */
function expectSilenceOf(samples: Float32Array, page: number): void {
	expect(samples.length).toBe(good.length);
	const [from, to, settled] = [start(page) * 2, end(page) * 2, (end(page) + 9_600) * 2];
	expect(firstDifference(samples.subarray(0, from), good.subarray(0, from))).toBeNull();
	expect(samples.subarray(from, to).every((sample) => sample === 0)).toBe(true);
	expect(differenceDecibels(samples.subarray(to, settled), good.subarray(to, settled))).toBeLessThan(-20);
	expect(differenceDecibels(samples.subarray(settled), good.subarray(settled))).toBeLessThan(-40);
}

function damaged(page: Uint8Array): Uint8Array {
	return page.with(page.length >> 1, page[page.length >> 1]! ^ 0x10);
}

describe("a page in the middle", () => {
	const page = 8;

	test.each([
		["damaged", withPage(page, damaged(pages[page]!))],
		["lost", without(page)],
		["replaced by noise", withPage(page, randomBytes(999, seededRandom(3)))],
	])("%s becomes silence, and the rest stays in time", async (_name, bytes) => {
		const decoded = await decodeAll(open(bytes));
		expectSilenceOf(decoded.samples, page);
		expect(decoded.warnings).toEqual([`Lost or damaged pages were replaced by silence at ${seconds(page)}.`]);
		await expect(decodeAll(open(bytes, { strict: true }))).rejects.toMatchObject({ code: "malformed-audio" });
	});

	test("noise between two pages changes nothing", async () => {
		const bytes = concat([...pages.slice(0, page), randomBytes(500, seededRandom(4)), ...pages.slice(page)]);
		expect(firstDifference((await decodeAll(open(bytes))).samples, good)).toBeNull();
	});

	test("twice is played once", async () => {
		const bytes = concat([...pages.slice(0, page), pages[page - 1]!, ...pages.slice(page)]);
		expect((await decodeAll(open(bytes))).samples.length).toBe(good.length);
	});
});

test("a lost first page of audio is silence", async () => {
	const decoded = await decodeAll(open(without(headerPages)));
	expect(decoded.warnings).toEqual(["Lost or damaged pages were replaced by silence at 0.000 s."]);
	expectSilenceOf(decoded.samples, headerPages);
});

test("lost comments cost no audio", async () => {
	expect(firstDifference((await decodeAll(open(without(1)))).samples, good)).toBeNull();
});

test("a lost last page is reported", async () => {
	const decoded = await decodeAll(open(concat(pages.slice(0, -1))));
	expect(decoded.format.frames).toBe(end(pages.length - 2));
	expect(decoded.warnings).toEqual([`The stream ends without its last page at ${seconds(pages.length - 1)}.`]);
});

/** A page with one packet changed and a matching CRC. */
function withPacket(page: Uint8Array, index: number, change: (bytes: Uint8Array) => void): Uint8Array {
	const copy = page.slice();
	let offset = 27 + copy[26]!;
	let packetStart = offset;
	let packet = 0;
	for (const length of copy.subarray(27, offset)) {
		offset += length;
		if (length === 255) continue;
		if (packet++ === index) change(copy.subarray(packetStart, offset));
		packetStart = offset;
	}
	return sealOggPage(copy);
}

describe("a damaged packet in a valid page", () => {
	const packetStart = start(8) + 2 * 960;

	test.each<[string, (bytes: Uint8Array) => void]>([
		// One frame of 20 ms with more padding than the packet has room for.
		["that still declares its length", (bytes) => bytes.fill(0xff).set([0xff, 0x41])],
		// 63 frames of 20 ms are longer than a packet may be.
		["that does not declare its length", (bytes) => bytes.set([0xff, 0x3f])],
	])("%s becomes silence in place", async (_name, change) => {
		const bytes = withPage(8, withPacket(pages[8]!, 2, change));
		const { samples, warnings } = await decodeAll(open(bytes));
		expect(samples.length).toBe(good.length);
		expect(firstDifference(samples.subarray(0, packetStart * 2), good.subarray(0, packetStart * 2))).toBeNull();
		const silent = samples.subarray(packetStart * 2, (packetStart + 960) * 2);
		expect(silent.findLastIndex((sample) => sample !== 0)).toBe(-1);
		expect(samples[(packetStart + 960) * 2]).not.toBe(0);
		expect(warnings).toEqual([`Damaged packets were replaced by silence at ${(packetStart / RATE).toFixed(3)} s.`]);
		await expect(decodeAll(open(bytes, { strict: true }))).rejects.toMatchObject({ code: "malformed-audio" });
	});
});

test("an impossible granule adds a bounded amount of silence", async () => {
	const last = pages.length - 1;
	const far = renumberOggPage(pages[last]!, { granule: 2 ** 50, sequence: 1_000 });
	const decoded = await decodeAll(open(concat([...pages.slice(0, last), far])));
	expect(decoded.samples.length).toBeLessThanOrEqual(good.length + (300 * RATE + 960) * 2);
});

test("an impossible granule declares no more than the file can hold", async () => {
	const last = pages.length - 1;
	const decoder = await open(withPage(last, renumberOggPage(pages[last]!, { granule: 2 ** 50 })));
	expect(decoder.format.frames).toBeLessThanOrEqual(file.length * 2_880);
	decoder.close();
});

describe("a decoder that fails", () => {
	function failAt(packetIndex: number) {
		let index = 0;
		const library = {
			begin: () => {},
			decode: () => {
				if (index++ === packetIndex) throw new WebAssembly.RuntimeError("unreachable");
				return [new Float32Array(960), new Float32Array(960)];
			},
			close: () => {},
		};
		const damage = new Damage(false);
		const source = memorySource(file);
		const firstPage = { offset: 0, serial: new DataView(file.buffer).getUint32(14, true) };
		const parts = { library, source, firstPage, channels: 2, frames: 0, damage, isTrimmed: true } as const;
		return decodeAll(Promise.resolve(new OggOpusDecoder(parts)));
	}

	test("keeps what it had decoded, with a warning", async () => {
		const decoded = await failAt(30);
		expect(decoded.format.frames).toBe(30 * 960 - PRE_SKIP);
		expect(decoded.warnings).toEqual(["The decoder failed and the rest was left out at 0.594 s."]);
	});

	test("immediately makes the file malformed", async () => {
		await expect(failAt(0)).rejects.toMatchObject({ code: "malformed-audio" });
	});
});
