import { expect, test } from "vitest";
import { FakeEngine } from "./fake-engine.ts";
import { Instrument, type Notice } from "./instrument.ts";
import { patiencePolls } from "./loop-run.ts";
import type { PadSource } from "./pad-state.ts";

const beat: PadSource = { source: "beat.wav", title: "Beat", isDemo: true, isLooping: true, color: "#e070b8" };
const kick: PadSource = { source: "kick.wav", title: "Kick", isDemo: false, isLooping: null, color: null };

async function runningInstrument(): Promise<{ engine: FakeEngine; instrument: Instrument }> {
	const engine = new FakeEngine();
	const instrument = new Instrument(engine);
	await instrument.start();
	return { engine, instrument };
}

function put(instrument: Instrument, engine: FakeEngine, pad: number, wanted: PadSource): void {
	instrument.load(pad, wanted);
	engine.finishLoad(pad);
	instrument.poll();
}

function trigger(instrument: Instrument, pad: number): void {
	instrument.perform({ type: "trigger", pad, velocity: 0.8 });
}

test("a pad's progress is heard at the next poll", async () => {
	const { engine, instrument } = await runningInstrument();
	const changed: number[] = [];
	instrument.padChanges.add((pad) => changed.push(pad));
	instrument.load(3, kick);
	engine.progressLoad(3, 0.5, "Loading (decoding)");
	instrument.poll();
	expect(instrument.pads[3]?.load).toMatchObject({ phase: "loading", percent: 0.5, stage: "Loading (decoding)" });
	engine.finishLoad(3);
	instrument.poll();
	expect(instrument.pads[3]?.sample?.title).toBe("Kick");
	expect(changed).toEqual([3, 3, 3, 3]);
});

test("every hit on a one-shot pad plays it", async () => {
	const { engine, instrument } = await runningInstrument();
	put(instrument, engine, 0, kick);
	trigger(instrument, 0);
	trigger(instrument, 0);
	expect(engine.calls).toEqual(["play 0 at 0.8", "play 0 at 0.8"]);
});

test("a loop plays until its pad is hit again", async () => {
	const { engine, instrument } = await runningInstrument();
	put(instrument, engine, 4, beat);
	trigger(instrument, 4);
	trigger(instrument, 4);
	trigger(instrument, 4);
	expect(engine.calls).toEqual(["play 4 at 0.8 looping", "stop 4", "play 4 at 0.8 looping"]);
});

test("a loop whose voice was taken is started by the next hit", async () => {
	const { engine, instrument } = await runningInstrument();
	put(instrument, engine, 4, beat);
	trigger(instrument, 4);
	engine.voices[4] = 1;
	instrument.poll();
	engine.voices[4] = 0;
	instrument.poll();
	trigger(instrument, 4);
	expect(engine.calls).toEqual(["play 4 at 0.8 looping", "play 4 at 0.8 looping"]);
});

test("a suspended engine does not wear out the patience with a loop", async () => {
	const { engine, instrument } = await runningInstrument();
	put(instrument, engine, 4, beat);
	engine.state = "suspended";
	instrument.poll();
	trigger(instrument, 4);
	for (let poll = 0; poll < 2 * patiencePolls; poll++) instrument.poll();
	trigger(instrument, 4);
	expect(engine.calls).toEqual(["play 4 at 0.8 looping", "stop 4"]);
});

test("stopping everything stops loops for good", async () => {
	const { engine, instrument } = await runningInstrument();
	put(instrument, engine, 4, beat);
	trigger(instrument, 4);
	instrument.perform({ type: "stop-all" });
	trigger(instrument, 4);
	expect(engine.calls).toEqual(["play 4 at 0.8 looping", "stop all", "play 4 at 0.8 looping"]);
});

test("a loop that is switched off while it plays is stopped", async () => {
	const { engine, instrument } = await runningInstrument();
	put(instrument, engine, 4, beat);
	trigger(instrument, 4);
	instrument.switchLoop(4, false);
	trigger(instrument, 4);
	expect(engine.calls).toEqual(["play 4 at 0.8 looping", "stop 4", "play 4 at 0.8"]);
});

