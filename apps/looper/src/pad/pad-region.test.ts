import { expect, test } from "vitest";
import { FakeEngine } from "../instrument/fake-engine.ts";
import { emptyPad, type PadSettings } from "../instrument/pad-state.ts";
import { padTempo, playedShare, playedSound, regionShares } from "./pad-region.ts";

/** Four seconds of sound, from a file of 24,000 frames per second. */
function facts(tempo: number | null = null) {
	const engine = new FakeEngine();
	engine.samples = new Float32Array(4 * 48_000);
	const info = engine.sampleInfo();
	return { ...info, source: { ...info.source, metadata: { ...info.source.metadata, tempo } } };
}

function settings(changed: Partial<PadSettings>): PadSettings {
	return { ...emptyPad.settings, ...changed };
}

test("a region is a share of the sample, in frames of its file", () => {
	expect(regionShares(settings({}), facts())).toEqual({ start: 0, end: 1 });
	const second = { loopRegion: { startFrame: 24_000, endFrame: 48_000 } };
	expect(regionShares(settings(second), facts())).toEqual({ start: 0.25, end: 0.5 });
});

test("a region beyond the sample is clamped, and what is empty then is the whole sample", () => {
	const clamped = { loopRegion: { startFrame: 24_000, endFrame: 1e9 } };
	expect(regionShares(settings(clamped), facts())).toEqual({ start: 0.25, end: 1 });
	const beyond = { loopRegion: { startFrame: 1e8, endFrame: 1e9 } };
	expect(regionShares(settings(beyond), facts())).toEqual({ start: 0, end: 1 });
});

test("the tempo is that of the region's beats, else the file's", () => {
	expect(padTempo(settings({ lengthBeats: 8 }), facts())).toBe(120);
	expect(padTempo(settings({ lengthBeats: 8, loopRegion: { startFrame: 0, endFrame: 48_000 } }), facts())).toBe(240);
	expect(padTempo(settings({ lengthBeats: 8 }), facts(97.5))).toBe(120);
	expect(padTempo(settings({}), facts(97.5))).toBe(97.5);
	expect(padTempo(settings({}), facts())).toBeNull();
});

test("what has been played is counted from where playing begins", () => {
	const region = { loopRegion: { startFrame: 24_000, endFrame: 72_000 } };
	const forwards = playedSound(settings(region), facts());
	const backwards = playedSound(settings({ ...region, isReversed: true }), facts());
	expect([0.1, 0.25, 0.5, 0.75, 0.9].map((place) => playedShare(place, forwards))).toEqual([0, 0, 0.5, 1, 1]);
	expect([0.75, 0.5, 0.25].map((place) => playedShare(place, backwards))).toEqual([0, 0.5, 1]);
});
