import { expect, test } from "vitest";
import { emptyPad, loopSettings, type PadSettings } from "../instrument/pad-state.ts";
import { padMarks } from "./pad-marks.ts";

function iconsOf(settings: Partial<PadSettings>): readonly string[] {
	return padMarks({ ...emptyPad, settings: { ...emptyPad.settings, ...settings } }).map(({ icon }) => icon);
}

test("a plain one-shot has no marks", () => {
	expect(iconsOf({})).toEqual([]);
});

test("a loop is marked, and its mode only when it is not the usual one", () => {
	expect(iconsOf(loopSettings(true))).toEqual(["loop"]);
	expect(iconsOf({ loop: true, launchMode: "gate" })).toEqual(["loop", "gate"]);
	expect(iconsOf({ launchMode: "toggle" })).toEqual(["toggle"]);
	expect(iconsOf({ launchMode: "repeat" })).toEqual(["repeat"]);
});

test("a loop that follows the tempo is marked, one of unknown length and a one-shot never follow", () => {
	expect(iconsOf({ ...loopSettings(true), sync: "repitch", lengthBeats: 8 })).toEqual(["loop", "sync"]);
	expect(iconsOf({ ...loopSettings(true), sync: "repitch" })).toEqual(["loop"]);
	expect(iconsOf({ sync: "repitch", lengthBeats: 8 })).toEqual([]);
});

test("choke group, solo, cue, both mutes and direction are marked", () => {
	expect(
		iconsOf({ chokeGroup: 7, isSoloed: true, isCued: true, isMuted: true, isTriggerMuted: true, isReversed: true }),
	).toEqual(["reverse", "choke", "solo", "cue", "mute", "lock"]);
	expect(padMarks({ ...emptyPad, settings: { ...emptyPad.settings, chokeGroup: 7 } })).toEqual([
		{ icon: "choke", words: "choke group 7", text: "7" },
	]);
});

test("warnings about the file are counted", () => {
	const sample = { source: "a.wav", title: "A", isDemo: false, color: null, durationSec: 1, followsFile: false };
	const words = [["ends early"], ["ends early", "gap"]].map((warnings) =>
		padMarks({ ...emptyPad, sample: { ...sample, warnings } }).map((mark) => mark.words),
	);
	expect(words).toEqual([["1 warning"], ["2 warnings"]]);
});
