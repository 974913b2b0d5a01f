import { expect, test } from "vitest";
import { notices } from "./third-party-notices.mjs";

const text = notices();

/** The row of a work and its texts. */
function rowOf(work: string) {
	const row = text.split("\n").find((line) => line.startsWith(`| ${work} |`)) ?? "";
	return { row, texts: [...row.matchAll(/\(#text-(\d+)\)/g)].map(([, number]) => `### Text ${number}\n`) };
}

test("a transitive dependency is listed", () => {
	expect(rowOf("codec-parser").row).toContain("| LGPL-3.0-or-later |");
	expect(rowOf("lit-html").row).toContain("| BSD-3-Clause |");
});

test("works compiled into a library are listed with the library's version", () => {
	expect(rowOf("libmpg123").row).toMatch(/\| in mpg123-decoder \d+\.\d+\.\d+ \| LGPL-2\.1 \|/);
});

test("what is under the LGPL is in files of its own", () => {
	const sections = text.split("\n## ").filter((section) => /\| LGPL/.test(section));
	expect(sections.map((section) => section.split("\n", 1)[0])).toEqual([
		"In `decoder-mp3.js`",
		"In `decoder-vorbis.js`",
	]);
});

test("version 3 of the LGPL is accompanied by the GPL", () => {
	const { texts } = rowOf("codec-parser");
	expect(texts).toHaveLength(2);
	const [, first = ""] = text.split(texts[0] ?? "");
	const [, second = ""] = text.split(texts[1] ?? "");
	expect(first.trim()).toMatch(/^```text\s+GNU LESSER GENERAL PUBLIC LICENSE\s+Version 3/);
	expect(second.trim()).toMatch(/^```text\s+GNU GENERAL PUBLIC LICENSE\s+Version 3/);
});

test("every text that a row refers to is included once", () => {
	const numbers = [...text.matchAll(/\(#text-(\d+)\)/g)].map(([, number]) => number);
	expect(numbers.length).toBeGreaterThan(10);
	for (const number of numbers) expect(text.split(`\n### Text ${number}\n`)).toHaveLength(2);
});

test("no text has a blank copyright line", () => {
	expect(text).not.toContain("{copyright}");
	expect(text).toContain("Copyright (c) Ethan Halsall");
});
