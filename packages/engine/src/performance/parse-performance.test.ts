import * as fc from "fast-check";
import { expect, test } from "vitest";
import { performanceExample } from "../../test/performance-example.ts";
import { LooperError } from "../errors.ts";
import { formatPerformance } from "./format-performance.ts";
import { parsePerformance } from "./parse-performance.ts";
import { STANDING_TRANSPORT } from "./performance.ts";

const SEED = 0x5e55_0001;

/** The example's JSON with the value at a path replaced. */
function changed(path: readonly (string | number)[], value: unknown): string {
	const performance: unknown = JSON.parse(formatPerformance(performanceExample));
	let parent = performance;
	for (const key of path.slice(0, -1)) parent = (parent as Record<string | number, unknown>)[key];
	(parent as Record<string | number, unknown>)[path.at(-1)!] = value;
	return JSON.stringify(performance);
}

function failure(text: string): LooperError {
	try {
		parsePerformance(text);
	} catch (error) {
		if (error instanceof LooperError) return error;
		throw error;
	}
	throw new Error("the performance was accepted");
}

/** Every path to a value in a JSON document, containers included. */
function pathsIn(value: unknown, path: readonly (string | number)[] = []): (string | number)[][] {
	if (typeof value !== "object" || value === null) return [[...path]];
	const inner = Object.entries(value).flatMap(([key, item]) =>
		pathsIn(item, [...path, Array.isArray(value) ? Number(key) : key]),
	);
	return path.length === 0 ? inner : [[...path], ...inner];
}

test("a performance is read back to the bit, one line per command", () => {
	const text = formatPerformance(performanceExample);
	expect(parsePerformance(text)).toEqual(performanceExample);
	expect(text.split("\n").filter((line) => line.startsWith('{"frame":'))).toHaveLength(
		performanceExample.commands.length,
	);
});

test("an empty performance is read back", () => {
	const start = { slots: [], parameters: [], transport: STANDING_TRANSPORT };
	const empty = { ...performanceExample, preRollFrames: 0, frames: 0, samples: [], start, commands: [] };
	expect(parsePerformance(formatPerformance(empty))).toEqual(empty);
});

test("fields of a later program are left out", () => {
	const performance: object = JSON.parse(formatPerformance(performanceExample));
	expect(parsePerformance(JSON.stringify({ ...performance, title: "my set" }))).toEqual(performanceExample);
});

test.each([
	["nothing", ""],
	["a WAV file", "RIFF\u0000WAVE"],
	["a cut performance", formatPerformance(performanceExample).slice(0, -10)],
])("%s is no performance, and the message says what to do", (_, text) => {
	const { code, message } = failure(text);
	expect(code).toBe("malformed-performance");
	expect(message).toMatch(/^The file is not a performance: .*\. Choose a file that formatPerformance\(\) wrote\.$/s);
});

