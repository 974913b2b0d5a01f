import * as fc from "fast-check";
import { expect, test } from "vitest";
import { peaksOf } from "./test-peaks.ts";
import { createColumns, readSampleColumns } from "./wave-columns.ts";

test("whole spans have the lowest and the highest sample, at every resolution", () => {
	const shape = fc.record({
		framesPerColumn: fc.constantFrom(1, 8, 64, 512).map((factor) => factor * 128),
		channelCount: fc.constantFrom(1, 2),
		frames: fc.integer({ min: 1, max: 9_000 }),
		seed: fc.integer(),
	});
	fc.assert(
		fc.property(shape, ({ framesPerColumn, channelCount, frames, seed }) => {
			const channels = Array.from({ length: channelCount }, (_, channel) =>
				Float32Array.from({ length: frames }, (__, index) => Math.sin(seed + (2 * index + channel) ** 2)),
			);
			const count = Math.ceil(frames / framesPerColumn);
			const [found, expected] = [createColumns(count), createColumns(count)];
			peaksOf(...channels).readColumns({ startFrame: 0, framesPerColumn }, found);
			readSampleColumns({ channels, firstFrame: 0 }, { startFrame: 0, framesPerColumn }, expected);
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
			peaksOf(samples).readColumns({ startFrame, framesPerColumn }, columns);
			expect(Math.max(...columns.highs)).toBe(1);
		}),
		{ numRuns: 30 },
	);
});

test("what lies outside of the sample is unknown", () => {
	const columns = createColumns(4);
	peaksOf(new Float32Array(256).fill(0.5)).readColumns({ startFrame: -128, framesPerColumn: 128 }, columns);
	const isKnown = [...columns.lows].map((low, column) => low <= columns.highs[column]!);
	expect(isKnown).toEqual([false, true, true, false]);
});
