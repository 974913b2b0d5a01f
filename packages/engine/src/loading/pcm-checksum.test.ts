import * as fc from "fast-check";
import { expect, test } from "vitest";
import { loaderModule } from "../../test/loader-module.ts";
import { PcmCleaner } from "./pcm-cleaner.ts";
import { PcmRecord } from "./pcm-record.ts";

const SEED = 0x5e55_1015;
const SPREAD = 0x9e37_79b1;
const cleaner = new PcmCleaner(loaderModule);

/** The digest of samples that come in pieces of the given lengths, the rest in one. */
function digest(samples: Float32Array, pieces: readonly number[] = []): string {
	const record = new PcmRecord(1);
	let start = 0;
	for (const length of [...pieces, samples.length]) {
		const piece = samples.subarray(start, start + length);
		cleaner.clean(piece, new Float32Array(piece.length), record);
		start += piece.length;
	}
	return record.checksum.digest();
}

/** The same sums in one plain loop, over samples that need no cleaning. */
function digestPlainly(samples: Float32Array): string {
	let low = 0;
	let high = 0;
	for (const [index, bits] of new Int32Array(samples.slice().buffer).entries()) {
		low = (low + Math.imul(bits, 2 * index + 1)) | 0;
		high = (high + Math.imul(bits, Math.imul(index, SPREAD) | 1)) | 0;
	}
	return [high, low].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

const loudSamples = fc
	.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 200 })
	.map((values) => Float32Array.from(values, (value) => (Math.abs(value) < 2 ** -63 ? 0 : value) + 0));

test("the checksum equals two plain sums, however the samples are cut", () => {
	const cuts = fc.array(fc.nat(40), { maxLength: 8 });
	const run = (samples: Float32Array, pieces: readonly number[]): void => {
		expect(digest(samples, pieces)).toBe(digestPlainly(samples));
	};
	fc.assert(fc.property(loudSamples, cuts, run), { seed: SEED, numRuns: 500 });
});

test("a piece longer than the cleaner's batch goes on where the batch before it ended", () => {
	const samples = Float32Array.from({ length: 40_003 }, (_, index) => Math.fround(Math.cos(index * index)));
	expect(digest(samples, [16_383, 2])).toBe(digestPlainly(samples));
});

test("another bit in any one sample gives another checksum", () => {
	const run = (samples: Float32Array, place: number, bit: number): void => {
		const changed = samples.slice();
		const words = new Int32Array(changed.buffer);
		words[place % samples.length]! ^= 1 << bit;
		fc.pre(Math.abs(changed[place % samples.length]!) >= 2 ** -63);
		expect(digest(changed)).not.toBe(digest(samples));
	};
	fc.assert(fc.property(loudSamples, fc.nat(199), fc.integer({ min: 0, max: 29 }), run), { seed: SEED, numRuns: 500 });
});

test("two samples in the other order give another checksum", () => {
	expect(digest(Float32Array.of(0.25, 0.5, 0.75))).not.toBe(digest(Float32Array.of(0.5, 0.25, 0.75)));
});

test("what is cleaned away counts as the zero that is written", () => {
	expect(digest(Float32Array.of(Number.NaN, 0.5, 2 ** -140))).toBe(digest(Float32Array.of(0, 0.5, 0)));
});
