import { describe, expect, test } from "vitest";
import {
	checkFrames,
	checkGain,
	checkLoadOptions,
	checkOptions,
	checkSlot,
	checkVelocity,
	fadeFramesAt,
	show,
} from "./check-arguments.ts";
import type { AudioEngineOptions, LoadOptions } from "./protocol/engine-types.ts";

/** Values that no number argument takes. */
const noNumbers: readonly unknown[] = [Number.NaN, "1", null, undefined, {}, [], true, 1n];

function check(options: object): unknown {
	return checkOptions(options, 4);
}

test("every option has the default that the interface names", () => {
	expect(check({})).toEqual({
		sampleSlots: 32,
		voices: 32,
		voiceOverflow: "replace-oldest",
		loaderThreads: 4,
		memoryBudget: 2 ** 30,
		output: "device",
		threading: "auto",
		audioContext: undefined,
		sampleRate: undefined,
		blockFrames: 128,
		fadeSeconds: 0.005,
		latencyHint: "interactive",
		cache: null,
	});
});

test("options given are taken as they are, the injected context included", () => {
	const options = {
		sampleSlots: 256,
		voices: 1,
		voiceOverflow: "drop-newest",
		loaderThreads: 16,
		memoryBudget: 3 * 2 ** 30,
		output: "offline",
		threading: "shared",
		audioContext: { name: "context" },
		sampleRate: 44_100,
		blockFrames: 2048,
		fadeSeconds: 0.0005,
		latencyHint: 0.5,
		cache: { directory: "cache", maxBytes: 1 },
	};
	expect(check(options)).toEqual(options);
});

test.each([null, undefined, 5, "options"])("%s instead of options is refused", (value) => {
	expect(() => checkOptions(value as unknown as AudioEngineOptions, 4)).toThrow(
		new TypeError(`options must be an object, not ${show(value)}`),
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
				new RangeError(`${name} must be a whole number from ${from} to ${to}, not ${show(value)}`),
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
			new RangeError(`${name} must be one of ${list}, not ${show(wrong)}`),
		);
	}
});

test("latencyHint takes seconds from 0 to 10, too", () => {
	for (const seconds of [0, 0.003, 10]) {
		expect(check({ latencyHint: seconds })).toMatchObject({ latencyHint: seconds });
	}
	for (const wrong of [-0.001, 10.001, Number.NaN, Infinity]) {
		expect(() => check({ latencyHint: wrong })).toThrow(
			new RangeError(`latencyHint must be a number from 0 to 10, not ${wrong}`),
		);
	}
});

test("fadeSeconds takes 0.0005 to 1.024, as far as the audio thread has room at the rate", () => {
	for (const fadeSeconds of [0.0005, 1.024]) expect(check({ fadeSeconds })).toMatchObject({ fadeSeconds });
	expect(check({ fadeSeconds: 0.17, output: "offline" })).toMatchObject({ fadeSeconds: 0.17 });
	for (const wrong of [0, 0.00049, 1.0241, Number.NaN, "0.1"]) {
		expect(() => check({ fadeSeconds: wrong })).toThrow(
			new RangeError(`fadeSeconds must be a number from 0.0005 to 1.024, not ${show(wrong)}`),
		);
	}
	for (const known of [{ output: "offline" }, { sampleRate: 48_000 }]) {
		expect(() => check({ ...known, fadeSeconds: 0.171 })).toThrow(
			/^fadeSeconds 0.171 is 8208 frames at 48000 Hz, but the audio thread keeps room for 8192; .* at most 0.17$/,
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
			new TypeError(`cache must be true, false or an object, not ${show(wrong)}`),
		);
	}
	for (const maxBytes of [0, -1, 1.5, Number.NaN, Infinity, "1"]) {
		expect(() => check({ cache: { maxBytes } })).toThrow(
			new RangeError(`cache.maxBytes must be a whole number from 1 to ${2 ** 53 - 1}, not ${show(maxBytes)}`),
		);
	}
	for (const directory of ["", 5, null]) {
		expect(() => check({ cache: { directory } })).toThrow(
			new TypeError(`cache.directory must be a path, not ${show(directory)}`),
		);
	}
});

test("a slot is a whole number below the engine's slots", () => {
	for (const id of [0, 1, 31, -0]) expect(() => checkSlot(id, 32)).not.toThrow();
	for (const id of [-1, 32, 0.5, Infinity, ...noNumbers]) {
		expect(() => checkSlot(id as number, 32)).toThrow(
			new RangeError(`id must be a whole number from 0 to 31, not ${show(id)}`),
		);
	}
});

test("a velocity is a number from 0 to 1", () => {
	for (const velocity of [0, 2 ** -149, 0.5, 1]) expect(() => checkVelocity(velocity)).not.toThrow();
	for (const velocity of [-(2 ** -149), 1 + 2 ** -52, Infinity, -Infinity, ...noNumbers]) {
		expect(() => checkVelocity(velocity as number)).toThrow(
			new RangeError(`velocity must be a number from 0 to 1, not ${show(velocity)}`),
		);
	}
});

test("a gain is a number of decibels up to 24, silence included", () => {
	for (const decibels of [-Infinity, -1e308, -6, 0, 24]) expect(() => checkGain(decibels)).not.toThrow();
	for (const decibels of [24.001, Infinity, ...noNumbers]) {
		expect(() => checkGain(decibels as number)).toThrow(
			new RangeError(`masterGainDecibels must be a number from -Infinity to 24, not ${show(decibels)}`),
		);
	}
});

test("frames to render are a whole number below 2^31", () => {
	for (const frames of [0, 1, 2 ** 31 - 1]) expect(() => checkFrames(frames)).not.toThrow();
	for (const frames of [-1, 2 ** 31, 1.5, ...noNumbers]) {
		expect(() => checkFrames(frames as number)).toThrow(
			new RangeError(`frames must be a whole number from 0 to 2147483647, not ${show(frames)}`),
		);
	}
});

test("load options take what the interface names", () => {
	const given = { strict: true, transfer: false, trimEncoderDelay: false, signal: new AbortController().signal };
	for (const priority of ["normal", "high"] as const) {
		expect(() => checkLoadOptions({ ...given, priority, onProgress: () => {} })).not.toThrow();
	}
	expect(() => checkLoadOptions({})).not.toThrow();
});

test.each<[options: unknown, message: string]>([
	[null, "options must be an object, not null"],
	[5, "options must be an object, not 5"],
	[{ strict: "yes" }, 'strict must be true or false, not "yes"'],
	[{ transfer: 1 }, "transfer must be true or false, not 1"],
	[{ trimEncoderDelay: 0 }, "trimEncoderDelay must be true or false, not 0"],
	[{ signal: {} }, "signal must be an AbortSignal, not [object Object]"],
	[{ signal: null }, "signal must be an AbortSignal, not null"],
	[{ onProgress: 5 }, "onProgress must be a function, not 5"],
])("the load options %j are refused: %s", (options, message) => {
	expect(() => checkLoadOptions(options as LoadOptions)).toThrow(new TypeError(message));
});

test("a priority beyond the two is refused", () => {
	expect(() => checkLoadOptions({ priority: "low" as "high" })).toThrow(
		new RangeError('priority must be one of "normal", "high", not "low"'),
	);
});
