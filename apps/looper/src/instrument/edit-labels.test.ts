import { expect, test } from "vitest";
import { settingsLabel } from "./edit-labels.ts";
import { emptyPad, type PadSettings } from "./pad-state.ts";

test("a change of one setting is called by its name and its pad", () => {
	expect(settingsLabel([2], ["gainDecibels"])).toBe("Gain of pad 3");
	expect(settingsLabel([0], ["isMuted"])).toBe("Mute of pad 1");
	expect(settingsLabel([4], ["loopRegion"])).toBe("Loop region of pad 5");
});

test("a change of two settings names both, one of more is a change of settings", () => {
	expect(settingsLabel([4], ["launchMode", "loop"])).toBe("Loop and launch mode of pad 5");
	expect(settingsLabel([4], ["lengthBeats", "loopRegion"])).toBe("Loop region and beats of pad 5");
	expect(settingsLabel([4], ["gainDecibels", "pan", "speed"])).toBe("Settings of pad 5");
});

test("a change of several pads says how many", () => {
	expect(settingsLabel([34, 39], ["gainDecibels"])).toBe("Gain of 2 pads");
});

test("every setting has a name of its own", () => {
	const settings = Object.keys(emptyPad.settings) as readonly (keyof PadSettings)[];
	for (const name of settings) expect(settingsLabel([0], [name])).not.toContain("Settings");
});
