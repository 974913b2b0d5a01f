import { expect, test } from "vitest";
import { settingsLabel } from "./edit-labels.ts";
import { emptyPad, loopSettings } from "./pad-state.ts";

test("a change of one setting is called by its name and its pad", () => {
	expect(settingsLabel(2, { gainDecibels: -6 })).toBe("Gain of pad 3");
	expect(settingsLabel(0, { isMuted: true })).toBe("Mute of pad 1");
});

test("settings that are one to the performer have one name", () => {
	expect(settingsLabel(4, loopSettings(true))).toBe("Loop of pad 5");
	expect(settingsLabel(4, { loopRegion: null })).toBe("Loop region of pad 5");
	expect(settingsLabel(4, { gainDecibels: 0, pan: 0 })).toBe("Settings of pad 5");
});

test("every setting has a name of its own", () => {
	for (const name of Object.keys(emptyPad.settings)) expect(settingsLabel(0, { [name]: 0 })).not.toContain("Settings");
});
