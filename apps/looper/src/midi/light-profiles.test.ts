import { expect, test } from "vitest";
import { lightProfileNames, lightProfiles, type PadLight } from "./light-profiles.ts";

const lights: readonly PadLight[] = ["empty", "ready", "queued", "playing"];

test("a Launchpad is dark, grey, flashing yellow and green", () => {
	expect(lights.map((light) => lightProfiles.launchpad.message(light, 81, 1, true))).toEqual([
		[0x90, 81, 0],
		[0x90, 81, 1],
		[0x91, 81, 13],
		[0x90, 81, 21],
	]);
});

test("an APC mini is dark, yellow, blinking green and green", () => {
	expect(lights.map((light) => lightProfiles["apc-mini"].message(light, 56, 1, true)[2])).toEqual([0, 5, 2, 1]);
});

test("a plain controller is lit while a pad plays, on the pad's channel, and blinks while it is queued", () => {
	const { message } = lightProfiles.plain;
	expect(lights.map((light) => message(light, 36, 10, true))).toEqual([
		[0x99, 36, 0],
		[0x99, 36, 0],
		[0x99, 36, 127],
		[0x99, 36, 127],
	]);
	expect(message("queued", 36, 10, false)).toEqual([0x99, 36, 0]);
	expect(message("playing", 36, 10, false)).toEqual([0x99, 36, 127]);
});

test("every profile has 32 different notes, the first four rows of its grid", () => {
	for (const name of lightProfileNames) expect(new Set(lightProfiles[name].padNotes).size).toBe(32);
	expect([0, 7, 8, 31].map((place) => lightProfiles.launchpad.padNotes[place])).toEqual([81, 88, 71, 58]);
	expect([0, 7, 8, 31].map((place) => lightProfiles["apc-mini"].padNotes[place])).toEqual([56, 63, 48, 39]);
});
