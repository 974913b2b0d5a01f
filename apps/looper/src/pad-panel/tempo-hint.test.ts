import { expect, test } from "vitest";
import { tempoHint } from "./tempo-hint.ts";

test("a loop that is to follow the tempo needs to know how many beats it is", () => {
	expect(tempoHint({ loop: true, sync: "repitch", lengthBeats: 0 })).toBe("Say how many beats it is.");
	expect(tempoHint({ loop: true, sync: "repitch", lengthBeats: 8 })).toBeNull();
});

test("a one-shot that is to follow the tempo is told that it does not", () => {
	expect(tempoHint({ loop: false, sync: "slices", lengthBeats: 8 })).toBe("Only a loop follows the tempo.");
});

test("what is not to follow lacks nothing", () => {
	expect(tempoHint({ loop: true, sync: "off", lengthBeats: 0 })).toBeNull();
});
