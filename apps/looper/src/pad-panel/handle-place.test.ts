import { expect, test } from "vitest";
import { keyedFrame, snappedFrame } from "./handle-place.ts";

const grid = { anchorFrame: 0, framesPerBeat: 22_050 };

/** Samples at the engine's rate that cross zero every 100 frames. */
const read = (firstFrame: number, frames: number) => {
	const sign = (frame: number): number => (Math.floor(frame / 100) % 2 === 0 ? 0.5 : -0.5);
	const samples = Float32Array.from({ length: frames }, (_, index) => sign(firstFrame + index));
	return Promise.resolve({ channels: [samples], firstFrame });
};
const noSamples = () => Promise.resolve(null);

test("without a target a handle lies on whole frames of the source file", async () => {
	expect(await snappedFrame(1_001, { target: "off", ratio: 2, grid, read })).toBe(501);
});

test("a handle snaps to beats of the source file", async () => {
	expect(await snappedFrame(40_000, { target: "beat", ratio: 2, grid, read })).toBe(22_050);
});

test("a handle snaps to zero crossings of what is played", async () => {
	expect(await snappedFrame(10_030, { target: "zero", ratio: 1, grid, read })).toBe(10_000);
	expect(await snappedFrame(10_070, { target: "zero", ratio: 2, grid, read })).toBe(5_050);
});

test("where there is nothing to snap to, a handle is free", async () => {
	expect(await snappedFrame(40_001, { target: "beat", ratio: 1, grid: null, read })).toBe(40_001);
	expect(await snappedFrame(40_001, { target: "zero", ratio: 1, grid, read: noSamples })).toBe(40_001);
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
