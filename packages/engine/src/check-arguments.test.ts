import { expect, test } from "vitest";
import { checkFrames, checkLoadOptions, checkPlayOptions, checkSlot, checkVelocity, show } from "./check-arguments.ts";
import type { LoadOptions } from "./protocol/engine-types.ts";

/** Values that no number argument takes. */
const noNumbers: readonly unknown[] = [Number.NaN, "1", null, undefined, {}, [], true, 1n];

test("a slot is a whole number below the engine's slots", () => {
	for (const id of [0, 1, 31, -0]) expect(() => checkSlot(id, 32)).not.toThrow();
	for (const id of [-1, 32, 0.5, Infinity, ...noNumbers]) {
		expect(() => checkSlot(id as number, 32)).toThrow(
			new RangeError(`The value of id must be a whole number from 0 to 31, not ${show(id)}.`),
		);
	}
});

test("a velocity is a number from 0 to 1", () => {
	for (const velocity of [0, 2 ** -149, 0.5, 1]) expect(() => checkVelocity(velocity)).not.toThrow();
	for (const velocity of [-(2 ** -149), 1 + 2 ** -52, Infinity, -Infinity, ...noNumbers]) {
		expect(() => checkVelocity(velocity as number)).toThrow(
			new RangeError(`The value of velocity must be a number from 0 to 1, not ${show(velocity)}.`),
		);
	}
});

test("frames to render are a whole number below 2^31", () => {
	for (const frames of [0, 1, 2 ** 31 - 1]) expect(() => checkFrames(frames)).not.toThrow();
	for (const frames of [-1, 2 ** 31, 1.5, ...noNumbers]) {
		expect(() => checkFrames(frames as number)).toThrow(
			new RangeError(`The value of frames must be a whole number from 0 to 2147483647, not ${show(frames)}.`),
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
	[null, "The value of options must be an object, not null."],
	[5, "The value of options must be an object, not 5."],
	[{ strict: "yes" }, 'The value of strict must be true or false, not "yes".'],
	[{ transfer: 1 }, "The value of transfer must be true or false, not 1."],
	[{ trimEncoderDelay: 0 }, "The value of trimEncoderDelay must be true or false, not 0."],
	[{ signal: {} }, "The value of signal must be an AbortSignal, not an object."],
	[{ signal: null }, "The value of signal must be an AbortSignal, not null."],
	[{ onProgress: 5 }, "The value of onProgress must be a function, not 5."],
])("the load options %j are refused: %s", (options, message) => {
	expect(() => checkLoadOptions(options as LoadOptions)).toThrow(new TypeError(message));
});

test("a priority beyond the two is refused", () => {
	expect(() => checkLoadOptions({ priority: "low" as "high" })).toThrow(
		new RangeError('The value of priority must be one of "normal", "high", not "low".'),
	);
});

test.each<[value: unknown, shown: string]>([
	["loud", '"loud"'],
	[1n, "1n"],
	[Symbol("s"), "Symbol(s)"],
	[[1], "a list of 1"],
	[() => 1, "a function"],
	[Object.create(null), "an object"],
	[{ toString: () => expect.unreachable() }, "an object"],
])("an error message names %o by its kind where it has no short text", (value, shown) => {
	expect(show(value)).toBe(shown);
});

test("a loop of playSample is true or false", () => {
	for (const loop of ["no", 1, null]) {
		expect(() => checkPlayOptions({ loop: loop as unknown as boolean })).toThrow(
			new TypeError(`The value of loop must be true or false, not ${show(loop)}.`),
		);
	}
});

test("an unknown option of a load or a trigger is named, with the nearest known one", () => {
	expect(() => checkLoadOptions({ onprogress: () => {} } as LoadOptions)).toThrow(
		new TypeError("There is no option onprogress. The nearest is onProgress."),
	);
	expect(() => checkPlayOptions({ looping: true } as object)).toThrow(
		new TypeError("There is no option looping. The nearest is loop."),
	);
});