test("empty pads and an engine that does not run yet play nothing", async () => {
	const engine = new FakeEngine();
	const instrument = new Instrument(engine);
	put(instrument, engine, 0, kick);
	trigger(instrument, 0);
	expect(instrument.sound.state).toBe("idle");
	await instrument.start();
	trigger(instrument, 1);
	expect(engine.calls).toEqual([]);
});

test("a hit that the engine refuses becomes a notice", async () => {
	const { engine, instrument } = await runningInstrument();
	const notices: Notice[] = [];
	instrument.notices.add((notice) => notices.push(notice));
	put(instrument, engine, 0, kick);
	engine.refusal = new Error("1024 records are waiting");
	trigger(instrument, 0);
	expect(notices).toEqual([{ tone: "error", text: "1024 records are waiting" }]);
});

test("a failed load can be tried again from the same source", async () => {
	const { engine, instrument } = await runningInstrument();
	instrument.load(2, kick);
	engine.failLoad(2, "File not found", "file-not-found");
	instrument.poll();
	expect(instrument.pads[2]?.load).toMatchObject({ phase: "failed", reason: "File not found" });
	instrument.retry(2);
	engine.finishLoad(2);
	instrument.poll();
	expect(instrument.pads[2]?.sample?.title).toBe("Kick");
	expect(engine.sources).toEqual(["kick.wav", "kick.wav"]);
});

test("emptying a pad takes its sample and its load away", async () => {
	const { engine, instrument } = await runningInstrument();
	put(instrument, engine, 2, kick);
	instrument.load(2, beat);
	instrument.empty(2);
	expect(engine.calls).toEqual(["unload 2"]);
	expect(instrument.pads[2]).toEqual({ sample: null, load: null, isLooping: false });
	engine.finishLoad(2);
	instrument.poll();
	expect(instrument.pads[2]?.sample).toBeNull();
});

test("a dismissed load is cancelled while it is live, and the old sample stays", async () => {
	const { engine, instrument } = await runningInstrument();
	put(instrument, engine, 2, kick);
	instrument.load(2, beat);
	instrument.dismissLoad(2);
	expect(engine.calls).toEqual(["cancel 2"]);
	expect(instrument.pads[2]).toMatchObject({ sample: { title: "Kick" }, load: null });
});

test("the engine's state is followed at every poll, and told once", async () => {
	const { engine, instrument } = await runningInstrument();
	const heard: string[] = [];
	instrument.soundChanges.add(({ state }) => heard.push(state));
	for (const state of ["suspended", "suspended", "interrupted", "running", "closed"] as const) {
		engine.state = state;
		instrument.poll();
	}
	expect(heard).toEqual(["suspended", "interrupted", "running", "closed"]);
});

test("what the system says of the output is told at once, and while sound is stopped", async () => {
	const { engine, instrument } = await runningInstrument();
	instrument.hearOfOutput("The sound output was lost");
	instrument.poll();
	expect(instrument.sound).toEqual({ state: "running", reason: "The sound output was lost" });
	engine.state = "interrupted";
	instrument.poll();
	expect(instrument.sound).toEqual({ state: "interrupted", reason: "The sound output was lost" });
	engine.state = "running";
	instrument.poll();
	expect(instrument.sound).toEqual({ state: "running", reason: null });
});

test("only an engine that sleeps is woken", async () => {
	const { engine, instrument } = await runningInstrument();
	instrument.resume();
	expect(engine.calls).toEqual([]);
	engine.state = "suspended";
	instrument.poll();
	instrument.resume();
	expect(engine.calls).toEqual(["resume"]);
});

test("a recording is what the engine kept", async () => {
	const { engine, instrument } = await runningInstrument();
	expect(instrument.startPerformance()).toBe(true);
	expect(await instrument.stopPerformance()).toBe(engine.recorded);
	expect(engine.calls).toEqual(["start recording", "stop recording"]);
});

test("a recording that cannot begin, or is not whole, is told to the performer", async () => {
	const { engine, instrument } = await runningInstrument();
	const notices: Notice[] = [];
	instrument.notices.add((notice) => notices.push(notice));
	engine.refusal = new Error("no journal");
	expect(instrument.startPerformance()).toBe(false);
	expect(await instrument.stopPerformance()).toBeNull();
	expect(notices).toEqual([
		{ tone: "error", text: "no journal" },
		{ tone: "error", text: "The recording is lost: no journal" },
	]);
});
