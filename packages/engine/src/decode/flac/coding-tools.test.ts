import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { decodeAll, decodeContext } from "../../../test/decoding.ts";
import { firstDifference, seededRandom } from "../../../test/fixtures.ts";
import { type FlacBlock, interleave, type SubframeCoding, writeFlac } from "../../../test/flac-writer.ts";
import { type RandomFlac, randomFlac } from "../../../test/random-flac.ts";
import { memorySource } from "../../source/byte-source.ts";
import type { DecodeContext } from "../decoder.ts";
import { openFlac } from "./open-flac.ts";

const loaderModule = new WebAssembly.Module(
	readFileSync(new URL("../../../../kernel/dist/loader.wasm", import.meta.url)),
);
const open = (bytes: Uint8Array, context: DecodeContext) => openFlac(memorySource(bytes), context);

/** The samples as floats, scaled by the bit depth. */
function floatsOf({ blocks, options }: RandomFlac): Float32Array {
	return Float32Array.from(interleave(blocks), (sample) => sample / 2 ** (options.bits - 1));
}

/** How the decoded file differs from its samples, or null. */
async function decodedDifference(file: RandomFlac): Promise<string | null> {
	const { bytes } = writeFlac(file.blocks, file.options);
	const { samples, format } = await decodeAll(open(bytes, decodeContext({ loaderModule, strict: true })));
	if (format.sampleRate !== file.options.sampleRate) return `sample rate is ${format.sampleRate}`;
	if (format.channels !== file.blocks[0]!.channels.length) return `channels are ${format.channels}`;
	return firstDifference(samples, floatsOf(file));
}

const seeds = Array.from({ length: 150 }, (_, index) => index + 1);

test.each(seeds)("random file of seed %i decodes to its samples", async (seed) => {
	expect(await decodedDifference(randomFlac(seed))).toBeNull();
});

test("the program flac accepts the written files, checksums and MD5 included", () => {
	for (let seed = 1; seed <= 20; seed++) {
		const file = randomFlac(seed);
		const { bytes } = writeFlac(file.blocks, file.options);
		expect(() => execFileSync("flac", ["-t", "-s", "-"], { input: bytes }), `seed ${seed}`).not.toThrow();
	}
});

test.each([4, 16, 24, 31, 32])("a full-scale side channel at %i bits, with and without wasted bits", async (bits) => {
	const full = 2 ** (bits - 1);
	const random = seededRandom(bits);
	for (const step of [1, 2]) {
		const left = Array.from({ length: 300 }, () => (random() < 0.5 ? -full : full - step));
		const right = left.map((sample) => (sample < 0 ? full - step : -full));
		for (const stereo of ["left-side", "side-right", "mid-side"] as const) {
			const coding: SubframeCoding = { type: "verbatim", wastedBits: stereo === "mid-side" ? 0 : step - 1 };
			const blocks: FlacBlock[] = [{ channels: [left, right], stereo, codings: [coding, coding] }];
			expect(await decodedDifference({ blocks, options: { sampleRate: 44_100, bits } })).toBeNull();
		}
	}
});

test.each([1, 15, 16, 17, 65_535])("blocks of %i frames", async (frames) => {
	const random = seededRandom(frames);
	const channel = (length: number): number[] => Array.from({ length }, () => Math.floor(random() * 65_536) - 32_768);
	const codings: SubframeCoding[] = [{ type: "verbatim" }, { type: "verbatim" }];
	const blocks = [frames, frames, 7].map((length) => ({ channels: [channel(length), channel(length)], codings }));
	expect(await decodedDifference({ blocks, options: { sampleRate: 44_100, bits: 16, isVariable: true } })).toBeNull();
});

test("each coefficient of an order 32 predictor is used", async () => {
	for (let order = 1; order <= 32; order++) {
		const samples = Array.from({ length: 100 }, (_, frame) => ((frame * 7919) % 2001) - 1000);
		const coefficients = Array.from({ length: order }, (_, tap) => (tap === order - 1 ? 5 : 0));
		const residual = { parameterBits: 5, partitionOrder: 0, parameter: () => 11 } as const;
		const coding: SubframeCoding = { type: "linear", coefficients, precision: 6, shift: 2, residual };
		const blocks: FlacBlock[] = [{ channels: [samples], codings: [coding] }];
		expect(await decodedDifference({ blocks, options: { sampleRate: 44_100, bits: 24 } })).toBeNull();
	}
});

test("quotients longer than a word are read", async () => {
	const samples = Array.from({ length: 64 }, (_, frame) => (frame % 9 === 0 ? 30_000 - frame : 0));
	const residual = { parameterBits: 4, partitionOrder: 0, parameter: () => 0 } as const;
	const codings: SubframeCoding[] = [{ type: "fixed", order: 0, residual }];
	expect(
		await decodedDifference({ blocks: [{ channels: [samples], codings }], options: { sampleRate: 44_100, bits: 16 } }),
	).toBeNull();
});

test("frame numbers of every length are read", async () => {
	const codings: SubframeCoding[] = [{ type: "constant" }];
	const blocks = [1, 2, 3].map((value) => ({ channels: [Array.from({ length: 16 }, () => value)], codings }));
	// 36 bits are the maximum: there the last block still fits; at fewer bits it is the first of the next length.
	for (let bits = 7; bits <= 36; bits++) {
		const firstNumber = 2 ** bits - (bits === 36 ? 33 : 17);
		expect(
			await decodedDifference({ blocks, options: { sampleRate: 48_000, bits: 16, isVariable: true, firstNumber } }),
		).toBeNull();
	}
});
