import type { SampleInfo } from "flitzis-looper";
import { expect, test } from "vitest";
import { FakeEngine } from "../instrument/fake-engine.ts";
import { InstrumentHarness } from "../instrument/instrument-harness.ts";
import { contentOf } from "../instrument/pad-content.ts";
import { emptyPad, loopSettings, type PadSource } from "../instrument/pad-state.ts";
import { settingsFromFile } from "./file-settings.ts";
import { openAnalyses } from "./open-analyses.ts";

type Metadata = SampleInfo["source"]["metadata"];

const nothing: Metadata = new FakeEngine().sampleInfo().source.metadata;

function file(
	name: string,
	seconds: number,
	metadata: Partial<Metadata> = {},
): Pick<SampleInfo, "durationSec" | "source"> {
	const source = { name, format: "WAV", sampleRate: 1_000, channels: 1, frames: Math.round(seconds * 1_000) };
	return { durationSec: seconds, source: { ...source, metadata: { ...nothing, ...metadata } } };
}

const looping = { ...loopSettings(true), sync: "repitch", loopRegion: null };

test("a loop has the beats that its chunks say", () => {
	expect(settingsFromFile(file("a.wav", 4, { beats: 7, tempo: 105 }))).toEqual({ ...looping, lengthBeats: 7 });
	expect(settingsFromFile(file("a.wav", 4, { tempo: 120 }))).toEqual({ ...looping, lengthBeats: 8 });
});

test("a one-shot, a song and a tempo that the length does not bear out set nothing", () => {
	expect(settingsFromFile(file("a 120bpm.wav", 4, { isOneShot: true, tempo: 120, beats: 8 }))).toBeNull();
	expect(settingsFromFile(file("a.wav", 300, { tempo: 120, beats: 600 }))).toBeNull();
	expect(settingsFromFile(file("song 120bpm.wav", 201.3))).toBeNull();
	expect(settingsFromFile(file("a 120bpm.wav", 4.3))).toBeNull();
	expect(settingsFromFile(file("a 120bpm.wav", 3.5))).toBeNull();
	expect(settingsFromFile(file("kick.wav", 4))).toBeNull();
	expect(settingsFromFile(file("a 120bpm.wav", 0))).toBeNull();
});

test("the tempo of a name may be rounded, and of several numbers the one that fits counts", () => {
	expect(settingsFromFile(file("break_97bpm.wav", (8 * 60) / 97.4))?.lengthBeats).toBe(8);
	expect(settingsFromFile(file("90_break_120.wav", 16 / 2))?.lengthBeats).toBe(12);
	expect(settingsFromFile(file("77_break_120.wav", 16 / 2))?.lengthBeats).toBe(16);
});

test("a loop inside the file is the pad's region where the tempo fits it", () => {
	const loops = [{ startFrame: 500, endFrame: 2_500, type: "forward" }] as const;
	const loopRegion = { startFrame: 500, endFrame: 2_500 };
	expect(settingsFromFile(file("a_120bpm.wav", 4.2, { loops }))).toEqual({ ...looping, lengthBeats: 4, loopRegion });
	// As of an instrument's note, which is held.
	expect(settingsFromFile(file("piano.wav", 4.2, { loops }))).toBeNull();
	const backward = [{ ...loops[0], type: "backward" }] as const;
	expect(settingsFromFile(file("a_120bpm.wav", 4, { loops: backward }))).toEqual({ ...looping, lengthBeats: 8 });
});

const dropped: PadSource = { source: "a.wav", title: "A", isDemo: false, color: null, followsFile: true };

/** An instrument whose pads hold a second. */
function harnessOf(name: string): InstrumentHarness {
	const harness = new InstrumentHarness();
	harness.engine.sampleName = name;
	openAnalyses(harness.engine, harness.instrument);
	return harness;
}

test("a dropped loop goes round in time, until the performer says otherwise", () => {
	const harness = harnessOf("a 120bpm.wav");
	const { pads } = harness.instrument;
	harness.put(2, dropped);
	expect(pads.states[2]?.settings).toMatchObject({ ...looping, lengthBeats: 2 });
	// Another one has its own, and one that says nothing has none.
	harness.engine.sampleName = "b 240.wav, 60bpm";
	harness.put(2, dropped);
	expect(pads.states[2]?.settings).toMatchObject({ ...looping, lengthBeats: 1 });
	harness.engine.sampleName = "kick";
	harness.put(2, dropped);
	expect(pads.states[2]?.settings).toEqual(emptyPad.settings);
	pads.set(2, { lengthBeats: 16 });
	harness.engine.sampleName = "a 120bpm.wav";
	harness.put(2, dropped);
	expect(pads.states[2]?.settings).toEqual({ ...emptyPad.settings, lengthBeats: 16 });
});

test("an undo of the load takes the loop's settings back, and a redo gives them again", () => {
	const harness = harnessOf("a 120bpm.wav");
	const { pads, history } = harness.instrument;
	pads.set(2, { gainDecibels: -3 });
	harness.put(2, dropped);
	history.undo();
	expect(pads.states[2]).toMatchObject({ sample: null, settings: { loop: false, lengthBeats: 0, gainDecibels: -3 } });
	history.redo();
	harness.engine.finishLoad(2);
	harness.poll();
	expect(pads.states[2]).toMatchObject({ settings: { loop: true, lengthBeats: 2, gainDecibels: -3 } });
});

test("a set that is opened keeps its own settings", () => {
	const harness = harnessOf("a 120bpm.wav");
	const { pads } = harness.instrument;
	harness.put(2, dropped);
	pads.set(2, { ...loopSettings(false), sync: "off", lengthBeats: 0 });
	pads.open(new Map([[2, contentOf(pads.states[2]!)]]));
	harness.engine.finishLoad(2);
	harness.poll();
	expect(pads.states[2]?.settings).toEqual(emptyPad.settings);
});
