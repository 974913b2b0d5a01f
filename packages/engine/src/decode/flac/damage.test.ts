import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import { concat, firstDifference, randomBytes, seededRandom } from "../../../test/fixtures.ts";
import { type FlacBlock, type FlacWriterOptions, interleave, writeFlac } from "../../../test/flac-writer.ts";
import { memorySource } from "../../source/byte-source.ts";
import type { DecodeContext } from "../decoder.ts";
import { openFlac } from "./open-flac.ts";

const loaderModule = new WebAssembly.Module(
	readFileSync(new URL("../../../../kernel/dist/loader.wasm", import.meta.url)),
);
const open = (bytes: Uint8Array, context: DecodeContext) => openFlac(memorySource(bytes), context);
const tolerant = decodeContext({ loaderModule });
const strict = decodeContext({ loaderModule, strict: true });
const options: FlacWriterOptions = { sampleRate: 8_000, bits: 16 };
const BLOCK_FRAMES = 800;
const FRAME_SECONDS = 0.1;

/** Twenty stereo blocks of noise, a tenth of a second each, stored verbatim so that every bit counts. */
const random = seededRandom(17);
const channel = (): number[] => Array.from({ length: BLOCK_FRAMES }, () => Math.floor(random() * 65_536) - 32_768);
const blocks: FlacBlock[] = Array.from({ length: 20 }, () => ({
	channels: [channel(), channel()],
	codings: [{ type: "verbatim" }, { type: "verbatim" }],
}));
const samples = Float32Array.from(interleave(blocks), (sample) => sample / 32_768);

/** The samples with some blocks silenced. */
function silenced(...indices: number[]): Float32Array {
	const copy = samples.slice();
	for (const index of indices) copy.fill(0, index * BLOCK_FRAMES * 2, (index + 1) * BLOCK_FRAMES * 2);
	return copy;
}

function withFlippedBit(bytes: Uint8Array, offset: number): Uint8Array<ArrayBuffer> {
	const copy = new Uint8Array(bytes);
	copy[offset]! ^= 0x10;
	return copy;
}

function without(bytes: Uint8Array, start: number, end: number): Uint8Array<ArrayBuffer> {
	return concat([bytes.subarray(0, start), bytes.subarray(end)]);
}

const at = (block: number): string => `at ${(block * FRAME_SECONDS).toFixed(3)} s`;

