import { AudioEngine } from "flitzis-looper";
import { afterEach, beforeEach, expect, test } from "vitest";
import { InstrumentHarness } from "../instrument/instrument-harness.ts";
import type { ReadableBlob } from "../sets/readable-blob.ts";
import { MemoryTakeStorage } from "./memory-take-storage.ts";
import { putRecording } from "./put-recording.ts";
import { recordOntoPad } from "./record-onto-pad.ts";
import { Recorder } from "./recorder.ts";
import type { MakeBlob } from "./take-wav.ts";
import { Takes } from "./takes.ts";

const wanted = { pad: 3, bars: null, source: "master", title: "Master" } as const;
const makeBlob: MakeBlob = (parts) => new Blob([...parts] as ConstructorParameters<typeof Blob>[0]);

let engine: AudioEngine;
let harness: InstrumentHarness;
let takes: Takes;
let recorder: Recorder;

beforeEach(async () => {
	engine = new AudioEngine({ output: "offline", sampleRate: 48_000 });
	await engine.run();
	harness = new InstrumentHarness();
	const { notices, performance } = harness.instrument;
	takes = new Takes({ storage: new MemoryTakeStorage(makeBlob), makeBlob, now: () => 0 }, notices);
	recorder = new Recorder(engine, { performance, notices, takes });
	harness.instrument.recording = { recorder, takes, output: null };
});

afterEach(async () => {
	for (const { id } of takes.list) await takes.remove(id);
	await engine.shutDown();
});

/** Records ten blocks for the pad until `end`. @returns whether that has been done */
async function record(end: () => void): Promise<boolean> {
	const recording = recordOntoPad(harness.instrument, wanted, makeBlob);
	await expect.poll(() => recorder.state?.phase).toBe("running");
	engine.renderOffline(1_280);
	end();
	return await recording;
}

test("what is recorded is loaded onto its pad", async () => {
	expect(await record(() => recorder.stopOnPad())).toBe(true);
	expect(harness.instrument.pads.states[3]?.load?.wanted.title).toMatch(/^Master/u);
	expect(takes.list).toEqual([]);
});

test("another set ends what is recorded for a pad, which is kept as a take and leaves the set's own pad alone", async () => {
	expect(await record(() => harness.instrument.pads.open(new Map()))).toBe(true);
	expect(harness.instrument.pads.states[3]?.load).toBeNull();
	expect(takes.list).toMatchObject([{ name: "Take 1", frames: 1_280 }]);
	expect(harness.notices.map(({ text }) => text)).toEqual([
		"The recording for pad 4 ended with its set. It is kept as “Take 1”.",
	]);
});

test("a recording that is read while another set is opened is not loaded onto a pad of that set", async () => {
	const { pads } = harness.instrument;
	const file = async (): Promise<ReadableBlob> => {
		pads.open(new Map());
		return makeBlob(["wav"]);
	};
	expect(await putRecording(harness.instrument, 3, { title: "Verse", file, lengthBeats: null }, makeBlob)).toBe(false);
	expect(pads.states[3]?.load).toBeNull();
	expect(harness.notices.map(({ text }) => text)).toEqual([
		"“Verse” is not on the pad: Another set was opened. It is among the takes.",
	]);
});
