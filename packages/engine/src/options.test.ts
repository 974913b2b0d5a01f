import { describe, expect, test } from "vitest";
import { show } from "./check-arguments.ts";
import { checkOptions, fadeFramesAt } from "./options.ts";
import type { AudioEngineOptions } from "./protocol/engine-types.ts";

/** Values that no number option takes. */
const noNumbers: readonly unknown[] = [Number.NaN, "1", null, undefined, {}, [], true, 1n];

function check(options: object): unknown {
	return checkOptions(options, 5);
}

test("every option has the default that the interface names", () => {
	expect(check({})).toEqual({
		sampleSlots: 32,
		voices: 32,
		voiceOverflow: "replace-oldest",
		loaderThreads: 4,
		startLoaderThreads: false,
		memoryBudget: 2 ** 30,
		output: "device",
		threading: "auto",
		audioContext: undefined,
		cueOutput: false,
		outputDevice: "",
		sampleRate: undefined,
		blockFrames: 128,
		fadeSeconds: 0.005,
		skipBackSeconds: 0,
		latencyHint: "interactive",
		preloadDecoders: [],
		analysis: "onDemand",
		analyzer: undefined,
		tempoRange: { from: 88, to: 175 },
		cache: null,
	});
});

test.each([
	["device", 1, 1],
	["device", 2, 1],
	["device", 8, 6],
	["offline", 1, 2],
	["offline", 2, 2],
	["offline", 8, 6],
] as const)("with output %s, %i cores make %i loader threads", (output, cores, loaderThreads) => {
	expect(checkOptions({ output }, cores)).toMatchObject({ loaderThreads });
});

test("options given are taken as they are, the injected context included", () => {
	const options = {
		sampleSlots: 256,
		voices: 1,
		voiceOverflow: "drop-newest",
		loaderThreads: 16,
		startLoaderThreads: true,
		memoryBudget: 3 * 2 ** 30,
		output: "offline",
		threading: "shared",
		audioContext: { name: "context" },
		cueOutput: true,
		outputDevice: "card",
		sampleRate: 44_100,
		blockFrames: 2048,
		fadeSeconds: 0.0005,
		skipBackSeconds: 60,
		latencyHint: 0.5,
		preloadDecoders: ["opus", "mp3"],
		analysis: "always",
		analyzer: () => ({}),
		tempoRange: { from: 40, to: 240 },
		cache: { directory: "cache", maxBytes: 1 },
	};
	expect(check(options)).toEqual(options);
});

test.each([
	[{ sampleSlot: 8 }, "There is no option sampleSlot. The nearest is sampleSlots."],
	[{ samplerate: 48_000 }, "There is no option samplerate. The nearest is sampleRate."],
	[{ cache: { maxbyte: 1 } }, "There is no option cache.maxbyte. The nearest is cache.maxBytes."],
	[
		{ tempoRange: { from: 88, to: 175, till: 180 } },
		"There is no option tempoRange.till. The nearest is tempoRange.to.",
	],
	[{ assets: { workletUrl: "" } }, "There is no option assets.workletUrl. The nearest is assets.worklet."],
])("the unknown option in %j is named, with the nearest known one", (options, message) => {
	expect(() => check(options)).toThrow(new TypeError(message));
});

test("cueOutput is true or false", () => {
	expect(() => check({ cueOutput: 1 })).toThrow(new TypeError("The value of cueOutput must be true or false, not 1."));
});

test("a tempo range is an object, where there is one", () => {
	expect(check({ tempoRange: undefined })).toMatchObject({ tempoRange: { from: 88, to: 175 } });
	expect(() => check({ tempoRange: null })).toThrow(
		new TypeError("The value of tempoRange must be an object, not null."),
	);
});

test("outputDevice is a text", () => {
	expect(() => check({ outputDevice: 1 })).toThrow(
		new TypeError("The value of outputDevice must be the id of an output device, not 1."),
	);
});

test.each([null, undefined, 5, "options", []])("%s instead of options is refused", (value) => {
	expect(() => checkOptions(value as unknown as AudioEngineOptions, 5)).toThrow(
		new TypeError(`The value of options must be an object, not ${show(value)}.`),
	);
});

