import { expect, test } from "vitest";
import { framesFromBeats, framesFromSeconds } from "./time.ts";

test("beats and seconds become frames, not rounded", () => {
	expect(framesFromBeats(1, 120, 48_000)).toBe(24_000);
	expect(framesFromBeats(1 / 4, 97, 44_100)).toBe((60 * 44_100) / 4 / 97);
	expect(framesFromSeconds(0.1, 44_100)).toBe(4410);
});

test.each([
	[Number.NaN, 120, 48_000, "beats"],
	[1, 0, 48_000, "tempo"],
	[1, 401, 48_000, "tempo"],
	[1, 120, 0, "sampleRate"],
])("%f beats at %f BPM and %f Hz are refused for their %s", (beats, tempo, sampleRate, name) => {
	expect(() => framesFromBeats(beats, tempo, sampleRate)).toThrow(new RegExp(`^The value of ${name} must be`));
});
