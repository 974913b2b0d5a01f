import { expect, test } from "vitest";
import { formatKey, goWell, sureKey, wheelPlace } from "./key-wheel.ts";

test.each([
	["C", "major", "8B"],
	["A", "minor", "8A"],
	["G", "major", "9B"],
	["F", "major", "7B"],
	["B", "major", "1B"],
	["Ab", "minor", "1A"],
	["E", "major", "12B"],
	["C#", "minor", "12A"],
	["F#", "minor", "11A"],
	["D", "minor", "7A"],
] as const)("%s %s is %s", (tonic, mode, place) => {
	const { number, letter } = wheelPlace({ tonic, mode });
	expect(`${number}${letter}`).toBe(place);
});

test("a pad shows a key's name and its place, as long as it is certain", () => {
	expect(formatKey({ tonic: "F#", mode: "minor" })).toBe("F#m 11A");
	const key = { tonic: "C", mode: "major", confidence: 0.2, tuningCents: 0, origin: "detected" } as const;
	expect(sureKey({ key })).toBeNull();
	expect(sureKey({ key: { ...key, confidence: 0.5 } })?.tonic).toBe("C");
	expect(sureKey(null)).toBeNull();
});

test("neighbours and relatives go well together", () => {
	const minor = { tonic: "A", mode: "minor" } as const;
	const others = [
		minor,
		{ tonic: "C", mode: "major" },
		{ tonic: "E", mode: "minor" },
		{ tonic: "D", mode: "minor" },
		{ tonic: "G", mode: "major" },
		{ tonic: "B", mode: "minor" },
	] as const;
	expect(others.map((other) => goWell(minor, other))).toEqual([true, true, true, true, false, false]);
	expect(goWell({ tonic: "B", mode: "major" }, { tonic: "E", mode: "major" })).toBe(true);
});
