import { expect, test } from "vitest";
import { formatLength, performanceFileName, savedText } from "./performance-text.ts";

test("a length is written in minutes and full seconds", () => {
	expect([0, 0.99, 7.2, 60, 754.9, 7_325].map(formatLength)).toEqual([
		"0:00",
		"0:00",
		"0:07",
		"1:00",
		"12:34",
		"122:05",
	]);
});

test("a performance's file name contains date and time, to the second", () => {
	expect(performanceFileName(new Date(2031, 0, 2, 3, 4, 5))).toBe("performance-20310102-030405.json");
});

test("the notice of a saved performance tells its length and how to render it", () => {
	expect(savedText("performance.json", 61)).toBe(
		'performance.json saved, 1:01 long. "flitzis-looper render" turns it into a WAV file.',
	);
});