test.each([
	[["format"], "ardour", 'format must be one of "flitzis-looper-performance", not "ardour"'],
	[["preRollFrames"], 0.5, "preRollFrames must be a whole number from 0 to 9007199254740991, not 0.5"],
	[["frames"], -1, "frames must be a whole number from 0 to 9007199254740891, not -1"],
	[["engine", "sampleRate"], 48_000.5, "engine.sampleRate must be a whole number from 3000 to 768000, not 48000.5"],
	[["engine", "voices"], 257, "engine.voices must be a whole number from 1 to 256, not 257"],
	[["engine", "fadeFrames"], 0, "engine.fadeFrames must be a whole number from 1 to 8192, not 0"],
	[["engine", "fadeFrames"], 23, "engine.fadeFrames must be a fade that an engine can have, 0.0005 s or more, not 23"],
	[["samples"], "none", 'samples must be a list of at most 65536, not "none"'],
	[
		["samples", 0, "contentHash"],
		"AB".repeat(32),
		"samples[0].contentHash must be 64 hexadecimal digits in lower case",
	],
	[["samples", 1, "pcmChecksum"], "12", 'samples[1].pcmChecksum must be 16 hexadecimal digits in lower case, not "12"'],
	[["samples", 1, "channels"], 3, "samples[1].channels must be one of 1, 2, not 3"],
	[["start", "slots", 0, "slot"], 4, "start.slots[0].slot must be a whole number from 0 to 3, not 4"],
	[["start", "slots", 0, "slot"], 3, "start.slots must be a list that names each slot once, not a list of 2"],
	[["start", "parameters", 1, "value"], 24.1, "start.parameters[1].value must be a number of decibels from"],
	[["start", "parameters", 0, "value"], "hold", "start.parameters[0].value must be one of"],
	[["start", "parameters", 0, "parameter"], "wow", "start.parameters[0].parameter must be one of"],
	[["start", "parameters", 0, "slot"], 4, "start.parameters[0].slot must be a whole number from 0 to 3, not 4"],
	[["commands", 0, "velocity"], 1.001, "commands[0].velocity must be a number from 0 to 1, not 1.001"],
	[["commands", 1, "sample"], 2, "commands[1].sample must be a whole number from 0 to 1, not 2"],
	[["commands", 2, "frame"], 18, "commands[3].frame must be a whole number from 18 to 999, not 17"],
	[["commands", 24, "frame"], 1_000, "commands[24].frame must be a whole number from 998 to 999, not 1000"],
	[["commands", 9, "beat"], -1, "commands[9].beat must be a number from 0 to 1000000000, not -1"],
	[["commands", 11, "beats"], 4097, "commands[11].beats must be a number from -4096 to 4096, not 4097"],
	[["commands", 8, "slot"], 4, "commands[8].slot must be a whole number from 0 to 3, not 4"],
	[
		["commands", 21, "slices", 0, "onsetFrame"],
		99.5,
		"commands[21].slices must be a list of slices, each a frame or more",
	],
	[
		["commands", 21, "slices", 1, "startFrame"],
		101,
		"commands[21].slices[1].startFrame must be a number from -65436 to 100",
	],
	[["commands", 21, "slices", 1, "tail"], 5, "commands[21].slices[1].tail must be an object, not 5"],
	[
		["commands", 21, "slices", 1, "tail", "decay"],
		1.5,
		"commands[21].slices[1].tail.decay must be a number from 0 to 1",
	],
	[["commands", 21, "slices"], {}, "commands[21].slices must be a list of at most 128, not an object"],
	[["start", "slices", 0, "slot"], 4, "start.slices[0].slot must be a whole number from 0 to 3, not 4"],
	[["start", "transport"], null, "start.transport must be an object, not null"],
	[["start", "transport", "isRunning"], 1, "start.transport.isRunning must be true or false, not 1"],
	[["start", "transport", "isRunning"], false, "start.transport.anchorBeat must be a number from 0 to 0, not 0.333"],
	[
		["start", "transport", "anchorFrame"],
		1,
		"start.transport.anchorFrame must be a whole number from -9007199254740991 to 0",
	],
	[["start", "transport", "startBeat"], 1e10, "start.transport.startBeat must be a number from 0 to 1000000000"],
	[["commands", 3, "value"], null, "commands[3].value must be a number of decibels from -Infinity to 24, not null"],
	[["commands", 4, "type"], "explode", "commands[4].type must be one of"],
	[["commands", 4], [], "commands[4] must be an object, not a list of 0"],
])("%j = %j is refused by its name, with range and remedy", (path, value, words) => {
	const { code, message } = failure(changed(path, value));
	expect(code).toBe("malformed-performance");
	expect(message).toContain(words);
	expect(message).toMatch(/\. Correct the file, or play the performance again\.$/);
});

test("another version is told with the remedy", () => {
	const { message } = failure(changed(["version"], 2));
	expect(message).toBe("The performance has version 2, but this program reads version 1. Use a newer program.");
});

test("a text too long for a performance is refused before it is taken apart", () => {
	expect(failure(" ".repeat(2 ** 28 + 1)).message).toContain("it is longer than 268435456 characters");
});

test("whatever stands in whatever place, a performance is read with sound values or refused by name", () => {
	const document: unknown = JSON.parse(formatPerformance(performanceExample));
	const places = fc.constantFrom(...pathsIn(document));
	const values = fc.oneof(
		fc.constantFrom<unknown>(
			null,
			true,
			-1,
			-0,
			0,
			0.5,
			1e308,
			2 ** 53,
			"",
			"x".repeat(5000),
			[],
			{},
			[[]],
			"7f800001",
		),
		fc.jsonValue(),
		fc.integer(),
	);
	const run = (path: (string | number)[], value: unknown): void => {
		const text = changed(path, value);
		try {
			const performance = parsePerformance(text);
			expect(parsePerformance(formatPerformance(performance))).toEqual(performance);
		} catch (error) {
			expect(error).toBeInstanceOf(LooperError);
			expect(error).toMatchObject({
				code: "malformed-performance",
				message: expect.stringMatching(/\. (Correct|Choose|Use) .*\.$/),
			});
		}
	};
	fc.assert(fc.property(places, values, run), { seed: SEED, numRuns: 2_000 });
});
