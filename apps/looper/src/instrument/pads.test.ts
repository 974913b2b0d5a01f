import { expect, test } from "vitest";
import { InstrumentHarness } from "./instrument-harness.ts";
import { emptyPad, loopSettings, type PadSource } from "./pad-state.ts";

const beat: PadSource = {
	source: "beat.wav",
	title: "Beat",
	isDemo: true,
	settings: { ...emptyPad.settings, ...loopSettings(true) },
	color: "#e070b8",
};
const kick: PadSource = { source: "kick.wav", title: "Kick", isDemo: false, color: null };

test("a poll reports the progress of a load", () => {
	const harness = new InstrumentHarness();
	const { pads } = harness.instrument;
	const changed: number[] = [];
	pads.changes.add((pad) => changed.push(pad));
	pads.load(3, kick);
	harness.engine.progressLoad(3, 0.5, "Loading (decoding)");
	harness.poll();
	expect(pads.states[3]?.load).toMatchObject({ phase: "loading", percent: 0.5, stage: "Loading (decoding)" });
	harness.engine.finishLoad(3);
	harness.poll();
	expect(pads.states[3]?.sample?.title).toBe("Kick");
	expect(changed).toEqual([3, 3, 3, 3]);
});

test("a pad that loops toggles, and one that does not triggers", () => {
	const harness = new InstrumentHarness();
	harness.put(4, beat);
	harness.put(4, { ...kick, settings: emptyPad.settings });
	expect(harness.engine.calls).toEqual([
		'set 4 {"loop":true,"launchMode":"toggle"}',
		'set 4 {"loop":false,"launchMode":"trigger"}',
	]);
});

test("switching a pad's loop off stops the loop that is running, and switching it on does not", () => {
	const { engine, instrument } = new InstrumentHarness();
	instrument.pads.switchLoop(4, true);
	instrument.pads.switchLoop(4, false);
	expect(engine.calls).toEqual([
		'set 4 {"loop":true,"launchMode":"toggle"}',
		"stop sample 4",
		'set 4 {"loop":false,"launchMode":"trigger"}',
	]);
});

test("a pad's gain stays when its sample is replaced, and is reset when the pad is emptied", () => {
	const harness = new InstrumentHarness();
	harness.put(2, kick);
	harness.instrument.pads.set(2, { gainDecibels: -12 });
	harness.put(2, kick);
	harness.instrument.pads.empty(2);
	expect(harness.engine.calls).toEqual(['set 2 {"gainDecibels":-12}', "unload 2", 'set 2 {"gainDecibels":0}']);
});

test("a loop region is sent with the length in beats, which the engine would else scale", () => {
	const { engine, instrument } = new InstrumentHarness();
	instrument.pads.set(1, { lengthBeats: 8 });
	instrument.pads.set(1, { loopRegion: { startFrame: 0, endFrame: 500 } });
	instrument.pads.set(1, { loopRegion: null, lengthBeats: 4 });
	expect(engine.calls).toEqual([
		'set 1 {"lengthBeats":8}',
		'set 1 {"loopRegion":{"startFrame":0,"endFrame":500},"lengthBeats":8}',
		'set 1 {"lengthBeats":4,"loopRegion":null}',
	]);
});

test("the equalizer is one setting", () => {
	const { engine, instrument } = new InstrumentHarness();
	instrument.pads.set(1, { eq: { ...emptyPad.settings.eq, highDecibels: -6 } });
	expect(engine.calls).toEqual(['set 1 {"eq":{"lowDecibels":0,"midDecibels":0,"highDecibels":-6}}']);
});

test("a failed load can be repeated from the same source", () => {
	const harness = new InstrumentHarness();
	const { pads } = harness.instrument;
	pads.load(2, kick);
	harness.engine.failLoad(2, "File not found", "file-not-found");
	harness.poll();
	expect(pads.states[2]?.load).toMatchObject({ phase: "failed", reason: "File not found" });
	pads.retry(2);
	harness.engine.finishLoad(2);
	harness.poll();
	expect(pads.states[2]?.sample?.title).toBe("Kick");
	expect(harness.engine.sources).toEqual(["kick.wav", "kick.wav"]);
});

