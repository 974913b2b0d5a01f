import { expect, test } from "vitest";
import { InstrumentHarness } from "./instrument-harness.ts";
import { emptyPad, loopSettings, type PadSource } from "./pad-state.ts";

const beat: PadSource = {
	source: "beat.wav",
	title: "Beat",
	isDemo: false,
	settings: { ...emptyPad.settings, ...loopSettings(true) },
	color: "#e070b8",
};
const kick: PadSource = { source: "kick.wav", title: "Kick", isDemo: false, color: null };

/** What pads hold, by title. */
function titles({ instrument }: InstrumentHarness, ...pads: readonly number[]): readonly (string | undefined)[] {
	return pads.map((pad) => instrument.pads.states[pad]?.sample?.title);
}

function finish(harness: InstrumentHarness, ...pads: readonly number[]): void {
	for (const pad of pads) harness.engine.finishLoad(pad);
	harness.poll();
}

test("a setting is undone and redone, a drag of it in one step", () => {
	const { engine, instrument } = new InstrumentHarness();
	const { pads, history } = instrument;
	pads.set(2, { pan: -1 });
	for (const gainDecibels of [-1, -2, -3]) pads.set(2, { gainDecibels }, "drag 1");
	expect(history.undoLabel).toBe("Gain of pad 3");
	history.undo();
	expect(pads.states[2]?.settings).toMatchObject({ gainDecibels: 0, pan: -1 });
	history.redo();
	expect(pads.states[2]?.settings.gainDecibels).toBe(-3);
	expect(engine.calls.slice(-2)).toEqual(['set 2 {"gainDecibels":0}', 'set 2 {"gainDecibels":-3}']);
});

test("a setting that is set to what it is leaves no step", () => {
	const { engine, instrument } = new InstrumentHarness();
	instrument.pads.set(2, { gainDecibels: 0 });
	expect([instrument.history.canUndo, engine.calls]).toEqual([false, []]);
});

test("undoing a region sets its length in beats with it, so that the engine scales nothing", () => {
	const { engine, instrument } = new InstrumentHarness();
	instrument.pads.set(0, { lengthBeats: 8 });
	instrument.pads.set(0, { loopRegion: { startFrame: 0, endFrame: 100 }, lengthBeats: 4 });
	instrument.history.undo();
	expect(engine.calls.at(-1)).toBe('set 0 {"lengthBeats":8,"loopRegion":null}');
});

test("undoing a replaced sample loads the old one from its source, with the loop setting that it had", () => {
	const harness = new InstrumentHarness();
	const { pads, history } = harness.instrument;
	harness.put(1, kick);
	harness.put(1, beat);
	history.undo();
	expect(pads.states[1]).toMatchObject({ sample: { title: "Beat" }, load: { wanted: { title: "Kick" } } });
	finish(harness, 1);
	expect(pads.states[1]).toMatchObject({ sample: { title: "Kick" }, settings: { loop: false, launchMode: "trigger" } });
	history.redo();
	finish(harness, 1);
	expect(pads.states[1]).toMatchObject({ sample: { title: "Beat" }, settings: { loop: true, launchMode: "toggle" } });
	expect(harness.engine.sources).toEqual(["kick.wav", "beat.wav", "kick.wav", "beat.wav"]);
});

test("undoing a load in flight cancels it and loads nothing", () => {
	const harness = new InstrumentHarness();
	harness.put(1, kick);
	harness.instrument.pads.load(1, beat);
	harness.instrument.history.undo();
	finish(harness, 1);
	expect(titles(harness, 1)).toEqual(["Kick"]);
	expect(harness.engine.calls).toEqual(["cancel 1"]);
	expect(harness.engine.sources).toHaveLength(2);
});

test("undoing a load onto an empty pad unloads it only when it is silent", () => {
	const harness = new InstrumentHarness();
	const { engine, instrument } = harness;
	harness.put(1, kick);
	engine.activity.padState[1] = 1;
	engine.activity.voices[1] = 1;
	instrument.history.undo();
	harness.poll();
	expect([titles(harness, 1), engine.calls]).toEqual([[undefined], []]);
	engine.activity.padState[1] = 0;
	harness.poll();
	expect(engine.calls).toEqual([]);
	engine.activity.voices[1] = 0;
	harness.poll();
	harness.poll();
	expect(engine.calls).toEqual(["unload 1"]);
});

test("a sample that is loaded before the pad is silent is not unloaded", () => {
	const harness = new InstrumentHarness();
	const { engine, instrument } = harness;
	harness.put(1, kick);
	engine.activity.voices[1] = 1;
	instrument.history.undo();
	instrument.history.redo();
	engine.activity.voices[1] = 0;
	harness.poll();
	finish(harness, 1);
	harness.poll();
	expect([titles(harness, 1), engine.calls]).toEqual([["Kick"], []]);
});

