import * as fc from "fast-check";
import { expect, test } from "vitest";
import { SampleSpan } from "./sample-span.ts";

const SEED = 0x05ba_0000;
const SPAN_SAMPLES = 2 ** 17;

/** A rising sequence: each sample is its own index, exact in f32. */
function rising(length: number, from: number): Float32Array {
	return Float32Array.from({ length }, (_, index) => from + index);
}

function flat(pieces: Iterable<Float32Array>): number[] {
	return [...pieces].flatMap((piece) => [...piece]);
}

test("what was appended comes out in order, in pieces as long as asked for but for the last", () => {
	const chunks = fc.array(fc.nat(200), { maxLength: 50 });
	const run = (channels: number, lengths: readonly number[], pieceFrames: number): void => {
		const span = new SampleSpan(channels);
		for (let use = 0; use < 2; use++) {
			let total = 0;
			for (const frames of lengths) {
				span.append(rising(frames * channels, total));
				total += frames * channels;
			}
			const pieces = [...span.takePieces(pieceFrames)].map((piece) => piece.slice());
			expect(flat(pieces)).toEqual([...rising(total, 0)]);
			const full = pieceFrames * channels;
			expect(pieces.slice(0, -1).every((piece) => piece.length === full)).toBe(true);
			expect(pieces.length).toBe(Math.ceil(total / full));
		}
	};
	fc.assert(fc.property(fc.constantFrom(1, 2), chunks, fc.integer({ min: 1, max: 300 }), run), {
		seed: SEED,
		numRuns: 100,
	});
});

test("a span takes 512 KiB and no sample more, however it grows to that", () => {
	for (const step of [2 ** 14, 2 ** 15 - 1]) {
		const span = new SampleSpan(2);
		const chunk = new Float32Array(step);
		let length = 0;
		for (; span.hasRoomFor(chunk); length += step) span.append(chunk);
		expect(length).toBe(Math.floor(SPAN_SAMPLES / step) * step);
		expect(span.hasRoomFor(new Float32Array(SPAN_SAMPLES - length))).toBe(true);
		expect(span.hasRoomFor(new Float32Array(SPAN_SAMPLES - length + 1))).toBe(false);
	}
});

test("an empty span takes a chunk longer than its bound, whole", () => {
	const span = new SampleSpan(1);
	const chunk = new Float32Array(SPAN_SAMPLES + 3).fill(0.5);
	chunk[SPAN_SAMPLES + 2] = 0.25;
	expect(span.hasRoomFor(chunk)).toBe(true);
	span.append(chunk);
	expect(span.hasRoomFor(new Float32Array(1))).toBe(false);
	const pieces = [...span.takePieces(SPAN_SAMPLES)];
	expect(pieces.map((piece) => piece.length)).toEqual([SPAN_SAMPLES, 3]);
	expect([...pieces[1]!]).toEqual([0.5, 0.5, 0.25]);
	expect(span.hasRoomFor(chunk)).toBe(true);
});

test("an empty span has no pieces", () => {
	expect([...new SampleSpan(2).takePieces(16)]).toEqual([]);
});