test("emptying a pad removes its sample and its load", () => {
	const harness = new InstrumentHarness();
	const { pads } = harness.instrument;
	harness.put(2, kick);
	pads.load(2, beat);
	pads.empty(2);
	expect(harness.engine.calls).toEqual(["unload 2"]);
	expect(pads.states[2]).toEqual(emptyPad);
	harness.engine.finishLoad(2);
	harness.poll();
	expect(pads.states[2]?.sample).toBeNull();
});

test("dismissing a load in flight cancels it and keeps the old sample", () => {
	const harness = new InstrumentHarness();
	const { pads } = harness.instrument;
	harness.put(2, kick);
	pads.load(2, beat);
	pads.dismissLoad(2);
	expect(harness.engine.calls).toEqual(["cancel 2"]);
	expect(pads.states[2]).toMatchObject({ sample: { title: "Kick" }, load: null });
});

test("pads that are swapped load each other's sounds, and get each other's settings with them", () => {
	const harness = new InstrumentHarness();
	const { pads } = harness.instrument;
	harness.put(2, beat);
	harness.put(40, kick);
	pads.set(40, { gainDecibels: -6 });
	harness.engine.calls.length = 0;
	pads.swap(2, 40);
	expect(harness.engine.sources.slice(-2)).toEqual(["kick.wav", "beat.wav"]);
	expect(harness.engine.calls).toEqual([]);
	for (const pad of [2, 40]) harness.engine.finishLoad(pad);
	harness.poll();
	expect([2, 40].map((pad) => pads.states[pad]?.sample?.title)).toEqual(["Kick", "Beat"]);
	expect(harness.engine.calls).toEqual([
		'set 2 {"gainDecibels":-6,"loop":false,"launchMode":"trigger"}',
		'set 40 {"gainDecibels":0,"loop":true,"launchMode":"toggle"}',
	]);
	expect(pads.states[40]?.sample).toMatchObject({ isDemo: true, color: "#e070b8" });
});

test("a sounding pad that is swapped with an empty one keeps its sample and settings in the engine until it is silent", () => {
	const harness = new InstrumentHarness();
	const { pads } = harness.instrument;
	const { activity, calls } = harness.engine;
	harness.put(2, kick);
	pads.set(2, { pan: 1 });
	calls.length = 0;
	activity.voices[2] = 1;
	activity.padState[2] = 1;
	pads.swap(2, 40);
	harness.engine.finishLoad(40);
	harness.poll();
	expect(pads.states[2]).toEqual(emptyPad);
	expect(calls).toEqual(['set 40 {"pan":1}']);
	activity.voices[2] = 0;
	activity.padState[2] = 0;
	harness.poll();
	harness.poll();
	expect(calls).toEqual(['set 40 {"pan":1}', "unload 2", 'set 2 {"pan":0}']);
});

test("a pad that rings out is not unloaded when it has been filled again", () => {
	const harness = new InstrumentHarness();
	const { pads } = harness.instrument;
	harness.put(2, kick);
	harness.engine.activity.voices[2] = 1;
	pads.swap(2, 40);
	harness.put(2, beat);
	harness.engine.activity.voices[2] = 0;
	harness.poll();
	expect(harness.engine.calls).toEqual(['set 2 {"loop":true,"launchMode":"toggle"}']);
	expect(pads.states[2]?.sample?.title).toBe("Beat");
});

test("a copy has the sound and the settings, and what it is copied from keeps them", () => {
	const harness = new InstrumentHarness();
	const { pads } = harness.instrument;
	harness.put(2, beat);
	pads.copy(2, 255);
	harness.engine.finishLoad(255);
	harness.poll();
	const [from, to] = [pads.states[2]!, pads.states[255]!];
	expect(to).toEqual(from);
	pads.copy(9, 2);
	pads.copy(2, 2);
	expect(pads.states[2]).toBe(from);
});

test("settings that the engine refused are sent with the next ones", () => {
	const { engine, instrument } = new InstrumentHarness();
	engine.refusal = new Error("1024 commands are waiting");
	instrument.pads.set(4, { pan: 1 });
	engine.refusal = null;
	instrument.pads.set(4, { gainDecibels: -6 });
	expect(engine.calls).toEqual(['set 4 {"gainDecibels":-6,"pan":1}']);
});
