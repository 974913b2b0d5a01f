import { describe, expect, test } from "vitest";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import { concat, differenceDecibels, firstDifference, randomBytes, seededRandom } from "../../../test/fixtures.ts";
import { oggPackets, type TestBlock, writeMatroska } from "../../../test/matroska-writer.ts";
import { encodeOpus } from "../../../test/opus-fixtures.ts";
import { memorySource } from "../../source/byte-source.ts";
import { openWebm } from "./open-matroska.ts";

const RATE = 48_000;
const PRE_SKIP = 312;
const PACKET = 960;

const open = (bytes: Uint8Array, options: { strict?: boolean } = {}) =>
	openWebm(memorySource(bytes), decodeContext(options));
const refused = (bytes: Uint8Array) =>
	expect(decodeAll(open(bytes, { strict: true }))).rejects.toMatchObject({ code: "malformed-audio" });

const [head, , ...packets] = oggPackets(
	encodeOpus({ frames: 96_000, channels: 2 }, "opus", "-page_duration", "20000"),
) as [Uint8Array, Uint8Array, ...Uint8Array[]];
const blocks: TestBlock[] = packets.map((packet, index) => ({ packets: [packet], milliseconds: index * 20 }));
const durationMilliseconds = blocks.length * 20;
const file = writeMatroska(blocks, { head, durationMilliseconds });
const good = (await decodeAll(open(file, { strict: true }))).samples;

/** Frames of the recording before a block. */
const start = (index: number) => index * PACKET - PRE_SKIP;
const seconds = (index: number) => `${(start(index) / RATE).toFixed(3)} s`;
const offsetOf = (index: number) => file.findIndex((_byte, offset) => isAt(packets[index]!, offset));
const isAt = (bytes: Uint8Array, offset: number) => bytes.every((byte, place) => file[offset + place] === byte);
/** Head of a block from the test writer: identifier, size, track, time, flags. */
const BLOCK_HEAD = 13;

function expectSilence(samples: Float32Array, from: number, to: number): void {
	expect(samples.length).toBe(good.length);
	const [first, end, settled] = [start(from) * 2, start(to) * 2, (start(to) + 9_600) * 2];
	expect(firstDifference(samples.subarray(0, first), good.subarray(0, first))).toBeNull();
	expect(samples.subarray(first, end).findLastIndex((sample) => sample !== 0)).toBe(-1);
	expect(differenceDecibels(samples.subarray(settled), good.subarray(settled))).toBeLessThan(-40);
}

const lost = (index: number) => `Lost or damaged packets were replaced by silence at ${seconds(index)}.`;
const without = (from: number, to: number) =>
	writeMatroska(blocks.toSpliced(from, to - from), { head, durationMilliseconds });

test.each([
	["one packet", 33, 34],
	["seven packets across two clusters", 45, 52],
])("%s that are missing become silence", async (_name, from, to) => {
	const bytes = without(from, to);
	const decoded = await decodeAll(open(bytes));
	expectSilence(decoded.samples, from, to);
	expect(decoded.warnings).toEqual([lost(from)]);
	await refused(bytes);
});

