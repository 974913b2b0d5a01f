import { expect, test } from "vitest";
import { emptyPad } from "../instrument/pad-state.ts";
import { barsOf, lengthChoices, recordedTitle, soundPeak } from "./pad-recording-choices.ts";

test("bars can be chosen only while the transport runs", () => {
	expect(lengthChoices(false).map(({ value }) => value)).toEqual(["free"]);
	expect(lengthChoices(true).map(({ value }) => value)).toEqual(["1", "2", "4", "8", "16", "open", "free"]);
});

test("a length is so many bars, from bar to bar, or free", () => {
	expect([barsOf("4", true), barsOf("open", true), barsOf("free", true), barsOf("4", false)]).toEqual([
		4,
		"open",
		null,
		null,
	]);
});

test("a recorded sound is called by its source and the time of day", () => {
	expect(recordedTitle("Input", new Date(2026, 11, 1, 9, 5, 30))).toBe("Input 09.05.30");
});

test("the meter shows the source that is chosen; the cue bus the loudest of its pads", () => {
	const activity = { masterPeak: 0.9, peak: Float32Array.of(0.5, 0.25, 0.125) };
	const cued = { settings: { ...emptyPad.settings, isCued: true } };
	const parts = { pad: 0, states: [emptyPad, cued, cued] };
	expect(soundPeak("master", activity, parts)).toBe(0.9);
	expect(soundPeak("pad", activity, parts)).toBe(0.5);
	expect(soundPeak("cue", activity, parts)).toBe(0.25);
	expect(soundPeak("pad", activity, { ...parts, pad: 7 })).toBe(0);
});
