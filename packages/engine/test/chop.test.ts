import type { AudioEngine } from "flitzis-looper";
import { expect, test } from "vitest";
import { offlineEngine } from "./engine-harness.ts";
import { noise, writeWave } from "./fixtures.ts";

const FRAMES = 8_000;
const samples = noise(FRAMES, 1, { seed: 7 });

async function loaded(): Promise<AudioEngine> {
	const engine = await offlineEngine({ sampleSlots: 16 });
	await engine.loadSample(2, writeWave(samples, { coding: "f32", sampleRate: 48_000, channels: 1 }));
	return engine;
}

/** What a press of a pad plays, up to a number of frames. */
function heard(engine: AudioEngine, id: number, frames: number): number[] {
	engine.stopAll();
	engine.renderOffline(1_000);
	engine.pad(id).press(1);
	return [...engine.renderOffline(frames)[0]];
}

test("equal parts lie on the pads that follow and play their own frames of the same memory", async () => {
	const engine = await loaded();
	const { pcmBytes } = engine.stats();
	engine.pad(2).lengthBeats = 8;
	expect(engine.pad(2).chop({ parts: 4 })).toEqual([3, 4, 5, 6]);
	expect(engine.stats().pcmBytes).toBe(pcmBytes);
	for (const [part, id] of [3, 4, 5, 6].entries()) {
		const whole = heard(engine, id, 2_500);
		// Behind that a part fades out, except where the sample ends.
		const bare = id === 6 ? 2_000 : 1_700;
		expect(whole.slice(0, bare)).toEqual([...samples.subarray(part * 2_000, part * 2_000 + bare)]);
		expect(whole.slice(2_000).every((value) => value === 0)).toBe(true);
		expect(engine.pad(id).lengthBeats).toBe(2);
	}
	expect(engine.pad(2).loopRegion).toBeNull();
	engine.unloadSample(2);
	for (const id of [3, 4, 5]) engine.unloadSample(id);
	engine.renderOffline(10_000);
	expect(heard(engine, 6, 10)).toEqual([...samples.subarray(6_000, 6_010)]);
	engine.unloadSample(6);
	engine.renderOffline(10_000);
	expect(engine.stats().pcmBytes).toBe(0);
});

test("a chop with an option that there is not changes nothing", async () => {
	const engine = await loaded();
	const { pcmBytes } = engine.stats();
	const message = "There is no option into. The nearest is onto.";
	expect(() => engine.pad(2).chop({ parts: 4, into: 16 } as object)).toThrow(new TypeError(message));
	expect([engine.sampleInfo(3), engine.stats().pcmBytes]).toEqual([null, pcmBytes]);
});

test("parts begin at the frames that are given, inside the pad's region", async () => {
	const engine = await loaded();
	engine.pad(2).loopRegion = { startFrame: 1_000, endFrame: 5_000 };
	expect(engine.pad(2).chop({ atFrames: [1_500, 4_000], onto: 8 })).toEqual([8, 9, 10]);
	const regions = [8, 9, 10].map((id) => engine.pad(id).loopRegion);
	expect(regions).toEqual([
		{ startFrame: 1_000, endFrame: 1_500 },
		{ startFrame: 1_500, endFrame: 4_000 },
		{ startFrame: 4_000, endFrame: 5_000 },
	]);
	expect(heard(engine, 9, 100)).toEqual([...samples.subarray(1_500, 1_600)]);
});

test.each([
	["that ends behind the sample is cut there", { loopEndFrame: 16_000 }, 0],
	["without an end has the sample's", { loopStartFrame: 4_000 }, 4_000],
	["behind the sample is the whole sample", { loopStartFrame: 9_000, loopEndFrame: 12_000 }, 0],
	["that ends before its start is the whole sample", { loopStartFrame: 500, loopEndFrame: 100 }, 0],
])("a region %s", async (_, points, startFrame) => {
	const engine = await loaded();
	engine.pad(2).set({ ...points, lengthBeats: 8 });
	engine.pad(2).chop({ parts: 2 });
	const middle = (startFrame + FRAMES) / 2;
	expect(engine.pad(3).loopRegion).toEqual({ startFrame, endFrame: middle });
	expect(engine.pad(4).loopRegion).toEqual({ startFrame: middle, endFrame: FRAMES });
	expect([engine.pad(3).lengthBeats, engine.pad(4).lengthBeats]).toEqual([4, 4]);
});

test.each([
	[{}, TypeError],
	[{ parts: 2, atFrames: [3] }, TypeError],
	[{ parts: 0 }, RangeError],
	[{ parts: 1.5 }, RangeError],
	[{ parts: 14 }, RangeError],
	[{ parts: 2, onto: 1 }, RangeError],
	[{ parts: 2, onto: 15 }, RangeError],
	[{ atFrames: [5, 4] }, RangeError],
	[{ atFrames: [0] }, RangeError],
	[{ atFrames: [8_000] }, RangeError],
	[{ atFrames: [Number.NaN] }, RangeError],
	[{ atFrames: ["100"] as unknown as number[] }, RangeError],
	[{ atFrames: [Symbol("s")] as unknown as number[] }, RangeError],
])("options that are wrong throw and change nothing: %o", async (options, kind) => {
	const engine = await loaded();
	expect(() => engine.pad(2).chop(options)).toThrow(kind);
	for (let id = 3; id < 16; id++) expect(engine.sampleInfo(id)).toBeNull();
});

test.each([
	[{ startFrame: 1_000, endFrame: 1_000.000_000_000_1 }, { parts: 8 }],
	[{ startFrame: 100, endFrame: 102 }, { parts: 4 }],
	[{ startFrame: 100, endFrame: 200 }, { atFrames: [150, 150.5] }],
])("parts of less than a frame are refused, and nothing has changed: %o in %o", async (loopRegion, options) => {
	const engine = await loaded();
	engine.pad(2).loopRegion = loopRegion;
	const message =
		/^Part [0-7] would be from frame [\d.]+ to [\d.]+, less than one frame of the engine\. Cut fewer parts, or a longer region\.$/;
	expect(() => engine.pad(2).chop({ ...options, onto: 4 })).toThrow(message);
	expect(() => engine.pad(2).chop({ ...options, onto: 4 })).toThrow(RangeError);
	for (let id = 3; id < 16; id++) expect([engine.sampleInfo(id), engine.pad(id).loopRegion]).toEqual([null, null]);
});

test("more parts than there are pads are refused by their number", async () => {
	const engine = await loaded();
	const rest = "Cut fewer parts, or name the first pad with onto.";
	const behind = `14 parts need as many pads, but behind pad 2 there are 13. ${rest}`;
	expect(() => engine.pad(2).chop({ parts: 14 })).toThrow(new RangeError(behind));
	const all = `33 parts need as many pads, but there are 16. ${rest}`;
	expect(() => engine.pad(2).chop({ parts: 33, onto: 0 })).toThrow(new RangeError(all));
});

test("an empty pad has nothing to chop", async () => {
	const engine = await loaded();
	expect(() => engine.pad(0).chop({ parts: 2 })).toThrow(expect.objectContaining({ code: "empty-pad" }));
});
