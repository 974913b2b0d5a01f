import { expect, test } from "vitest";
import { isSetName } from "./parse-set.ts";
import { freeSetName, isArchiveName, newSetName, problemsText, setFileName, spaceText } from "./set-texts.ts";

test("a new set gets the first free number", () => {
	expect(newSetName([])).toBe("Set 1");
	expect(newSetName(["Set 1", "Live", "Set 3"])).toBe("Set 2");
});

test("a name that is taken gets a number, and stays a name that a set can have", () => {
	expect(freeSetName("Live", [])).toBe("Live");
	expect(freeSetName("Live", ["Live", "Live 2"])).toBe("Live 3");
	const long = "x".repeat(100);
	expect(isSetName(freeSetName(long, [long]))).toBe(true);
});

test("an exported set's file name has no character that a system refuses", () => {
	expect(setFileName("Live: 12/3")).toBe("Live_ 12_3.flitzis.zip");
	expect(setFileName("..")).toBe("Set.flitzis.zip");
	expect(isArchiveName(setFileName("Live"))).toBe(true);
	expect(isArchiveName("kick.wav")).toBe(false);
});

test("the performer is told three problems and how many more there are", () => {
	expect(problemsText("“Live” is open", ["A.", "B.", "C.", "D.", "E."])).toMatch(
		/“Live” .* A\. B\. C\. And 2 more\.$/u,
	);
	expect(problemsText("“Live” is open", ["A."])).toMatch(/A\.$/u);
});

test("storage is full when the next file does not fit, and nearly full when little is left after it", () => {
	const quota = 10e9;
	expect(spaceText({ used: 1e9, quota }, 1e9)).toBeNull();
	expect(spaceText({ used: 9e9, quota }, 6e8)).toMatch(/nearly full: 400 MB/u);
	expect(spaceText({ used: 9.9e9, quota }, 2e8)).toMatch(/is full: 200 MB are needed, 100 MB are left/u);
	expect(spaceText({ used: 0, quota: 1e8 }, 5e7)).toBeNull();
	expect(spaceText({ used: 0, quota: 1e8 }, 9.5e7)).toMatch(/nearly full/u);
});
