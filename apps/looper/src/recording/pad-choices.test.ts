import { expect, test } from "vitest";
import { emptyPad, type PadState } from "../instrument/pad-state.ts";
import { firstEmptyPad, padChoices } from "./pad-choices.ts";

const sample = {
	source: "a.wav",
	title: "Kick",
	isDemo: false,
	color: null,
	durationSec: 1,
	warnings: [],
	followsFile: false,
};
const filled: PadState = { ...emptyPad, sample };
const states: readonly PadState[] = Array.from({ length: 96 }, (_, pad) => (pad < 33 ? filled : emptyPad));

test("pads are listed by bank and place with what they hold", () => {
	const choices = padChoices(states, "all");
	expect(choices).toHaveLength(96);
	expect([choices[0], choices[33]]).toEqual([
		{ value: "0", text: "A 1, Kick" },
		{ value: "33", text: "B 2, empty" },
	]);
	expect(padChoices(states, "filled")).toHaveLength(33);
});

test("a recording goes to the first empty pad of the bank that is shown, or behind it", () => {
	expect(firstEmptyPad(states, 0)).toBe(33);
	expect(firstEmptyPad(states, 2)).toBe(64);
	expect(firstEmptyPad([filled, filled], 0)).toBe(0);
});
