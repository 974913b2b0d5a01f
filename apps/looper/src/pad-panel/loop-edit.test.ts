import { expect, test } from "vitest";
import { regionOf } from "../instrument/played-region.ts";
import { beatGridOf, heldBeats, movedEdge, ownTempo } from "./loop-edit.ts";

const recording = { frames: 88_200, sampleRate: 44_100 };
const whole = { loopRegion: null, lengthBeats: 4 };

test("moving an end scales the beats in proportion, so that the tempo stays", () => {
	const half = movedEdge(whole, recording, "end", 44_100);
	expect(half).toEqual({ loopRegion: { startFrame: 0, endFrame: 44_100 }, lengthBeats: 2 });
	const later = movedEdge(half, recording, "start", 22_050);
	expect(later).toEqual({ loopRegion: { startFrame: 22_050, endFrame: 44_100 }, lengthBeats: 1 });
	expect([whole, half, later].map((settings) => ownTempo(settings, recording))).toEqual([120, 120, 120]);
});

test("a length in beats that is not known stays unknown", () => {
	expect(movedEdge({ ...whole, lengthBeats: 0 }, recording, "end", 44_100).lengthBeats).toBe(0);
	expect(ownTempo({ ...whole, lengthBeats: 0 }, recording)).toBeNull();
});

test("a handle stays within the recording and away from the other end", () => {
	const region = { loopRegion: { startFrame: 1_000, endFrame: 2_000 }, lengthBeats: 0 };
	expect(movedEdge(region, recording, "start", 5_000).loopRegion).toEqual({ startFrame: 1_968, endFrame: 2_000 });
	expect(movedEdge(region, recording, "end", -5).loopRegion).toEqual({ startFrame: 1_000, endFrame: 1_032 });
	expect(movedEdge(region, recording, "start", -5).loopRegion).toEqual({ startFrame: 0, endFrame: 2_000 });
	expect(movedEdge(region, recording, "end", 1e9).loopRegion).toEqual({ startFrame: 1_000, endFrame: 88_200 });
});

test("a region over the whole recording is none", () => {
	const region = { loopRegion: { startFrame: 0, endFrame: 44_100 }, lengthBeats: 2 };
	expect(movedEdge(region, recording, "end", 90_000)).toEqual(whole);
});

test("a region that lies beyond a shorter recording is the whole of it", () => {
	const region = { loopRegion: { startFrame: 90_000, endFrame: 100_000 } };
	expect(regionOf(region, recording)).toEqual({ startFrame: 0, endFrame: 88_200 });
	expect(regionOf({ loopRegion: { startFrame: 10, endFrame: 100_000 } }, recording)).toEqual({
		startFrame: 10,
		endFrame: 88_200,
	});
});

test("beats lie from the start of the region on", () => {
	const region = { loopRegion: { startFrame: 100, endFrame: 44_200 }, lengthBeats: 2 };
	expect(beatGridOf(region, recording)).toEqual({ anchorFrame: 100, framesPerBeat: 22_050 });
	expect(beatGridOf({ ...region, lengthBeats: 0 }, recording)).toBeNull();
});

test("beats are held to what the engine takes", () => {
	expect([0, 1 / 64, 3, 9_999].map(heldBeats)).toEqual([0, 1 / 32, 3, 4_096]);
});
