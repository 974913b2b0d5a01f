import type { Activity } from "flitzis-looper";
import { expect, test } from "vitest";
import { deviceHolder, type Gesture } from "../input/gesture.ts";
import { InstrumentHarness } from "./instrument-harness.ts";
import type { PadSource } from "./pad-state.ts";

const kick: PadSource = { source: "kick.wav", title: "Kick", isDemo: false, color: null };

function press(pad: number, holder: string): Gesture {
	return { type: "press", pad, velocity: 0.8, holder };
}

/** A running instrument with a sound on the first two pads. */
async function playable(): Promise<InstrumentHarness> {
	const harness = await InstrumentHarness.running();
	for (const pad of [0, 1]) harness.put(pad, kick);
	return harness;
}

/** The calls that gestures cause. */
async function callsOf(...gestures: readonly Gesture[]): Promise<readonly string[]> {
	const { engine, instrument } = await playable();
	for (const gesture of gestures) instrument.presses.perform(gesture);
	return engine.calls;
}

test("a press and its release reach the pad", async () => {
	const calls = await callsOf(press(0, "Digit1"), { type: "release", holder: "Digit1" });
	expect(calls).toEqual(["press 0 at 0.8", "release 0"]);
});

test("a pad is released when its last holder lets go", async () => {
	const calls = await callsOf(
		press(0, "Digit1"),
		press(0, "pointer 1"),
		{ type: "release", holder: "Digit1" },
		{ type: "release", holder: "pointer 1" },
	);
	expect(calls).toEqual(["press 0 at 0.8", "press 0 at 0.8", "release 0"]);
});

test("each press is released once, and nothing else is", async () => {
	const calls = await callsOf(
		{ type: "release", holder: "Digit1" },
		press(0, "Digit1"),
		{ type: "release", holder: "Digit1" },
		{ type: "release", holder: "Digit1" },
		{ type: "release-all" },
	);
	expect(calls).toEqual(["press 0 at 0.8", "release 0"]);
});

test("a press on a pad that was emptied while it sounds ends the sound", async () => {
	const { engine, instrument } = await playable();
	instrument.poller.poll();
	instrument.presses.perform(press(5, "Digit6"));
	engine.activity.voices[5] = 1;
	instrument.poller.poll();
	instrument.presses.perform(press(5, "Digit6"));
	expect(engine.calls).toEqual(["stop 5"]);
});

test("a press on a pad whose first sound is still loading says so until then and plays nothing", async () => {
	const { engine, instrument, notices } = await playable();
	const withdrawn: string[] = [];
	instrument.notices.withdrawn.add(({ text }) => withdrawn.push(text));
	instrument.pads.load(5, kick);
	instrument.presses.perform(press(5, "Digit6"));
	expect(engine.calls).toEqual([]);
	expect(notices).toEqual([{ tone: "info", text: "“Kick” is still loading." }]);
	engine.progressLoad(5, 50, "Decoding");
	instrument.poller.poll();
	expect(withdrawn).toEqual([]);
	engine.finishLoad(5);
	instrument.poller.poll();
	expect(withdrawn).toEqual(["“Kick” is still loading."]);
	instrument.presses.perform(press(5, "Digit6"));
	expect(engine.calls).toEqual(["press 5 at 0.8"]);
	expect(notices).toHaveLength(1);
});

test("a press on a pad whose sound has failed to load says why at length", async () => {
	const { engine, instrument, notices } = await playable();
	instrument.pads.load(5, kick);
	engine.failLoad(5, "It is no audio file. Convert it to WAV.", "malformed-audio");
	instrument.poller.poll();
	instrument.presses.perform(press(5, "Digit6"));
	expect(engine.calls).toEqual([]);
	expect(notices.at(-1)).toEqual({
		tone: "error",
		text: "“Kick” did not load. It is no audio file. Convert it to WAV.",
	});
});

test("release all releases every pad that is held", async () => {
	const calls = await callsOf(press(0, "Digit1"), press(1, "Digit2"), { type: "release-all" });
	expect(calls).toEqual(["press 0 at 0.8", "press 1 at 0.8", "release 0", "release 1"]);
});

