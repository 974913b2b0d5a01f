import { expect, test } from "vitest";
import { formatLength, performanceFileName, savedText } from "./performance-text.ts";

test("a length is told in minutes and seconds that are over", () => {
	expect([0, 0.99, 7.2, 60, 754.9, 7_325].map(formatLength)).toEqual([
		"0:00",
		"0:00",
		"0:07",
		"1:00",
		"12:34",
		"122:05",
	]);
});

test("a performance's file is named by date and time, to the second", () => {
	expect(performanceFileName(new Date(2031, 0, 2, 3, 4, 5))).toBe("performance-20310102-030405.json");
});

test("a saved performance is announced with its length and what to do with it", () => {
	expect(savedText("performance.json", 61)).toBe(
		'performance.json saved, 1:01 long. "flitzis-looper render" makes a WAV file of it.',
	);
});
