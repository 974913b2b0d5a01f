import { expect, test } from "vitest";
import { FakeEngine } from "../instrument/fake-engine.ts";
import { Instrument, type Notice } from "../instrument/instrument.ts";
import { putFiles } from "./put-files.ts";

function file(name: string): Blob & { readonly name: string } {
	return Object.assign(new Blob(["x"]), { name });
}

function instrumentWithNotices(): { engine: FakeEngine; instrument: Instrument; notices: Notice[] } {
	const engine = new FakeEngine();
	const instrument = new Instrument(engine);
	const notices: Notice[] = [];
	instrument.notices.add((notice) => notices.push(notice));
	return { engine, instrument, notices };
}

test("files go to their pads under their names without extension", () => {
	const { instrument, notices } = instrumentWithNotices();
	putFiles(instrument, [file("kick_1.wav"), file("snare.flac")], 6);
	expect([6, 7].map((pad) => instrument.pads[pad]?.load?.wanted.title)).toEqual(["kick 1", "snare"]);
	expect(notices).toEqual([]);
});

test("the performer is told how many files found no pad", () => {
	const { instrument, notices } = instrumentWithNotices();
	const files = Array.from({ length: 35 }, (_, index) => file(`${index}.wav`));
	putFiles(instrument, files, 0);
	expect(instrument.pads.every((pad) => pad.load?.phase === "waiting")).toBe(true);
	expect(notices.map(({ text }) => text)).toEqual([expect.stringMatching(/^3 files were left out/u)]);
});

test("a drop without any audio file is answered", () => {
	const { instrument, notices } = instrumentWithNotices();
	putFiles(instrument, [], 0);
	expect(notices).toHaveLength(1);
});

test("a file does not inherit the loop of the demo sound it replaces, but that of the performer's own", () => {
	const { engine, instrument } = instrumentWithNotices();
	const beat = { source: "beat.wav", title: "Beat", isLooping: true, color: null };
	instrument.load(0, { ...beat, isDemo: true });
	instrument.load(1, { ...beat, isDemo: false });
	for (const pad of [0, 1]) engine.finishLoad(pad);
	instrument.poll();
	for (const pad of [0, 1]) {
		putFiles(instrument, [file("mine.wav")], pad);
		engine.finishLoad(pad);
	}
	instrument.poll();
	expect([0, 1].map((pad) => instrument.pads[pad]?.isLooping)).toEqual([false, true]);
});
