import { expect, test } from "vitest";
import { InstrumentHarness } from "../instrument/instrument-harness.ts";
import { emptyPad, type PadSettings, type PadSource } from "../instrument/pad-state.ts";
import { openAnalyses } from "./open-analyses.ts";
import { loopAnalysis } from "./test-analysis.ts";

const dropped: PadSource = { source: "a.wav", title: "A", isDemo: false, color: null, followsFile: true };
const looping = { launchMode: "toggle", loop: true, sync: "repitch", lengthBeats: 8, loopRegion: null };

/** An instrument in whose samples a loop of eight beats is found. */
function analyzing(): InstrumentHarness {
	const harness = new InstrumentHarness();
	harness.engine.analysis = loopAnalysis;
	harness.engine.samples = new Float32Array(4 * 48_000);
	openAnalyses(harness.engine, harness.instrument);
	return harness;
}

/** Lets analyses end. */
async function settle(): Promise<void> {
	for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

test("a dropped loop goes round in time as soon as its beats are found, and shows its key", async () => {
	const harness = analyzing();
	const { pads } = harness.instrument;
	harness.put(3, dropped);
	expect(pads.states[3]?.settings).toEqual(emptyPad.settings);
	await settle();
	expect(pads.states[3]?.settings).toMatchObject(looping);
	expect(pads.states[3]?.analysis?.key?.tonic).toBe("A");
});

test("what the performer has set stays", async () => {
	const harness = analyzing();
	harness.put(3, dropped);
	harness.instrument.pads.set(3, { lengthBeats: 16 });
	await settle();
	expect(harness.instrument.pads.states[3]?.settings).toMatchObject({ loop: false, lengthBeats: 16 });
});

test("what a set has of an earlier file is followed by the next one, as if it had just been found", async () => {
	const harness = analyzing();
	const { pads } = harness.instrument;
	harness.put(3, { ...dropped, followsFile: false, settings: { ...emptyPad.settings, ...looping } as PadSettings });
	await settle();
	harness.engine.sampleName = "b_60bpm.wav";
	harness.put(3, { ...dropped, source: "b.wav" });
	await settle();
	expect(pads.states[3]?.settings.lengthBeats).toBe(4);
});

test("what the file says comes before what is found", async () => {
	const harness = analyzing();
	harness.engine.sampleName = "a_60bpm.wav";
	harness.put(3, dropped);
	await settle();
	expect(harness.instrument.pads.states[3]?.settings.lengthBeats).toBe(4);
});

test("a loop known by its name is cut into slices once the analysis finds that it is drums", async () => {
	const harness = analyzing();
	const { pads } = harness.instrument;
	harness.engine.analysis = { ...loopAnalysis, isPercussive: true };
	harness.engine.sampleName = "a_60bpm.wav";
	harness.put(3, dropped);
	expect(pads.states[3]?.settings).toMatchObject({ lengthBeats: 4, sync: "repitch" });
	await settle();
	expect(pads.states[3]?.settings).toMatchObject({ lengthBeats: 4, sync: "slices" });
	// Asking for another mode is an edit, which stays.
	pads.set(3, { sync: "repitch" });
	await settle();
	expect(pads.states[3]?.settings.sync).toBe("repitch");
});

test("a pad that sounds is set when it is silent", async () => {
	const harness = analyzing();
	const { activity } = harness.engine;
	harness.put(3, dropped);
	activity.padState[3] = 1;
	activity.voices[3] = 1;
	harness.poll();
	await settle();
	harness.poll();
	expect(harness.instrument.pads.states[3]?.settings.loop).toBe(false);
	activity.padState[3] = 0;
	activity.voices[3] = 0;
	harness.poll();
	expect(harness.instrument.pads.states[3]?.settings).toMatchObject(looping);
});

test("another sample that comes before the analysis has ended is not set from it", async () => {
	const harness = analyzing();
	harness.put(3, dropped);
	harness.engine.analysis = { ...loopAnalysis, tempo: null, beats: null, key: null };
	harness.put(3, { ...dropped, source: "b.wav" });
	await settle();
	expect(harness.instrument.pads.states[3]).toMatchObject({ settings: { loop: false }, analysis: { key: null } });
});

test("a set keeps its settings, and its samples are analysed for their keys", async () => {
	const harness = analyzing();
	harness.put(3, { ...dropped, followsFile: false, settings: { ...emptyPad.settings, lengthBeats: 3 } });
	await settle();
	expect(harness.instrument.pads.states[3]?.settings.lengthBeats).toBe(3);
	expect(harness.instrument.pads.states[3]?.analysis).toBe(loopAnalysis);
});

test("what is on the pads before is analysed, too; samples of the demo set only when they are asked for", async () => {
	const harness = new InstrumentHarness();
	harness.engine.analysis = loopAnalysis;
	harness.put(1, dropped);
	harness.put(2, { ...dropped, isDemo: true, followsFile: false });
	openAnalyses(harness.engine, harness.instrument);
	await settle();
	expect(harness.engine.analyzed).toEqual([1]);
	harness.instrument.analyses?.pads.ask(2);
	harness.instrument.analyses?.pads.ask(2);
	await settle();
	expect(harness.engine.analyzed).toEqual([1, 2]);
});

test("an analysis that fails leaves the pad as it is, says why, and can be tried again", async () => {
	const harness = analyzing();
	harness.engine.analysis = null;
	const told: number[] = [];
	harness.instrument.analyses?.pads.changes.add((pad) => told.push(pad));
	harness.put(3, dropped);
	expect(harness.instrument.analyses?.pads.progressOf(3)).toEqual({ phase: "waiting" });
	await settle();
	const failed = { phase: "failed", reason: "These pads cannot be analysed." };
	expect(harness.instrument.analyses?.pads.progressOf(3)).toEqual(failed);
	expect(told).toEqual([3, 3]);
	harness.instrument.analyses?.pads.ask(3);
	harness.engine.analysis = loopAnalysis;
	harness.instrument.analyses?.pads.retry(3);
	await settle();
	expect(harness.engine.analyzed).toEqual([3, 3]);
	expect(harness.instrument.analyses?.pads.progressOf(3)).toBeNull();
});
