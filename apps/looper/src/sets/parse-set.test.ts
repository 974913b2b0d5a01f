import { expect, test } from "vitest";
import { emptyPad } from "../instrument/pad-state.ts";
import { padCount } from "../instrument/pads.ts";
import { defaultSetSettings } from "../instrument/set-settings.ts";
import { isAppUrl, nameInSet, parseSet } from "./parse-set.ts";
import { emptySet, formatSet, type SetDocument } from "./set-document.ts";

const hash = "0123456789abcdef".repeat(4);
const silent = Number.NEGATIVE_INFINITY;

const full: SetDocument = {
	name: "Live",
	settings: { ...defaultSetSettings, tempo: 97.5, isExclusive: true, masterGainDecibels: silent },
	pads: [
		{
			pad: 0,
			sample: { sha256: hash, bytes: 1234, name: "kick 1.wav", title: "Kick", color: "#e070b8" },
			settings: {
				...emptyPad.settings,
				gainDecibels: -6,
				launchQuantum: 4,
				eq: { lowDecibels: silent, midDecibels: 0, highDecibels: 3 },
				loopRegion: { startFrame: 0.5, endFrame: 48_000 },
			},
		},
		{ pad: 7, sample: { url: "demo/bell.wav", title: "Bell", color: null }, settings: emptyPad.settings },
		{ pad: 31, sample: null, settings: { ...emptyPad.settings, launchMode: "gate", chokeGroup: 16 } },
	],
};

/** The full set's file with one field replaced; the path's parts are separated by spaces. */
function changed(path: string, value: unknown): string {
	const file = JSON.parse(formatSet(full));
	const parts = path.split(" ");
	const last = parts.pop()!;
	const owner = parts.reduce((object, part) => object[part], file);
	if (value === undefined) delete owner[last];
	else owner[last] = value;
	return JSON.stringify(file);
}

test("a set that is written is read as it was", () => {
	expect(parseSet(formatSet(full))).toEqual({ document: full, problems: [] });
	expect(parseSet(formatSet(emptySet("Set 1")))).toEqual({ document: emptySet("Set 1"), problems: [] });
});

test("pads that have their defaults take little room", () => {
	expect(JSON.parse(formatSet(full)).pads[1].settings).toEqual({});
});

test.each([
	["", "It is not JSON: "],
	["[1, 2", "It is not JSON: "],
	["null", "It is not a set of Flitzis Looper."],
	['{ "format": "flitzis-looper-performance", "version": 1 }', "It is not a set of Flitzis Looper."],
	['{ "format": "flitzis-looper-set" }', "It has no version, but this program reads version 1."],
	['{ "format": "flitzis-looper-set", "version": 2 }', "It has version 2, but this program reads version 1."],
	[" ".repeat(2 ** 24 + 1), "It is longer than 16777216 characters."],
])("%.50j is refused as a whole", (text, reason) => {
	expect(() => parseSet(text)).toThrow(reason);
	expect(nameInSet(text)).toBe("Damaged set");
});

test.each([
	["name", 7, "name must be a text of 1 to 100 characters, not 7."],
	["name", undefined, "name must be a text of 1 to 100 characters, but is missing."],
	["settings tempo", 1000, "settings.tempo must be a number from 20 to 400, not 1000."],
	["settings beatsPerBar", 3.5, "settings.beatsPerBar must be a whole number from 1 to 16, not 3.5."],
	[
		"settings masterGainDecibels",
		"loud",
		'settings.masterGainDecibels must be a number of decibels from -Infinity to 24, not "loud".',
	],
	["settings", [], "settings must be an object, not a list of 0."],
	["pads", "none", `pads must be a list of at most ${padCount}, not "none".`],
	["pads 0", null, "pads[0] must be an object, not null."],
	["pads 0 pad", padCount, `pads[0].pad must be a whole number from 0 to ${padCount - 1}, not ${padCount}.`],
	["pads 1 pad", 0, "pads[1].pad must be another than those before, not 0."],
	["pads 0 settings pan", 1.5, "pads[0].settings.pan must be a number from -1 to 1, not 1.5."],
	[
		"pads 0 settings launchMode",
		"shout",
		'pads[0].settings.launchMode must be one of "trigger", "gate", "toggle", "repeat", not "shout".',
	],
	[
		"pads 0 settings eq lowDecibels",
		7,
		"pads[0].settings.eq.lowDecibels must be a number of decibels from -Infinity to 6, not 7.",
	],
	[
		"pads 0 settings loopRegion endFrame",
		0.25,
		"pads[0].settings.loopRegion.endFrame must be more than startFrame, 0.5, not 0.25.",
	],
	[
		"pads 0 sample sha256",
		"0".repeat(63),
		`pads[0].sample.sha256 must be 64 hexadecimal digits, not "${"0".repeat(39)}….`,
	],
	["pads 0 sample bytes", -1, "pads[0].sample.bytes must be a whole number from 0 to 4398046511104, not -1."],
	["pads 0 sample color", "red", 'pads[0].sample.color must be null or a colour like "#e070b8", not "red".'],
	[
		"pads 1 sample url",
		"../x.wav",
		'pads[1].sample.url must be the address of one of the app\'s sounds, like demo/kick.wav, not "../x.wav".',
	],
])("a wrong %s is said and left out", (path, value, problem) => {
	const { document, problems } = parseSet(changed(path, value));
	expect(problems).toEqual([problem]);
	// What was whole is read as it was.
	expect(parseSet(formatSet(document))).toEqual({ document, problems: [] });
	const untouched = full.pads.filter((_, index) => !path.startsWith(`pads ${index}`) && path !== "pads");
	for (const pad of untouched) expect(document.pads).toContainEqual(pad);
});

test("fields that are not known are ignored", () => {
	expect(parseSet(changed("settings swing", 0.5))).toEqual({ document: full, problems: [] });
	expect(parseSet(changed("pads 0 settings swing", 0.5))).toEqual({ document: full, problems: [] });
});

test("properties that objects inherit are no fields", () => {
	const text =
		'{ "format": "flitzis-looper-set", "version": 1, "name": "A", "__proto__": { "pads": [] }, "settings": {} }';
	expect(parseSet(text).problems).toEqual([`pads must be a list of at most ${padCount}, but is missing.`]);
});

test("addresses of the app's sounds stay within the app", () => {
	for (const url of ["demo/kick.wav", "kick.wav", "demo/a%20b.wav", "a/b/c-d_e~f.ogg"])
		expect(isAppUrl(url)).toBe(true);
	const outside = [
		"",
		"/kick.wav",
		"../kick.wav",
		"demo/../../x",
		"demo/%2E%2e/x",
		"http://x/y",
		"//x/y",
		"a\\b",
		"data:,x",
		"a b",
		7,
	];
	for (const url of outside) expect(isAppUrl(url)).toBe(false);
});

test("numbers too large for a number are out of range, and silence is no tempo", () => {
	for (const tempo of ["1e999", "-1e999", '"-Infinity"']) {
		const text = formatSet(full).replace('"tempo": 97.5', `"tempo": ${tempo}`);
		const { document, problems } = parseSet(text);
		expect(problems).toEqual([expect.stringMatching(/^settings\.tempo must be a number from 20 to 400/u)]);
		expect(document.settings.tempo).toBe(120);
	}
});
