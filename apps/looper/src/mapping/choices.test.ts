import { expect, test } from "vitest";
import { emptyPad, type PadSettings } from "../instrument/pad-state.ts";
import { nextQuantum, type PadChoiceName, withNextChoice } from "./choices.ts";

/** What a choice is on its way round, from the first settings back to them. */
function round(name: PadChoiceName): readonly PadSettings[PadChoiceName][] {
	const values: PadSettings[PadChoiceName][] = [];
	let settings = emptyPad.settings;
	do {
		values.push(settings[name]);
		settings = { ...settings, ...withNextChoice(name, settings, 4) };
	} while (settings[name] !== values[0] && values.length < 100);
	return values;
}

test("choices go round as the panel lists them", () => {
	expect(round("launchMode")).toEqual(["trigger", "gate", "toggle", "repeat"]);
	expect(round("sync")).toEqual(["off", "repitch", "slices"]);
	for (const name of ["launchQuantum", "stopQuantum"] as const) {
		expect(round(name)).toEqual(["global", 0, 0.25, 0.5, 1, 2, 4, 8, 16]);
	}
});

test("the set's quantum goes round, with its bars, and from a quantum of its own to the next longer one", () => {
	expect(nextQuantum({ beatsPerBar: 3, quantum: 2 })).toBe(3);
	expect(nextQuantum({ beatsPerBar: 3, quantum: 12 })).toBe(0);
	expect(nextQuantum({ beatsPerBar: 4, quantum: 3 })).toBe(4);
});
