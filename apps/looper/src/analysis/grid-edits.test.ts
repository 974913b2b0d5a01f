import { expect, test } from "vitest";
import { InstrumentHarness } from "../instrument/instrument-harness.ts";
import type { PadSettings } from "../instrument/pad-state.ts";
import type { GridEdits } from "./grid-edits.ts";
import { openAnalyses } from "./open-analyses.ts";
import { loopAnalysis } from "./test-analysis.ts";

/** Pads 3 and 5 hold four seconds at 48 kHz of a file at 24 kHz. */
async function editing(): Promise<InstrumentHarness & { readonly grid: GridEdits }> {
	const harness = new InstrumentHarness();
	harness.engine.samples = new Float32Array(4 * 48_000);
	harness.engine.analysis = loopAnalysis;
	openAnalyses(harness.engine, harness.instrument);
	for (const pad of [3, 5]) harness.put(pad, { source: `${pad}.wav`, title: "A", isDemo: false, color: null });
	for (let turn = 0; turn < 10; turn++) await Promise.resolve();
	harness.instrument.history.clear();
	return Object.assign(harness, { grid: harness.instrument.analyses!.grid });
}

function settingsOf({ instrument }: InstrumentHarness, pad: number): PadSettings {
	return instrument.pads.states[pad]!.settings;
}

test("several pads are made loops in time from what was found, in one step of the history", async () => {
	const harness = await editing();
	harness.grid.edit([3, 5], "match", 0);
	for (const pad of [3, 5]) {
		expect(settingsOf(harness, pad)).toMatchObject({
			loop: true,
			launchMode: "toggle",
			sync: "repitch",
			lengthBeats: 8,
		});
	}
	harness.instrument.history.undo();
	expect(settingsOf(harness, 5)).toMatchObject({ loop: false, lengthBeats: 0 });
	expect(harness.instrument.history.canUndo).toBe(false);
});

test("a pad whose beats are not known says so, and one whose are keeps them", async () => {
	const harness = await editing();
	harness.instrument.pads.set(3, { lengthBeats: 5 });
	harness.grid.edit([3, 9], "match", 0);
	expect(settingsOf(harness, 3)).toMatchObject({ loop: true, sync: "repitch", lengthBeats: 5 });
	expect(harness.notices.map(({ text }) => text)).toEqual([
		"Pad 10 has no beats that are known. Tap them, or say how many they are.",
	]);
});

test("three taps set the tempo, and more are the same step of the history", async () => {
	const harness = await editing();
	for (const timeMs of [0, 1_000, 2_000, 3_000]) harness.grid.edit([3], "tap", timeMs);
	expect(settingsOf(harness, 3).lengthBeats).toBe(4);
	harness.instrument.history.undo();
	expect(settingsOf(harness, 3).lengthBeats).toBe(0);
	// Taps on another pad start over.
	for (const timeMs of [4_000, 5_000]) harness.grid.edit([5], "tap", timeMs);
	expect(settingsOf(harness, 5).lengthBeats).toBe(0);
});

test("beats are shifted by halves, and begin where the performer says that a bar begins", async () => {
	const harness = await editing();
	const { activity } = harness.engine;
	harness.instrument.pads.set(3, { lengthBeats: 4, loopRegion: { startFrame: 24_000, endFrame: 72_000 } });
	harness.grid.edit([3], "later", 0);
	expect(settingsOf(harness, 3).loopRegion).toEqual({ startFrame: 30_000, endFrame: 78_000 });
	harness.grid.edit([3], "earlier", 0);
	harness.grid.edit([3], "one", 0);
	expect(harness.notices.map(({ text }) => text)).toEqual(["Play the pad, and press that when its bar begins."]);
	activity.padState[3] = 1;
	activity.playhead[3] = 73_000;
	harness.poll();
	harness.grid.edit([3], "one", 0);
	expect(settingsOf(harness, 3).loopRegion).toEqual({ startFrame: 36_000, endFrame: 84_000 });
});