describe.each([false, true])("variable block sizes %s", (isVariable) => {
	const { bytes, frameOffsets } = writeFlac(blocks, { ...options, isVariable });
	const offset = (index: number): number => frameOffsets[index] ?? bytes.length;

	test.each([0, 1, 11, 19])("a flipped bit in the body of frame %i silences only that frame", async (index) => {
		const damaged = withFlippedBit(bytes, offset(index) + 500);
		const decoded = await decodeAll(open(damaged, tolerant));
		expect(firstDifference(decoded.samples, silenced(index))).toBeNull();
		expect(decoded.warnings).toEqual([`A damaged FLAC frame ${at(index)} was replaced by silence.`]);
		await expect(decodeAll(open(damaged, strict))).rejects.toMatchObject({
			code: "malformed-audio",
			byteOffset: offset(index),
		});
	});

	test.each([0, 1, 11, 19])("a flipped bit in the header of frame %i silences only that frame", async (index) => {
		const decoded = await decodeAll(open(withFlippedBit(bytes, offset(index) + 2), tolerant));
		expect(firstDifference(decoded.samples, silenced(index))).toBeNull();
		expect(decoded.warnings).toEqual([`A damaged FLAC frame ${at(index)} was replaced by silence.`]);
	});

	test("frames that were cut out become silence", async () => {
		const decoded = await decodeAll(open(without(bytes, offset(7), offset(10)), tolerant));
		expect(firstDifference(decoded.samples, silenced(7, 8, 9))).toBeNull();
		expect(decoded.warnings).toEqual([`A missing FLAC frame ${at(7)} was replaced by silence.`]);
	});

	test("a gap from one frame into another silences both", async () => {
		const decoded = await decodeAll(open(without(bytes, offset(3) + 100, offset(4) + 100), tolerant));
		expect(firstDifference(decoded.samples, silenced(3, 4))).toBeNull();
	});

	test("junk between two frames is skipped", async () => {
		const junk = randomBytes(5_000, seededRandom(4));
		const decoded = await decodeAll(
			open(concat([bytes.subarray(0, offset(5)), junk, bytes.subarray(offset(5))]), tolerant),
		);
		expect(firstDifference(decoded.samples, samples)).toBeNull();
		expect(decoded.warnings).toEqual([`5000 bytes ${at(5)} are no FLAC frame and were skipped.`]);
	});

	test("a file that ends inside a frame keeps the frames before it", async () => {
		const cut = bytes.subarray(0, offset(12) + 700);
		const decoded = await decodeAll(open(cut, tolerant));
		expect(firstDifference(decoded.samples, samples.subarray(0, 12 * BLOCK_FRAMES * 2))).toBeNull();
		expect(decoded.format.frames).toBe(12 * BLOCK_FRAMES);
		expect(decoded.warnings).toEqual([`The FLAC file ends ${at(12)} instead of ${at(20)}.`]);
		await expect(decodeAll(open(cut, strict))).rejects.toThrow("instead of");
	});

	test("a file of unknown length that ends inside a frame gets a warning", async () => {
		const unknown = writeFlac(blocks, { ...options, isVariable, declaredFrames: 0 }).bytes;
		const decoded = await decodeAll(open(unknown.subarray(0, offset(12) + 700), tolerant));
		expect(firstDifference(decoded.samples, samples.subarray(0, 12 * BLOCK_FRAMES * 2))).toBeNull();
		expect(decoded.warnings).toEqual([`The FLAC file ends inside a frame ${at(12)}.`]);
	});

	test("a recording cut from a broadcast starts immediately", async () => {
		const broadcast = writeFlac(blocks, { ...options, isVariable, declaredFrames: 0, firstNumber: 1_000_000 });
		const decoded = await decodeAll(open(broadcast.bytes, strict));
		expect(firstDifference(decoded.samples, samples)).toBeNull();
	});

	test("frame numbers that jump beyond the recording add no silence", async () => {
		const later = writeFlac(blocks.slice(10), { ...options, isVariable, firstNumber: 2 ** 30 });
		const joined = concat([bytes.subarray(0, offset(10)), later.bytes.subarray(later.frameOffsets[0])]);
		const decoded = await decodeAll(open(joined, tolerant));
		expect(firstDifference(decoded.samples, samples)).toBeNull();
		expect(decoded.warnings).toEqual([`The FLAC frame numbers jump ${at(10)}. The audio was played without a gap.`]);
	});

	test("frames decode without any metadata, with a warning", async () => {
		const decoded = await decodeAll(open(bytes.subarray(offset(0)), tolerant));
		expect(firstDifference(decoded.samples, samples)).toBeNull();
		expect(decoded.warnings).toEqual(["The FLAC file begins in mid-stream: its header is missing at 0.000 s."]);
		await expect(decodeAll(open(bytes.subarray(offset(0)), strict))).rejects.toThrow("mid-stream");
	});

	test("a last metadata block that leads past the first frames costs none of them", async () => {
		const broken = bytes.slice();
		broken[4]! &= 0x7f;
		const block = Uint8Array.of(0x84, 0, offset(3) >> 8, 0, ...new Uint8Array(60));
		const led = concat([broken.subarray(0, offset(0)), block, bytes.subarray(offset(0))]);
		const decoded = await decodeAll(open(led, tolerant));
		expect(firstDifference(decoded.samples, samples)).toBeNull();
		expect(decoded.warnings).toEqual([`64 bytes ${at(0)} are no FLAC frame and were skipped.`]);
	});

	test("a file with a marker but without STREAMINFO plays with the format of its frames, with a warning", async () => {
		const decoded = await decodeAll(open(concat([bytes.subarray(0, 4), bytes.subarray(offset(0))]), tolerant));
		expect(firstDifference(decoded.samples, samples)).toBeNull();
		expect(decoded.warnings).toEqual([
			"STREAMINFO is missing or damaged. The FLAC file was played with the format of its first frame.",
		]);
	});

	test("a broken metadata chain is searched for frames", async () => {
		const broken = new Uint8Array(
			concat([bytes.subarray(0, offset(0)), Uint8Array.of(4, 0xff, 0xff, 0xff), bytes.subarray(offset(0))]),
		);
		broken[4]! &= 0x7f;
		const decoded = await decodeAll(open(broken, tolerant));
		expect(firstDifference(decoded.samples, samples)).toBeNull();
		expect(decoded.warnings).toEqual([`4 bytes ${at(0)} are no FLAC frame and were skipped.`]);
	});
});

test("a STREAMINFO with the wrong depth and channel count is ignored", async () => {
	const { bytes } = writeFlac(blocks, options);
	const wrong = new Uint8Array(bytes);
	wrong[20] = 0x0c;
	wrong[21]! |= 0x10;
	const decoded = await decodeAll(open(wrong, tolerant));
	expect(firstDifference(decoded.samples, samples)).toBeNull();
	expect(decoded.warnings[0]).toContain("STREAMINFO declares");
});

test("old files that number samples without the flag decode without a gap", async () => {
	const codings = [{ type: "verbatim" }] as const;
	const sized = [800, 300, 700, 800, 16].map((frames) => ({ channels: [channel().slice(0, frames)], codings }));
	const { bytes } = writeFlac(sized, { ...options, countsSamples: true });
	const decoded = await decodeAll(open(bytes, strict));
	expect(
		firstDifference(
			decoded.samples,
			Float32Array.from(interleave(sized), (sample) => sample / 32_768),
		),
	).toBeNull();
});

test.each([0, 3, 42, 50, 500])("a file of %i bytes is malformed", async (length) => {
	const { bytes } = writeFlac(blocks, options);
	await expect(open(bytes.subarray(0, length), tolerant)).rejects.toMatchObject({ code: "malformed-audio" });
});

test("random bytes after a valid STREAMINFO are malformed", async () => {
	const { bytes } = writeFlac(blocks, options);
	const junk = concat([bytes.subarray(0, 42), randomBytes(3_000_000, seededRandom(8))]);
	await expect(open(junk, tolerant)).rejects.toMatchObject({ code: "malformed-audio" });
});
