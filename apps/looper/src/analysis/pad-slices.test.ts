import { expect, test } from "vitest";
import { InstrumentHarness } from "../instrument/instrument-harness.ts";
import { emptyPad, type PadSlicing, type PadSource } from "../instrument/pad-state.ts";
import { openAnalyses } from "./open-analyses.ts";

const beat: PadSource = { source: "beat.wav", title: "Beat", isDemo: false, color: null };
const halves: PadSlicing = { onsetsSec: [0, 0.5], sensitivity: 0.5, tail: "loop" };

/** Pad 3 holds a second, in which sounds begin at its start and in its middle. */
function slicing(): InstrumentHarness {
	const harness = new InstrumentHarness();
	openAnalyses(harness.engine, harness.instrument);
	harness.put(3, beat);
	harness.instrument.history.clear();
	harness.engine.calls.length = 0;
	return harness;
}

async function settle(): Promise<void> {
	for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

function sliceCalls({ engine }: InstrumentHarness): readonly string[] {
	return engine.calls.filter((call) => call.startsWith("slice"));
}

test("a pad that is to follow the tempo by slices is cut where its sounds begin, which is part of that edit", async () => {
	const harness = slicing();
	const { pads, history } = harness.instrument;
	pads.set(3, { sync: "slices" });
	expect(harness.instrument.analyses?.slices.isSearching(3)).toBe(true);
	await settle();
	expect(harness.instrument.analyses?.slices.isSearching(3)).toBe(false);
	expect(pads.states[3]?.settings.slicing).toEqual(halves);
	expect(sliceCalls(harness)).toEqual(['slice 3 {"sensitivity":0.5,"tail":"loop"}']);
	history.undo();
	expect(pads.states[3]?.settings.sync).toBe("off");
	expect(history.canUndo).toBe(false);
});

test("what the performer cuts is sent, taken back, and sent again", async () => {
	const harness = slicing();
	const { pads, history } = harness.instrument;
	pads.set(3, { sync: "slices" });
	await settle();
	pads.set(3, { slicing: { ...halves, onsetsSec: [0, 0.25, 0.5] } });
	history.undo();
	history.redo();
	await settle();
	expect(sliceCalls(harness).slice(1)).toEqual([
		'slice 3 {"onsetsSec":[0,0.25,0.5],"tail":"loop"}',
		'slice 3 {"onsetsSec":[0,0.5],"tail":"loop"}',
		'slice 3 {"onsetsSec":[0,0.25,0.5],"tail":"loop"}',
	]);
});

test("another sensitivity replaces the slices, and undo restores them", async () => {
	const harness = slicing();
	const { pads, history, analyses } = harness.instrument;
	pads.set(3, { sync: "slices" });
	await settle();
	harness.engine.onsetFrames = [0, 6_000, 12_000];
	await analyses?.slices.find(3, 0.9, "drag");
	expect(pads.states[3]?.settings.slicing).toEqual({ onsetsSec: [0, 0.25, 0.5], sensitivity: 0.9, tail: "loop" });
	history.undo();
	expect(pads.states[3]?.settings.slicing).toEqual(halves);
});

test("slices of a set, and of a copy, are cut as they were, and another file's sample has its own", async () => {
	const harness = slicing();
	const { pads } = harness.instrument;
	harness.put(5, { ...beat, settings: { ...emptyPad.settings, sync: "slices", slicing: halves } });
	await settle();
	expect(sliceCalls(harness)).toEqual(['slice 5 {"onsetsSec":[0,0.5],"tail":"loop"}']);
	pads.copy(5, 6);
	harness.engine.finishLoad(6);
	harness.poll();
	expect(sliceCalls(harness)).toHaveLength(2);
	harness.engine.onsetFrames = [0];
	harness.put(5, { ...beat, source: "other.wav" });
	await settle();
	expect(pads.states[5]?.settings.slicing?.onsetsSec).toEqual([0]);
});

test("a sample that cannot be cut plays on, and the performer is told once", async () => {
	const harness = slicing();
	harness.engine.onsetFrames = null;
	harness.instrument.pads.set(3, { sync: "slices" });
	await settle();
	harness.instrument.pads.set(3, { gainDecibels: -3 });
	await settle();
	expect(harness.notices.map(({ text }) => text)).toEqual(["Pad 4 has no slices: These pads cannot be sliced."]);
	expect(harness.instrument.pads.states[3]?.settings).toMatchObject({ sync: "slices", slicing: null });
});

test("a chop turns each slice into a one-shot on the pads that follow", async () => {
	const harness = slicing();
	const { pads, analyses, history } = harness.instrument;
	pads.set(3, { sync: "slices", loop: true, gainDecibels: -3 });
	await settle();
	analyses?.slices.chop(3);
	for (const pad of [4, 5]) harness.engine.finishLoad(pad);
	harness.poll();
	expect(pads.states[5]).toMatchObject({
		sample: { title: "Beat 2/2" },
		settings: { loop: false, sync: "off", gainDecibels: -3, loopRegion: { startFrame: 12_000, endFrame: 24_000 } },
	});
	expect(history.undoLabel).toBe("Chop pad 4 into 2");
});
