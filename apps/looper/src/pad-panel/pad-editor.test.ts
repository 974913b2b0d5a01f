import { expect, test } from "vitest";
import { InstrumentHarness } from "../instrument/instrument-harness.ts";
import { PadEditor } from "./pad-editor.ts";

/** An editor of pad 3, with pad 5 selected, too. */
function editing(): InstrumentHarness & { readonly editor: PadEditor } {
	const harness = new InstrumentHarness();
	harness.instrument.selection.select(5);
	harness.instrument.selection.toggle(3);
	return Object.assign(harness, { editor: new PadEditor(3, harness.instrument) });
}

test("an edit changes every selected pad", () => {
	const { editor, engine } = editing();
	editor.set({ isMuted: true });
	expect(engine.calls).toEqual(['set 3 {"isMuted":true}', 'set 5 {"isMuted":true}']);
});

test("an edit of several pads is one step of the history, which says how many they are", () => {
	const { editor, instrument } = editing();
	editor.setLooping(true);
	expect(instrument.history.undoLabel).toBe("Loop and launch mode of 2 pads");
	editor.set({ gainDecibels: -6 });
	expect(instrument.history.undoLabel).toBe("Gain of 2 pads");
	for (let steps = 0; steps < 2; steps++) instrument.history.undo();
	expect(instrument.history.canUndo).toBe(false);
	expect([3, 5].map((pad) => instrument.pads.states[pad]?.settings.loop)).toEqual([false, false]);
});

test("a pad that is not selected is edited alone", () => {
	const { instrument, engine } = editing();
	new PadEditor(4, instrument).set({ pan: 1 });
	expect(engine.calls).toEqual(['set 4 {"pan":1}']);
});

test("a band of the equalizer leaves each pad its other bands", () => {
	const { editor, instrument } = editing();
	instrument.pads.set(5, { eq: { lowDecibels: 0, midDecibels: -3, highDecibels: 0 } });
	editor.setBand("lowDecibels", -6);
	const bands = [3, 5].map((pad) => instrument.pads.states[pad]?.settings.eq);
	expect(bands).toEqual([
		{ lowDecibels: -6, midDecibels: 0, highDecibels: 0 },
		{ lowDecibels: -6, midDecibels: -3, highDecibels: 0 },
	]);
});

test("a killed band comes back on every pad as it was, and another sample's at 0 dB", () => {
	const harness = editing();
	const { editor, instrument } = harness;
	const sound = { source: "a.wav", title: "A", isDemo: false, color: null };
	for (const pad of [3, 5]) {
		harness.put(pad, sound);
		instrument.pads.set(pad, { eq: { lowDecibels: -pad, midDecibels: 0, highDecibels: 0 } });
	}
	const lows = (): unknown[] => [3, 5].map((pad) => instrument.pads.states[pad]?.settings.eq.lowDecibels);
	editor.killBand("lowDecibels", true);
	editor.killBand("lowDecibels", true);
	expect(lows()).toEqual([Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]);
	editor.killBand("lowDecibels", false);
	expect(lows()).toEqual([-3, -5]);
	editor.killBand("lowDecibels", true);
	harness.put(5, { ...sound, source: "b.wav" });
	editor.killBand("lowDecibels", false);
	expect(lows()).toEqual([-3, 0]);
});

test("beats are doubled and halved from what each pad has, and stay unknown where they are", () => {
	const { editor, instrument } = editing();
	instrument.pads.set(5, { lengthBeats: 8 });
	editor.scaleBeats(2);
	expect([3, 5].map((pad) => instrument.pads.states[pad]?.settings.lengthBeats)).toEqual([0, 16]);
	editor.scaleBeats(1 / 1_024);
	expect(instrument.pads.states[5]?.settings.lengthBeats).toBe(1 / 32);
});

test("a region is that of one pad", () => {
	const { editor, instrument } = editing();
	editor.setAlone({ loopRegion: { startFrame: 0, endFrame: 100 } });
	expect(instrument.pads.states[5]?.settings.loopRegion).toBeNull();
	expect(instrument.pads.states[3]?.settings.loopRegion).toEqual({ startFrame: 0, endFrame: 100 });
});
