import { expect, test } from "vitest";
import { InstrumentHarness } from "../instrument/instrument-harness.ts";
import { emptyPad, loopSettings } from "../instrument/pad-state.ts";
import { putFiles } from "./put-files.ts";

function file(name: string): Blob & { readonly name: string } {
	return Object.assign(new Blob(["x"]), { name });
}

test("files appear on their pads under their names without extension", () => {
	const { instrument, notices } = new InstrumentHarness();
	putFiles(instrument, [file("kick_1.wav"), file("snare.flac")], { pad: 6, bank: 0 });
	expect([6, 7].map((pad) => instrument.pads.states[pad]?.load?.wanted.title)).toEqual(["kick 1", "snare"]);
	expect(notices).toEqual([]);
});

test("the performer is told how many files found no pad", () => {
	const { instrument, notices } = new InstrumentHarness();
	const files = Array.from({ length: 259 }, (_, index) => file(`${index}.wav`));
	putFiles(instrument, files, { pad: 0, bank: 0 });
	expect(instrument.pads.states.every((pad) => pad.load?.phase === "waiting")).toBe(true);
	expect(notices.map(({ text }) => text)).toEqual([expect.stringMatching(/^3 files were left out/u)]);
});

test("a drop without any audio file becomes a notice", () => {
	const { instrument, notices } = new InstrumentHarness();
	putFiles(instrument, [], { pad: 0, bank: 0 });
	expect(notices).toHaveLength(1);
});

test("a file inherits the settings of the performer's own sound it replaces, but not of a demo sound", () => {
	const { engine, instrument } = new InstrumentHarness();
	const settings = { ...emptyPad.settings, ...loopSettings(true) };
	const beat = { source: "beat.wav", title: "Beat", settings, color: null };
	instrument.pads.load(0, { ...beat, isDemo: true });
	instrument.pads.load(1, { ...beat, isDemo: false });
	for (const pad of [0, 1]) engine.finishLoad(pad);
	instrument.poller.poll();
	for (const pad of [0, 1]) {
		putFiles(instrument, [file("mine.wav")], { pad: pad, bank: 0 });
		engine.finishLoad(pad);
	}
	instrument.poller.poll();
	expect([0, 1].map((pad) => instrument.pads.states[pad]?.settings.loop)).toEqual([false, true]);
});
