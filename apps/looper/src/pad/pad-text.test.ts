import { expect, test } from "vitest";
import { changePad, emptyPad, type PadSample, type PadSource } from "../instrument/pad-state.ts";
import { formatBeats, formatDuration, formatTempo, padHint, padLabel, padTitle, wholePercent } from "./pad-text.ts";

const kick: PadSample = {
	source: "kick.wav",
	title: "Kick",
	isDemo: false,
	color: null,
	durationSec: 1,
	warnings: [],
	followsFile: false,
};
const wanted: PadSource = { source: "snare.wav", title: "Snare", isDemo: false, color: null };

test("durations have three digits, and minutes from one minute on", () => {
	expect([0.346, 9.99, 9.996, 12.44, 59.96, 185.2].map(formatDuration)).toEqual([
		"0.35 s",
		"9.99 s",
		"10.0 s",
		"12.4 s",
		"1:00",
		"3:05",
	]);
});

test("lengths and tempi have no needless digits", () => {
	expect([1, 8, 7.5, 1 / 3].map(formatBeats)).toEqual(["1 beat", "8 beats", "7.5 beats", "0.33 beats"]);
	expect([120, 97.5, 96.9696].map(formatTempo)).toEqual(["120 BPM", "97.5 BPM", "97 BPM"]);
});

test("progress shows 100 only when it is complete", () => {
	expect([0, 0.419, 0.999, 1].map(wholePercent)).toEqual([0, 41, 99, 100]);
});

test("a label names the pad, its key, its sound and its marks", () => {
	expect(padLabel(emptyPad, 0, "1")).toBe("Pad 1, key 1: empty, choose audio files");
	expect(padLabel({ ...emptyPad, sample: kick }, 8, "Q")).toBe("Pad 9, key Q: Kick");
	const settings = { ...emptyPad.settings, loop: true, isMuted: true };
	expect(padLabel({ ...emptyPad, sample: kick, settings }, 8, "Q")).toBe("Pad 9, key Q: Kick, loop, muted");
	expect(padLabel({ ...emptyPad, sample: kick }, 8, "")).toBe("Pad 9, no key: Kick");
});

test("a loading pad is named after the new sound, a failed one also after the sound it still plays", () => {
	const waiting = changePad({ ...emptyPad, sample: kick }, { type: "load-requested", requestId: 1, wanted });
	expect(padTitle(waiting)).toBe("Snare");
	expect(padLabel(waiting, 1, "2")).toBe("Pad 2, key 2: Snare, loading");
	const event = {
		type: "error",
		id: 1,
		requestId: 1,
		source: "",
		msg: "File not found",
		code: "file-not-found",
	} as const;
	const failed = changePad(waiting, { type: "loader-event", event });
	expect(padLabel(failed, 1, "2")).toBe("Pad 2, key 2: Snare failed to load, still playing Kick");
	expect(padHint(failed)).toBe("File not found");
});

test("a tooltip says what an empty pad accepts and what is damaged, and is absent when the face shows everything", () => {
	expect(padHint(emptyPad)).toBe("Choose audio files, or drop them here");
	expect(
		padHint({ ...emptyPad, sample: { ...kick, warnings: ["ends early", "gap at 2 s"], followsFile: false } }),
	).toBe("ends early\ngap at 2 s");
	expect(padHint({ ...emptyPad, sample: kick })).toBeNull();
	expect(padHint(changePad(emptyPad, { type: "load-requested", requestId: 1, wanted }))).toBeNull();
});
