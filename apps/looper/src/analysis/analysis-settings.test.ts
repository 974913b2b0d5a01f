import type { SampleAnalysis, SampleInfo } from "flitzis-looper";
import { expect, test } from "vitest";
import { FakeEngine } from "../instrument/fake-engine.ts";
import { isUncertain, settingsFromAnalysis, sureSettings } from "./analysis-settings.ts";
import { loopAnalysis, trackAnalysis } from "./test-analysis.ts";

function file(seconds: number, isOneShot: boolean | null = null): SampleInfo {
	const info = new FakeEngine().sampleInfo();
	const metadata = { ...info.source.metadata, isOneShot };
	return {
		...info,
		durationSec: seconds,
		source: { ...info.source, sampleRate: 1_000, frames: seconds * 1_000, metadata },
	};
}

function withTempo(analysis: SampleAnalysis, tempo: Partial<NonNullable<SampleAnalysis["tempo"]>>): SampleAnalysis {
	return { ...analysis, tempo: { ...analysis.tempo!, ...tempo } };
}

test("a loop goes round whole and in time", () => {
	expect(sureSettings(loopAnalysis, file(4))).toEqual({
		launchMode: "toggle",
		loop: true,
		sync: "repitch",
		lengthBeats: 8,
		loopRegion: null,
	});
});

test("drums are cut into slices", () => {
	expect(sureSettings({ ...loopAnalysis, isPercussive: true }, file(4))).toMatchObject({
		lengthBeats: 8,
		sync: "slices",
	});
});

test("of a longer recording the whole bars from the first one on are played", () => {
	expect(settingsFromAnalysis(trackAnalysis, file(100))).toMatchObject({
		loop: true,
		lengthBeats: 196,
		loopRegion: { startFrame: 700, endFrame: 98_700 },
	});
	// A last beat whose end is cut off by some milliseconds is one.
	expect(settingsFromAnalysis(trackAnalysis, file(98.69))).toMatchObject({
		lengthBeats: 196,
		loopRegion: { startFrame: 700, endFrame: 98_690 },
	});
	expect(settingsFromAnalysis(trackAnalysis, file(2))).toBeNull();
});

test("a song has its bars and does not loop by itself", () => {
	expect(sureSettings(trackAnalysis, file(240))).toMatchObject({
		loop: false,
		launchMode: "trigger",
		lengthBeats: 476,
	});
	expect(sureSettings(trackAnalysis, file(7_200))?.lengthBeats).toBe(4_096);
});

test("nothing is set from what is uncertain, uneven, a one-shot, short, or has fewer sounds than beats", () => {
	const unsure = withTempo(loopAnalysis, { confidence: 0.5 });
	expect([isUncertain(unsure), isUncertain(loopAnalysis)]).toEqual([true, false]);
	expect(sureSettings(unsure, file(4))).toBeNull();
	expect(settingsFromAnalysis(unsure, file(4))?.lengthBeats).toBe(8);
	expect(settingsFromAnalysis(withTempo(loopAnalysis, { isConstant: false }), file(4))).toBeNull();
	expect(sureSettings(loopAnalysis, file(4, true))).toBeNull();
	expect(sureSettings({ ...loopAnalysis, onsetsSec: [0, 1, 2] }, file(4))).toBeNull();
	const short = { ...loopAnalysis, beats: { ...loopAnalysis.beats!, lengthBeats: 2 } };
	expect(sureSettings(short, file(1))).toBeNull();
	expect(settingsFromAnalysis({ ...loopAnalysis, tempo: null, beats: null }, file(4))).toBeNull();
});
