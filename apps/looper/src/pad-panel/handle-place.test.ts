import { expect, test } from "vitest";
import { keyedFrame, snappedFrame } from "./handle-place.ts";

const grid = { anchorFrame: 0, framesPerBeat: 22_050 };

/** A file at the engine's rate that crosses zero every 100 frames. */
const file = {
	read: (firstFrame: number, count: number) => ({
		interleaved: Float32Array.from({ length: count }, (_, index) =>
			Math.floor((firstFrame + index) / 100) % 2 === 0 ? 0.5 : -0.5,
		),
		channels: 1,
		firstFrame,
	}),
};

test("without a target a handle lies on whole frames of the source file", () => {
	expect(snappedFrame(1_001, { target: "off", ratio: 2, grid, file })).toBe(501);
});

test("a handle snaps to beats of the source file", () => {
	expect(snappedFrame(40_000, { target: "beat", ratio: 2, grid, file })).toBe(22_050);
});

test("a handle snaps to zero crossings of what is played", () => {
	expect(snappedFrame(10_030, { target: "zero", ratio: 1, grid, file })).toBe(10_000);
	expect(snappedFrame(10_070, { target: "zero", ratio: 2, grid, file })).toBe(5_050);
});

test("where there is nothing to snap to, a handle is free", () => {
	expect(snappedFrame(40_001, { target: "beat", ratio: 1, grid: null, file })).toBe(40_001);
	expect(snappedFrame(40_001, { target: "zero", ratio: 1, grid, file: null })).toBe(40_001);
});

test("keys move by parts of the view, by frames, by beats and to the ends", () => {
	const place = { frame: 1_000, frames: 88_200, span: 20_000, grid: null, isFine: false };
	const keys = ["ArrowRight", "ArrowLeft", "PageUp", "Home", "End", "KeyQ"];
	expect(keys.map((code) => keyedFrame(code, place))).toEqual([1_100, 900, 3_000, 0, 88_200, null]);
	expect(keyedFrame("ArrowRight", { ...place, isFine: true })).toBe(1_001);
	expect(keyedFrame("ArrowRight", { ...place, grid })).toBe(22_050);
	expect(keyedFrame("ArrowLeft", { ...place, grid, isFine: true })).toBe(999);
	expect(keyedFrame("ArrowLeft", { ...place, span: 10 })).toBe(999);
});
