import { expect, test } from "vitest";
import { learnText } from "./learn-text.ts";
import { parseTarget } from "./parse-target.ts";
import type { Target } from "./targets.ts";

const play = parseTarget("press place 1") as Target;
const stop = parseTarget("stop place 2") as Target;
const control = { type: "note", device: "nanoPAD", channel: 10, note: 36 } as const;
const printed = (code: string): string => code;

test("each step says what to do next", () => {
	expect(learnText({ phase: "off" }, printed)).toBe("");
	expect(learnText({ phase: "target", learned: null }, printed)).toMatch(/^Touch a pad/);
	expect(learnText({ phase: "control", target: play, refusal: null }, printed)).toBe(
		"Press a key, a pad or a button for: Play pad 1.",
	);
	const gain = parseTarget("set master.gainDecibels") as Target;
	expect(learnText({ phase: "control", target: gain, refusal: null }, printed)).toBe(
		"Move a knob or a fader for: Master gain.",
	);
});

test("what was learned is said, and what its control no longer does", () => {
	const binding = { control, target: play };
	const learned = "Note C2 (36), channel 10, nanoPAD: Play pad 1.";
	expect(learnText({ phase: "target", learned: { binding, before: null } }, printed)).toBe(learned);
	expect(learnText({ phase: "target", learned: { binding, before: play } }, printed)).toBe(learned);
	expect(learnText({ phase: "target", learned: { binding, before: stop } }, printed)).toBe(
		`${learned} It no longer does this: Stop pad 2.`,
	);
});