describe.each<[name: string, from: number, to: number]>([
	["sampleSlots", 1, 256],
	["voices", 1, 256],
	["loaderThreads", 1, 16],
	["memoryBudget", 1, 3 * 2 ** 30],
	["blockFrames", 1, 2048],
	["sampleRate", 8_000, 192_000],
])("%s", (name, from, to) => {
	test("takes its bounds", () => {
		expect([check({ [name]: from }), check({ [name]: to })]).toMatchObject([{ [name]: from }, { [name]: to }]);
	});

	test("refuses everything beyond them and between whole numbers, naming name, range and value", () => {
		const isDefault = (value: unknown): boolean => value === null || value === undefined;
		const wrong = [
			from - 1,
			to + 1,
			from + 0.5,
			Infinity,
			-Infinity,
			...noNumbers.filter((value) => !isDefault(value)),
		];
		for (const value of wrong) {
			expect(() => check({ [name]: value })).toThrow(
				new RangeError(`The value of ${name} must be a whole number from ${from} to ${to}, not ${show(value)}.`),
			);
		}
	});
});

test.each<[string, string[]]>([
	["voiceOverflow", ["replace-oldest", "drop-newest"]],
	["output", ["device", "offline"]],
	["threading", ["auto", "shared", "messages"]],
	["latencyHint", ["interactive", "balanced", "playback"]],
])("%s takes one of its words and nothing else", (name, choices) => {
	for (const choice of choices) expect(check({ [name]: choice })).toMatchObject({ [name]: choice });
	const list = choices.map((choice) => `"${choice}"`).join(", ");
	for (const wrong of ["", "Device", "toString", ["device"], true]) {
		expect(() => check({ [name]: wrong })).toThrow(
			new RangeError(`The value of ${name} must be one of ${list}, not ${show(wrong)}.`),
		);
	}
});

test("latencyHint takes seconds from 0 to 10, too", () => {
	for (const seconds of [0, 0.003, 10]) {
		expect(check({ latencyHint: seconds })).toMatchObject({ latencyHint: seconds });
	}
	for (const wrong of [-0.001, 10.001, Number.NaN, Infinity]) {
		expect(() => check({ latencyHint: wrong })).toThrow(
			new RangeError(`The value of latencyHint must be a number from 0 to 10, not ${wrong}.`),
		);
	}
});

test("fadeSeconds takes 0.0005 to 1.024, as far as the audio thread has room at the rate", () => {
	for (const fadeSeconds of [0.0005, 1.024]) expect(check({ fadeSeconds })).toMatchObject({ fadeSeconds });
	expect(check({ fadeSeconds: 0.17, output: "offline" })).toMatchObject({ fadeSeconds: 0.17 });
	for (const wrong of [0, 0.00049, 1.0241, Number.NaN, "0.1"]) {
		expect(() => check({ fadeSeconds: wrong })).toThrow(
			new RangeError(`The value of fadeSeconds must be a number from 0.0005 to 1.024, not ${show(wrong)}.`),
		);
	}
	for (const known of [{ output: "offline" }, { sampleRate: 48_000 }]) {
		expect(() => check({ ...known, fadeSeconds: 0.171 })).toThrow(
			/^A fade of 0.171 s is 8208 frames at 48000 Hz, but the audio thread has room for 8192. .* at most 0.17\.$/,
		);
	}
});

test("a fade has at least one frame, and as many as its length says", () => {
	expect([fadeFramesAt(8000, 0.00001), fadeFramesAt(44_100, 0.005), fadeFramesAt(192_000, 8192 / 192_000)]).toEqual([
		1, 221, 8192,
	]);
	expect(() => fadeFramesAt(192_000, 8193 / 192_000)).toThrow(RangeError);
});

test("cache takes true, false, or an object whose defaults are 2 GiB and the platform's place", () => {
	const cached = { directory: undefined, maxBytes: 2 ** 31 };
	for (const cache of [true, {}]) expect(check({ cache })).toMatchObject({ cache: cached });
	expect(check({ cache: false })).toMatchObject({ cache: null });
	for (const wrong of ["yes", 1, () => {}]) {
		expect(() => check({ cache: wrong })).toThrow(
			new TypeError(`The value of cache must be true, false or an object, not ${show(wrong)}.`),
		);
	}
	for (const maxBytes of [0, -1, 1.5, Number.NaN, Infinity, "1"]) {
		expect(() => check({ cache: { maxBytes } })).toThrow(
			new RangeError(
				`The value of cache.maxBytes must be a whole number from 1 to ${2 ** 53 - 1}, not ${show(maxBytes)}.`,
			),
		);
	}
	for (const directory of ["", 5, null]) {
		expect(() => check({ cache: { directory } })).toThrow(
			new TypeError(`The value of cache.directory must be a path, not ${show(directory)}.`),
		);
	}
});
