import { expect, test } from "vitest";
import { beginningAt, movedTo, shifted, withTempo } from "./grid-edit.ts";

/** Ten seconds, and four beats at 120 from the second second on. */
const recording = { frames: 10_000, sampleRate: 1_000 };
const region = { lengthBeats: 4, loopRegion: { startFrame: 2_000, endFrame: 4_000 } };
const whole = { lengthBeats: 20, loopRegion: null };

test("beats are shifted with their region, and back to where they were", () => {
	const later = shifted(region, recording, 1 / 2);
	expect(later).toEqual({ lengthBeats: 4, loopRegion: { startFrame: 2_250, endFrame: 4_250 } });
	expect(shifted(later, recording, -1 / 2)).toEqual(region);
});

test("a region that no longer fits loses whole beats, and none is shifted before the beginning", () => {
	expect(shifted(whole, recording, 1 / 2)).toEqual({
		lengthBeats: 19,
		loopRegion: { startFrame: 250, endFrame: 9_750 },
	});
	expect(shifted(whole, recording, -1 / 2)).toBe(whole);
	expect(movedTo(region, recording, 9_900)).toBe(region);
});

test("without beats there is nothing to shift, and a region is moved as it is", () => {
	const unknown = { lengthBeats: 0, loopRegion: { startFrame: 0, endFrame: 500 } };
	expect(shifted(unknown, recording, 1)).toBe(unknown);
	expect(movedTo(unknown, recording, 100)).toEqual({ lengthBeats: 0, loopRegion: { startFrame: 100, endFrame: 600 } });
	expect(movedTo(unknown, recording, 9_800)).toBe(unknown);
});

test("a bar begins at the beat nearest to what is heard", () => {
	expect(beginningAt(region, recording, 2_610)).toEqual({
		lengthBeats: 4,
		loopRegion: { startFrame: 2_500, endFrame: 4_500 },
	});
	expect(beginningAt({ lengthBeats: 0, loopRegion: null }, recording, 1_234)).toEqual({
		lengthBeats: 0,
		loopRegion: { startFrame: 1_234, endFrame: 10_000 },
	});
});

test("a tempo that makes a whole number of beats of the region leaves it, and another one ends it behind its last beat", () => {
	expect(withTempo(region, recording, 120.4)).toEqual(region);
	expect(withTempo(region, recording, 60)).toEqual({ ...region, lengthBeats: 2 });
	expect(withTempo(region, recording, 100)).toEqual({
		lengthBeats: 3,
		loopRegion: { startFrame: 2_000, endFrame: 3_800 },
	});
	expect(withTempo(whole, recording, 20)).toEqual({ lengthBeats: 3, loopRegion: { startFrame: 0, endFrame: 9_000 } });
	expect(withTempo(region, recording, 20)).toEqual({ ...region, lengthBeats: 2 / 3 });
});