test("release all leaves what a MIDI device holds, whose releases are still reported", async () => {
	const holder = deviceHolder("Pads", 1, "note 36");
	const calls = await callsOf(
		press(0, "Digit1"),
		press(1, holder),
		{ type: "release-all" },
		{ type: "release", holder },
	);
	expect(calls).toEqual(["press 0 at 0.8", "press 1 at 0.8", "release 0", "release 1"]);
});

test("a holder that presses again without letting go releases its pad first", async () => {
	const calls = await callsOf(press(0, "pointer 1"), press(1, "pointer 1"));
	expect(calls).toEqual(["press 0 at 0.8", "release 0", "press 1 at 0.8"]);
});

test("a release that the engine refuses is repeated by the next one", async () => {
	const { engine, instrument } = await playable();
	instrument.presses.perform(press(0, "Digit1"));
	engine.refusal = new Error("1024 commands are waiting");
	instrument.presses.perform({ type: "release", holder: "Digit1" });
	engine.refusal = null;
	instrument.presses.perform({ type: "release-all" });
	expect(engine.calls).toEqual(["press 0 at 0.8", "release 0"]);
});

test("a pad that is emptied while it is held is still released", async () => {
	const { engine, instrument } = await playable();
	instrument.presses.perform(press(0, "Digit1"));
	instrument.pads.empty(0);
	instrument.presses.perform({ type: "release", holder: "Digit1" });
	expect(engine.calls).toEqual(["press 0 at 0.8", "unload 0", "release 0"]);
});

test("stop and stop all reach the engine", async () => {
	expect(await callsOf({ type: "stop", pad: 1 }, { type: "stop-all" })).toEqual(["stop 1", "stop all"]);
});

/** What the second of two frames shows, and what stopping everything then calls. */
async function callsOfStopAll(show: (activity: Activity) => void): Promise<readonly string[]> {
	const harness = await playable();
	harness.engine.activity.isTransportRunning = true;
	show(harness.engine.activity);
	harness.poll();
	harness.instrument.presses.perform({ type: "stop-all" });
	return harness.engine.calls;
}

test("stop all leaves the transport running while a pad sounds or waits, and stops it when none does", async () => {
	const playing = await callsOfStopAll(({ padState }) => padState.fill(1, 3, 4));
	const queued = await callsOfStopAll(({ padState }) => padState.fill(2, 3, 4));
	const ringing = await callsOfStopAll(({ voices }) => voices.fill(1, 3, 4));
	const restarting = await callsOfStopAll(({ queuedBeat }) => queuedBeat.fill(8, 3, 4));
	for (const calls of [playing, queued, ringing, restarting]) expect(calls).toEqual(["stop all"]);
	const paused = await callsOfStopAll(({ padState }) => padState.fill(4, 3, 4));
	for (const calls of [paused, await callsOfStopAll(() => {})]) expect(calls).toEqual(["stop all", "stop transport"]);
});

test("stop all leaves a transport alone that stands still", async () => {
	const harness = await playable();
	harness.poll();
	harness.instrument.presses.perform({ type: "stop-all" });
	expect(harness.engine.calls).toEqual(["stop all"]);
});

test("stop all right after a press stops the pad and not the transport", async () => {
	const harness = await playable();
	harness.engine.activity.isTransportRunning = true;
	harness.poll();
	for (const gesture of [press(0, "Digit1"), { type: "stop-all" } as const])
		harness.instrument.presses.perform(gesture);
	expect(harness.engine.calls).toEqual(["press 0 at 0.8", "stop all"]);
});

test("nothing plays on empty pads, nor before the engine runs", async () => {
	const harness = new InstrumentHarness();
	harness.put(0, kick);
	harness.instrument.presses.perform(press(0, "Digit1"));
	await harness.instrument.sound.start();
	harness.instrument.presses.perform(press(1, "Digit2"));
	expect(harness.engine.calls).toEqual([]);
});

test("a press that the engine refuses becomes a notice", async () => {
	const { engine, instrument, notices } = await playable();
	const pressed: number[] = [];
	instrument.presses.pressed.add((pad) => pressed.push(pad));
	engine.refusal = new Error("1024 commands are waiting");
	instrument.presses.perform(press(0, "Digit1"));
	expect(notices).toEqual([{ tone: "error", text: "1024 commands are waiting" }]);
	expect(pressed).toEqual([]);
});
