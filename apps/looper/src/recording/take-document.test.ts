import { expect, test } from "vitest";
import { formatTake, parseTake, type TakeDocument, takeNameFrom } from "./take-document.ts";

const take: TakeDocument = {
	name: "Take 3",
	recordedAt: 1_764_590_000_000,
	frames: 144_000,
	sampleRate: 48_000,
	format: "f32",
	lostFrames: 0,
};

test("what is known of a take is read as it was written", () => {
	expect(parseTake(formatTake(take))).toEqual(take);
});

test.each([
	["no JSON", "{"],
	["another file", JSON.stringify({ format: "flitzis-looper-set", version: 1, take })],
	["another version", JSON.stringify({ format: "flitzis-looper-take", version: 2, take })],
	["no take", JSON.stringify({ format: "flitzis-looper-take", version: 1, take: null })],
	["a list", "[]"],
	["a number", "5"],
])("%s is no take", (_, text) => {
	expect(parseTake(text)).toBeNull();
});

test.each([
	["name", ""],
	["name", " Take"],
	["name", "x".repeat(101)],
	["recordedAt", -1],
	["frames", 0.5],
	["sampleRate", 0],
	["format", "s16"],
	["lostFrames", null],
])("a take whose %s is %j is refused", (field, value) => {
	expect(parseTake(formatTake({ ...take, [field]: value }))).toBeNull();
});

test("names lose the spaces around them and what is too long", () => {
	expect(takeNameFrom("  Verse, slow ")).toBe("Verse, slow");
	expect(takeNameFrom("x".repeat(200))).toHaveLength(100);
	expect(takeNameFrom(" \n")).toBeNull();
});
