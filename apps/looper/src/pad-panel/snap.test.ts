import { expect, test } from "vitest";
import { nearestLine, nearestZeroCrossing, neighbourLine } from "./snap.ts";

const grid = { anchorFrame: 100, framesPerBeat: 22_050 };

test("a frame snaps to the nearest line, on either side of the anchor", () => {
	expect([0, 12_000, 33_000, -12_000].map((frame) => nearestLine(frame, grid))).toEqual([100, 22_150, 22_150, -21_950]);
});

test("lines follow each other, also from a frame that is as good as on one", () => {
	expect(neighbourLine(100, grid, 1)).toBe(22_150);
	expect(neighbourLine(100, grid, -1)).toBe(-21_950);
	expect(neighbourLine(22_149.999_9, grid, 1)).toBe(44_200);
	expect(neighbourLine(5_000, grid, -1)).toBe(100);
});

test("the nearest crossing wins, and the later one when both are as near", () => {
	const samples = Float32Array.of(1, 1, -1, -1, -1, 1, 1);
	const at = (frame: number) => nearestZeroCrossing({ channels: [samples], firstFrame: 1_000 }, frame);
	expect([1_000, 1_002, 1_003, 1_004, 1_006].map(at)).toEqual([1_002, 1_002, 1_002, 1_005, 1_005]);
	expect(nearestZeroCrossing({ channels: [Float32Array.of(1, -1, -1, 1)], firstFrame: 0 }, 2)).toBe(3);
});

test("silence is a crossing, a sample that keeps its side has none", () => {
	const silent = { channels: [new Float32Array(10)], firstFrame: 0 };
	expect(nearestZeroCrossing(silent, 4)).toBe(4);
	expect(nearestZeroCrossing({ ...silent, channels: [new Float32Array(10).fill(0.1)] }, 4)).toBeNull();
});

test("the first channel decides", () => {
	const channels = [Float32Array.of(1, 1, -1), Float32Array.of(1, -1, -1)];
	expect(nearestZeroCrossing({ channels, firstFrame: 0 }, 0)).toBe(2);
});
