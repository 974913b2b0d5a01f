import { expect, test } from "vitest";
import { beatsUntil, isSounding, playStates } from "./play-state.ts";

test("a pad that stops on a line still sounds, one that is queued or paused does not", () => {
	expect(playStates.filter((_, state) => isSounding(state))).toEqual(["playing", "stopping"]);
});

test("beats are counted down to one, and none are counted while nothing waits", () => {
	expect([12, 12.01, 14.999, 15, 15.01, 15.9, 16].map((beat) => beatsUntil(16, beat))).toEqual([4, 4, 2, 1, 1, 1, 1]);
	expect(beatsUntil(Number.NaN, 3)).toBe(0);
});