describe("damaged bytes", () => {
	const index = 34;
	const at = offsetOf(index) - BLOCK_HEAD;
	const changed = (offset: number, ...values: readonly number[]) => {
		const bytes = file.slice();
		bytes.set(values, offset);
		return bytes;
	};

	test.each<[string, Uint8Array, number]>([
		["a block with an invalid identifier", changed(at, 0x00), 1],
		["a block that claims to be longer than the file", changed(at + 2, 0x7f, 0xff), 1],
		["a block that claims to end elsewhere", changed(at + 7, 0x03), 1],
		["a block that claims to be empty", changed(at + 7, 0, 0), 1],
		["junk over three blocks", changed(at, ...randomBytes(offsetOf(index + 2) + 9 - at, seededRandom(31))), 3],
		[
			"a gap from one block into another",
			concat([file.subarray(0, at + 40), file.subarray(offsetOf(index + 1) + 40)]),
			2,
		],
	])("%s: silence, and the rest stays in time", async (_name, bytes, count) => {
		const decoded = await decodeAll(open(bytes));
		expectSilence(decoded.samples, index, index + count);
		expect(decoded.warnings).toContain(lost(index));
		await refused(bytes);
	});

	test("nothing in megabytes of junk is taken for a block", async () => {
		const junk = randomBytes(8 * 2 ** 20, seededRandom(33));
		const decoded = await decodeAll(open(concat([file.subarray(0, at), junk, file.subarray(at)])));
		expect(firstDifference(decoded.samples, good)).toBeNull();
	});

	test("junk between two blocks is skipped with a warning", async () => {
		const bytes = concat([file.subarray(0, at), randomBytes(5_000, seededRandom(32)), file.subarray(at)]);
		const decoded = await decodeAll(open(bytes));
		expect(firstDifference(decoded.samples, good)).toBeNull();
		expect(decoded.warnings).toEqual([`Damaged bytes were skipped at ${seconds(index)}.`]);
	});

	test("a block that claims to be shorter plays as far as it goes, and the rest stays in time", async () => {
		const decoded = await decodeAll(open(changed(at + 7, 0, 40)));
		expect(decoded.samples.length).toBe(good.length);
		const settled = (start(index + 1) + 9_600) * 2;
		expect(differenceDecibels(decoded.samples.subarray(settled), good.subarray(settled))).toBeLessThan(-40);
		expect(decoded.warnings).toEqual([`Damaged bytes were skipped at ${seconds(index + 1)}.`]);
	});

	test("a damaged cluster head: its blocks still play", async () => {
		const cluster = offsetOf(30) - BLOCK_HEAD - 11 - 12;
		expect([...file.subarray(cluster, cluster + 4)]).toEqual([0x1f, 0x43, 0xb6, 0x75]);
		const decoded = await decodeAll(open(changed(cluster, 0, 0, 0, 0)));
		expect(firstDifference(decoded.samples, good)).toBeNull();
	});

	test("an impossible time adds no silence", async () => {
		const late = blocks.map((block, place) =>
			place < 60 ? block : { ...block, milliseconds: block.milliseconds + 3_600_000 },
		);
		const decoded = await decodeAll(open(writeMatroska(late, { head, durationMilliseconds })));
		expect(firstDifference(decoded.samples, good)).toBeNull();
	});

	test("without a declared length, an hour of silence is ignored", async () => {
		const late = blocks.map((block, place) =>
			place < 60 ? block : { ...block, milliseconds: block.milliseconds + 3_600_000 },
		);
		const decoded = await decodeAll(open(writeMatroska(late, { head })));
		expect(decoded.samples.length).toBe(good.length + 300 * RATE * 2);
	});
});

test("timestamps that are off by a few milliseconds, as from recorders, change nothing", async () => {
	const random = seededRandom(12);
	const shaken = blocks.map((block) => ({ ...block, milliseconds: block.milliseconds + Math.floor(random() * 9) }));
	const decoded = await decodeAll(open(writeMatroska(shaken, { head }), { strict: true }));
	expect(firstDifference(decoded.samples, good)).toBeNull();
});

test("a truncated file plays its whole blocks with a warning", async () => {
	const bytes = file.subarray(0, offsetOf(40) + 20);
	const decoded = await decodeAll(open(bytes));
	expect(decoded.format.frames).toBe(start(40));
	expect(firstDifference(decoded.samples, good.subarray(0, start(40) * 2))).toBeNull();
	expect(decoded.warnings).toEqual([`The file is damaged or truncated at ${seconds(40)}.`]);
	await refused(bytes);
});

test("a file that ends between two blocks before its declared end is truncated", async () => {
	const decoded = await decodeAll(open(file.subarray(0, offsetOf(40) - BLOCK_HEAD)));
	expect(decoded.warnings).toEqual([`The file is damaged or truncated at ${seconds(40)}.`]);
});

test("a second file after the first one is left out with a warning", async () => {
	const decoded = await decodeAll(open(concat([file, file])));
	expect(firstDifference(decoded.samples, good)).toBeNull();
	expect(decoded.warnings).toEqual([`A second file in the same bytes was left out at ${seconds(blocks.length)}.`]);
});

test("a damaged packet in a valid block becomes silence in place", async () => {
	const changedBlocks = blocks.with(34, { ...blocks[34]!, packets: [Uint8Array.of(0xff, 0x41, 0xff, 0xff)] });
	const decoded = await decodeAll(open(writeMatroska(changedBlocks, { head })));
	expectSilence(decoded.samples, 34, 35);
	expect(decoded.warnings).toEqual([`Damaged packets were replaced by silence at ${seconds(34)}.`]);
});
