import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readCaseFiles } from "./corpus.mjs";

const parent = mkdtempSync(join(tmpdir(), "flitzis-looper-corpus-"));

afterAll(() => rmSync(parent, { recursive: true }));

test("every file of every case is a seed, and rejected ones are not played undamaged", () => {
	mkdirSync(join(parent, "loud"));
	const files = { "one.wav": { frames: 3 }, "two.wav": { error: "unsupported-format" } };
	writeFileSync(join(parent, "loud/case.json"), JSON.stringify({ reference: "closed form", files }));
	writeFileSync(join(parent, "loud/one.wav"), Uint8Array.of(1, 2));
	writeFileSync(join(parent, "loud/two.wav"), Uint8Array.of(3));
	expect(readCaseFiles(parent)).toEqual([
		{ name: "loud-one.wav", family: "loud", bytes: Uint8Array.of(1, 2), isPlayable: true },
		{ name: "loud-two.wav", family: "loud", bytes: Uint8Array.of(3), isPlayable: false },
	]);
});

test("an invalid case folder ends the run", () => {
	mkdirSync(join(parent, "empty"));
	expect(() => readCaseFiles(parent)).toThrow("tests/cases/empty: no case.json");
});

test("the cases of this repository are valid", () => {
	const families = new Set(readCaseFiles().map(({ family }) => family));
	for (const family of ["loud-lossy", "mp3-free-format", "mp3-gapless"]) expect(families).toContain(family);
});