test("undoing an emptied pad loads its sample and restores its settings", () => {
	const harness = new InstrumentHarness();
	const { pads, history } = harness.instrument;
	harness.put(3, beat);
	pads.set(3, { gainDecibels: -9 });
	pads.empty(3);
	history.undo();
	finish(harness, 3);
	expect(pads.states[3]).toMatchObject({
		sample: { title: "Beat", color: "#e070b8" },
		settings: { gainDecibels: -9, loop: true },
	});
	const stops = harness.engine.calls.length;
	history.redo();
	expect(pads.states[3]).toMatchObject({ sample: null, settings: { gainDecibels: 0, loop: false } });
	expect(harness.engine.calls.slice(stops)).toEqual([]);
});

test("swapped pads exchange samples and settings, and an undo brings them back", () => {
	const harness = new InstrumentHarness();
	const { pads, history } = harness.instrument;
	harness.put(0, beat);
	harness.put(5, kick);
	pads.set(5, { pan: 0.5 });
	pads.swap(0, 5);
	finish(harness, 0, 5);
	expect(titles(harness, 0, 5)).toEqual(["Kick", "Beat"]);
	expect([0, 5].map((pad) => pads.states[pad]?.settings)).toMatchObject([
		{ pan: 0.5, loop: false },
		{ pan: 0, loop: true },
	]);
	expect(history.undoLabel).toBe("Swap pads 1 and 6");
	history.undo();
	finish(harness, 0, 5);
	expect(titles(harness, 0, 5)).toEqual(["Beat", "Kick"]);
	expect(pads.states[5]?.settings).toMatchObject({ pan: 0.5, loop: false });
	expect(harness.engine.calls.filter((call) => /^(?:stop|unload)/u.test(call))).toEqual([]);
});

test("a pad that is swapped with an empty one leaves nothing behind", () => {
	const harness = new InstrumentHarness();
	harness.put(0, beat);
	harness.instrument.pads.swap(0, 1);
	finish(harness, 1);
	expect(titles(harness, 0, 1)).toEqual([undefined, "Beat"]);
	harness.poll();
	expect(harness.engine.calls).toContain("unload 0");
});

test("a copied pad is on both pads, and an undo takes it from the second", () => {
	const harness = new InstrumentHarness();
	harness.put(0, beat);
	harness.instrument.pads.copy(0, 9);
	finish(harness, 9);
	expect(titles(harness, 0, 9)).toEqual(["Beat", "Beat"]);
	expect(harness.instrument.pads.states[9]?.settings.loop).toBe(true);
	harness.instrument.history.undo();
	expect(titles(harness, 0, 9)).toEqual(["Beat", undefined]);
	expect(harness.instrument.pads.states[9]?.settings.loop).toBe(false);
});

test("opened contents replace everything on the pads", () => {
	const harness = new InstrumentHarness();
	const { pads } = harness.instrument;
	harness.put(0, beat);
	harness.put(1, kick);
	const { settings } = pads.states[0]!;
	pads.open(new Map([[1, { wanted: beat, settings }]]));
	finish(harness, 1);
	expect(titles(harness, 0, 1)).toEqual([undefined, "Beat"]);
	expect([0, 1].map((pad) => pads.states[pad]?.settings.loop)).toEqual([false, true]);
});

test("swapped pads that play one file exchange their titles and colours, too", () => {
	const harness = new InstrumentHarness();
	const { pads, history } = harness.instrument;
	harness.put(0, { ...kick, title: "Part 1", color: "#111111" });
	harness.put(1, { ...kick, title: "Part 2", color: "#222222" });
	pads.swap(0, 1);
	expect([titles(harness, 0, 1), pads.states[0]?.sample?.color]).toEqual([["Part 2", "Part 1"], "#222222"]);
	history.undo();
	expect(titles(harness, 0, 1)).toEqual(["Part 1", "Part 2"]);
	pads.copy(1, 0);
	expect(titles(harness, 0, 1)).toEqual(["Part 2", "Part 2"]);
});

test("a sound that could not be loaded comes back when the pad is filled or emptied, and that is undone", () => {
	const harness = new InstrumentHarness();
	const { pads, history } = harness.instrument;
	harness.put(0, kick);
	pads.load(1, beat);
	harness.engine.failLoad(1, "Too little memory.", "out-of-memory");
	harness.poll();
	pads.swap(0, 1);
	finish(harness, 0, 1);
	expect(titles(harness, 0, 1)).toEqual(["Beat", "Kick"]);
	history.undo();
	finish(harness, 0, 1);
	expect(titles(harness, 0, 1)).toEqual(["Kick", "Beat"]);
});

test("redoing a load redoes what its file had set, so that later edits find it", () => {
	const harness = new InstrumentHarness();
	const { pads, history } = harness.instrument;
	harness.put(0, kick);
	pads.follow(0, { ...loopSettings(true), lengthBeats: 4 });
	pads.set(0, { lengthBeats: 8 });
	history.undo();
	history.undo();
	history.redo();
	history.redo();
	finish(harness, 0);
	expect(pads.states[0]?.settings).toMatchObject({ loop: true, lengthBeats: 8 });
});

test("a source is read from its copy once there is one", () => {
	const harness = new InstrumentHarness();
	const { pads } = harness.instrument;
	pads.readFrom = (source) => (source === kick.source ? "copy of kick.wav" : source);
	harness.put(0, kick);
	expect([harness.engine.sources.at(-1), pads.states[0]?.sample?.source]).toEqual(["copy of kick.wav", "kick.wav"]);
});
