import * as fc from "fast-check";
import { expect, test } from "vitest";
import { emptyPad } from "../instrument/pad-state.ts";
import { defaultSetSettings } from "../instrument/set-settings.ts";
import { parseSet } from "./parse-set.ts";
import { formatSet, type SetDocument } from "./set-document.ts";
import { SetFileError } from "./set-file-error.ts";

const SEED = 13;

const set: SetDocument = {
	name: "Live",
	settings: defaultSetSettings,
	pads: Array.from({ length: 8 }, (_, pad) => ({
		pad: pad * 4,
		sample: { sha256: "ab".repeat(32), bytes: 7, name: "a.wav", title: "A", color: "#123456" },
		settings: { ...emptyPad.settings, speed: 2, loopRegion: { startFrame: 1, endFrame: 2 } },
	})),
};

/** What a text is read as, and what that is read as when it is written again; nothing when it is refused. */
function readTwice(text: string): readonly SetDocument[] {
	try {
		const { document } = parseSet(text);
		const again = parseSet(formatSet(document));
		return again.problems.length === 0 ? [document, again.document] : [document];
	} catch (error) {
		if (!(error instanceof SetFileError)) throw error;
		return [];
	}
}

/** Whether a text is refused, or all that is read of it is whole. */
function isWhole(text: string): boolean {
	const [first, second] = readTwice(text);
	return JSON.stringify(first) === JSON.stringify(second);
}

/** Every place in a value, as a path. */
function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
	if (typeof value !== "object" || value === null) return [path];
	return [path, ...Object.entries(value).flatMap(([name, entry]) => pathsOf(entry, [...path, name]))];
}

test("a set in which any values are replaced by any others loads what is whole", () => {
	const places = pathsOf(JSON.parse(formatSet(set))).filter((path) => path.length > 0);
	const odd = fc.oneof(
		fc.jsonValue(),
		fc.double(),
		fc.constantFrom<unknown>("-Infinity", 2 ** 60, "__proto__", { __proto__: null }, [[[]]], null),
	);
	const change = fc.record({ path: fc.constantFrom(...places), value: odd });
	fc.assert(
		fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
			const file = JSON.parse(formatSet(set));
			for (const { path, value } of changes) {
				let owner = file;
				for (const part of path.slice(0, -1)) owner = owner?.[part];
				if (typeof owner === "object" && owner !== null) owner[path.at(-1)!] = structuredClone(value);
			}
			expect(isWhole(JSON.stringify(file))).toBe(true);
		}),
		{ seed: SEED, numRuns: 2000 },
	);
});

test("any JSON, and any text, is refused or read as whole", () => {
	const head = { format: "flitzis-looper-set", version: 1 };
	const bodies = fc.dictionary(fc.constantFrom("name", "settings", "pads"), fc.jsonValue());
	const texts = fc.oneof(
		bodies.map((body) => JSON.stringify({ ...head, ...body })),
		fc.string(),
		fc.json(),
	);
	fc.assert(
		fc.property(texts, (text) => {
			expect(isWhole(text)).toBe(true);
		}),
		{ seed: SEED, numRuns: 2000 },
	);
});

test("a set's text with characters replaced or cut off is refused or read as whole", () => {
	const text = formatSet(set);
	const change = fc.record({ at: fc.nat(text.length - 1), character: fc.string({ maxLength: 2 }) });
	fc.assert(
		fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), fc.nat(text.length), (changes, length) => {
			const characters = text.split("");
			for (const { at, character } of changes) characters[at] = character;
			expect(isWhole(characters.join(""))).toBe(true);
			expect(isWhole(text.slice(0, length))).toBe(true);
		}),
		{ seed: SEED, numRuns: 1000 },
	);
});
