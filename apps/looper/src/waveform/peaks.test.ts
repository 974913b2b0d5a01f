import * as fc from "fast-check";
import { expect, test } from "vitest";
import { finestPeakFrames, Peaks } from "./peaks.ts";
import { createColumns, readSampleColumns } from "./wave-columns.ts";

/** Peaks of samples that are added in pieces of so many frames. */
function peaksOf(interleaved: Float32Array, channels: number, pieceFrames: number): Peaks {
	const peaks = new Peaks(interleaved.length / channels);
	for (let offset = 0; offset < interleaved.length; offset += pieceFrames * channels) {
		peaks.add(interleaved.subarray(offset, offset + pieceFrames * channels), channels);
	}
	return peaks;
}

test("whole spans have the lowest and the highest sample, at every resolution and however the samples are added", () => {
	const span = fc.constantFrom(1, 8, 64, 512).map((factor) => factor * finestPeakFrames);
	const shape = fc.record({
		framesPerColumn: span,
		channels: fc.constantFrom(1, 2),
		pieceFrames: fc.integer({ min: 1, max: 5_000 }),
		frames: fc.integer({ min: 1, max: 9_000 }),
		seed: fc.integer(),
	});
	fc.assert(
		fc.property(shape, ({ framesPerColumn, channels, pieceFrames, frames, seed }) => {
			const interleaved = Float32Array.from({ length: frames * channels }, (_, index) => Math.sin(seed + index ** 2));
			const count = Math.ceil(frames / framesPerColumn);
			const [found, expected] = [createColumns(count), createColumns(count)];
			peaksOf(interleaved, channels, pieceFrames).readColumns({ startFrame: 0, framesPerColumn }, found);
			readSampleColumns({ interleaved, channels, firstFrame: 0 }, { startFrame: 0, framesPerColumn }, expected);
			expect(found).toEqual(expected);
		}),
	);
});

test("a single sample is seen at any zoom and any place", () => {
	const frames = 100_000;
	const position = fc.integer({ min: 0, max: frames - 1 });
	const zoom = fc.double({ min: 1, max: 20_000, noNaN: true });
	fc.assert(
		fc.property(position, zoom, fc.double({ min: 0, max: 0.75, noNaN: true }), (frame, framesPerColumn, share) => {
			const samples = new Float32Array(frames);
			samples[frame] = 1;
			const columns = createColumns(5);
			const startFrame = frame - share * 5 * framesPerColumn;
			peaksOf(samples, 1, 4_096).readColumns({ startFrame, framesPerColumn }, columns);
			expect(Math.max(...columns.highs)).toBe(1);
		}),
		{ numRuns: 30 },
	);
});

test("what is not read yet, and what lies outside of the sample, is unknown", () => {
	const peaks = new Peaks(4 * finestPeakFrames);
	peaks.add(new Float32Array(2 * finestPeakFrames).fill(0.5), 1);
	expect([peaks.readyFrames, peaks.isComplete]).toEqual([2 * finestPeakFrames, false]);
	const columns = createColumns(6);
	peaks.readColumns({ startFrame: -finestPeakFrames, framesPerColumn: finestPeakFrames }, columns);
	const isKnown = [...columns.lows].map((low, column) => low <= columns.highs[column]!);
	expect(isKnown).toEqual([false, true, true, false, false, false]);
});

test("frames beyond the sample's end are ignored", () => {
	const peaks = new Peaks(10);
	peaks.add(
		Float32Array.from({ length: 20 }, (_, index) => (index < 10 ? 0 : 1)),
		1,
	);
	const columns = createColumns(1);
	peaks.readColumns({ startFrame: 0, framesPerColumn: finestPeakFrames }, columns);
	expect([columns.highs[0], peaks.readyFrames, peaks.isComplete]).toEqual([0, 10, true]);
});
