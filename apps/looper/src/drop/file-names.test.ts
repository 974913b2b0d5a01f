import { expect, test } from "vitest";
import { compareNames, isFolderClutter, titleFromFileName } from "./file-names.ts";

test("numbered files sort by number", () => {
	expect(["10 Lead.wav", "2 Bass.wav", "1 kick.wav"].toSorted(compareNames)).toEqual([
		"1 kick.wav",
		"2 Bass.wav",
		"10 Lead.wav",
	]);
});

test("a title is the file name without extension and underscores", () => {
	expect(titleFromFileName("amen_break__170.flac")).toBe("amen break 170");
	expect(titleFromFileName("Dr. Rhythm.mp3")).toBe("Dr. Rhythm");
});

test("a name that would become empty is kept", () => {
	expect(titleFromFileName(".wav")).toBe(".wav");
	expect(titleFromFileName("___")).toBe("___");
});

test("covers, notes and hidden files of a folder are skipped", () => {
	expect(isFolderClutter("cover.jpg", "image/jpeg")).toBe(true);
	expect(isFolderClutter("notes.txt", "text/plain")).toBe(true);
	expect(isFolderClutter("._kick.wav", "audio/wav")).toBe(true);
});

test("audio files and files of unknown type are loaded", () => {
	expect(isFolderClutter("kick.wav", "audio/wav")).toBe(false);
	expect(isFolderClutter("loop", "")).toBe(false);
	expect(isFolderClutter("loop.ogg", "application/ogg")).toBe(false);
	expect(isFolderClutter("clip.webm", "video/webm")).toBe(false);
});
