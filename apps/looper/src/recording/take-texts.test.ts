import { expect, test } from "vitest";
import { cutText, newTakeName, roomText, takeFileName } from "./take-texts.ts";

test("a new take is called by the number behind the highest", () => {
	expect(newTakeName([])).toBe("Take 1");
	expect(newTakeName(["Take 2", "Verse", "Take 9"])).toBe("Take 10");
});

test("file names have no characters that systems refuse", () => {
	expect(takeFileName("A/B: loud?", ".wav")).toBe("A_B_ loud_.wav");
	expect(takeFileName("...", ".wav")).toBe("Take.wav");
	expect(takeFileName("x".repeat(100), ".json")).toBe(`${"x".repeat(80)}.json`);
});

const minuteBytes = 60 * 48_000 * 8;

test.each([
	[0.5, "No room is left. Delete takes or sets that you do not need, or make room on the disk."],
	[-3, "No room is left. Delete takes or sets that you do not need, or make room on the disk."],
	[12.7, "Room for 12 min."],
	[200.5, "Room for 3 h 20 min."],
	[60 * 50, "Room for more than 48 h."],
])("room for %d minutes is told as %j", (minutes, text) => {
	expect(roomText({ used: 1000, quota: 1000 + minutes * minuteBytes }, 48_000)).toBe(text);
});

test("a take that ended by itself is told with the reason and what is kept", () => {
	expect(cutText("Take 1", 65, "The disk is full.")).toBe(
		"The recording ended early. The disk is full. What was recorded before is kept as “Take 1”, 1:05 long.",
	);
});
