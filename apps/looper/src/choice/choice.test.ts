import { expect, test } from "vitest";
import { formatBeats, padQuantumChoices, quantumChoices, quantumOf } from "./choice.ts";

test("quanta reach from none over notes to four bars", () => {
	const choices = quantumChoices(4, 0);
	expect(choices.map(({ text }) => text)).toEqual(["Off", "1/16", "1/8", "1/4", "1/2", "1 bar", "2 bars", "4 bars"]);
	expect(choices.map(({ value }) => quantumOf(value))).toEqual([0, 0.25, 0.5, 1, 2, 4, 8, 16]);
});

test("each quantum is listed once, as bars where it is some", () => {
	expect(quantumChoices(2, 0).map(({ text }) => text)).toEqual([
		"Off",
		"1/16",
		"1/8",
		"1/4",
		"1 bar",
		"2 bars",
		"4 bars",
	]);
});

test("a quantum that is none of them is listed in its place", () => {
	expect(quantumChoices(3, 4).map(({ text }) => text)).toEqual([
		"Off",
		"1/16",
		"1/8",
		"1/4",
		"1/2",
		"1 bar",
		"4 beats",
		"2 bars",
		"4 bars",
	]);
});

test("a pad has the set's quantum or one of its own", () => {
	const [first, second] = padQuantumChoices(4, "global");
	expect([first, second].map((choice) => quantumOf(choice!.value))).toEqual(["global", 0]);
});

test("beats are written as fractions where they are one part", () => {
	expect([1 / 32, 0.5, 1, 4, 2.6667, 0.3].map(formatBeats)).toEqual(["1/32", "1/2", "1", "4", "2.667", "0.3"]);
});
