import { expect, test } from "vitest";
import { choppedInto, emptyRunBehind } from "./chop.ts";
import { InstrumentHarness } from "./instrument-harness.ts";
import { emptyPad, loopSettings, type PadSource } from "./pad-state.ts";

const settings = { ...emptyPad.settings, ...loopSettings(true), lengthBeats: 8, gainDecibels: -3 };
const beat: PadSource = { source: "beat.wav", title: "Beat", isDemo: false, color: "#e070b8", settings };
const file = { frames: 24_000, sampleRate: 24_000 };

test("parts cover the whole sound, or its region, and share its beats", () => {
	const { settings: _, ...wanted } = beat;
	const whole = choppedInto(4, { wanted, settings }, file)!;
	expect(whole.map((part) => part.settings.loopRegion)).toEqual(
		[0, 6_000, 12_000, 18_000].map((startFrame) => ({ startFrame, endFrame: startFrame + 6_000 })),
	);
	expect(whole[2]).toEqual({
		wanted: { ...wanted, title: "Beat 3/4" },
		settings: { ...settings, lengthBeats: 2, loopRegion: { startFrame: 12_000, endFrame: 18_000 } },
	});
	const region = { startFrame: 1_000, endFrame: 2_000 };
	const half = choppedInto(2, { wanted, settings: { ...settings, loopRegion: region } }, file)!;
	expect(half[1]?.settings.loopRegion).toEqual({ startFrame: 1_500, endFrame: 2_000 });
	// A replaced sample may be shorter than the region.
	const cut = choppedInto(2, { wanted, settings: { ...settings, loopRegion: region } }, { ...file, frames: 1_500 })!;
	expect(cut[1]?.settings.loopRegion).toEqual({ startFrame: 1_250, endFrame: 1_500 });
});

test("nothing, and parts of less than a millisecond, are not chopped", () => {
	expect(choppedInto(2, { wanted: null, settings }, file)).toBeNull();
	expect(choppedInto(16, { wanted: beat, settings }, { ...file, frames: 16 * 23 })).toBeNull();
});

test("a row of empty pads is looked for behind the pad", () => {
	const { instrument, put } = chopHarness();
	put(0);
	put(3);
	const { states } = instrument.pads;
	expect([1, 2, 3, 252].map((count) => emptyRunBehind(0, count, states))).toEqual([1, 1, 4, 4]);
	expect(emptyRunBehind(0, 253, states)).toBeNull();
});

test("a chopped pad keeps what it has, its parts come on the next empty pads, and one undo takes them away", () => {
	const { instrument, engine, notices, poll, put } = chopHarness();
	put(2);
	put(4);
	instrument.pads.chop(2, 2);
	for (const pad of [5, 6]) engine.finishLoad(pad);
	poll();
	const titles = (): unknown[] => [2, 3, 4, 5, 6].map((pad) => instrument.pads.states[pad]?.sample?.title);
	expect(titles()).toEqual(["Beat", undefined, "Beat", "Beat 1/2", "Beat 2/2"]);
	expect(engine.sources).toEqual(["beat.wav", "beat.wav", "beat.wav", "beat.wav"]);
	expect(instrument.pads.states[6]?.settings).toMatchObject({
		lengthBeats: 4,
		gainDecibels: -3,
		loopRegion: { startFrame: 12_000, endFrame: 24_000 },
	});
	expect(instrument.history.undoLabel).toBe("Chop pad 3 into 2");
	expect(notices).toEqual([{ tone: "info", text: "The parts are on pads 6 to 7." }]);
	instrument.history.undo();
	expect(titles()).toEqual(["Beat", undefined, "Beat", undefined, undefined]);
});

test("a pad that another sound is being loaded onto is not chopped", () => {
	const { instrument, engine, put } = chopHarness();
	put(2);
	instrument.pads.load(2, beat);
	instrument.pads.chop(2, 4);
	expect(engine.sources).toEqual(["beat.wav", "beat.wav"]);
});

test("without room, and without enough sound, nothing changes and the performer is told why", () => {
	const { instrument, engine, notices, put } = chopHarness();
	put(250);
	instrument.pads.chop(250, 8);
	engine.samples = new Float32Array(100);
	instrument.pads.chop(250, 4);
	expect(notices.map(({ text }) => text)).toEqual([
		"There are no 8 empty pads in a row behind pad 251. Empty some there, or choose fewer parts.",
		"Each of 4 parts would last less than a millisecond. Choose fewer parts, or a longer region.",
	]);
	expect(engine.sources).toEqual(["beat.wav"]);
	expect(instrument.history.undoLabel).toBe("Beat on pad 251");
});

interface ChopHarness extends Pick<InstrumentHarness, "engine" | "instrument" | "notices"> {
	readonly poll: () => void;
	/** Loads the beat. */
	readonly put: (pad: number) => void;
}

function chopHarness(): ChopHarness {
	const harness = new InstrumentHarness();
	const { engine, instrument, notices } = harness;
	return { engine, instrument, notices, poll: () => harness.poll(), put: (pad) => harness.put(pad, beat) };
}
