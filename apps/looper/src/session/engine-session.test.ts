import { expect, test } from "vitest";
import { EngineSession, type Notice } from "./engine-session.ts";
import { FakeEngine } from "./fake-engine.ts";
import { patiencePolls } from "./loop-run.ts";
import type { PadSource } from "./pad-state.ts";

const beat: PadSource = { source: "beat.wav", title: "Beat", isDemo: true, isLooping: true, color: "#e070b8" };
const kick: PadSource = { source: "kick.wav", title: "Kick", isDemo: false, isLooping: null, color: null };

async function runningSession(): Promise<{ engine: FakeEngine; session: EngineSession }> {
	const engine = new FakeEngine();
	const session = new EngineSession(engine);
	await session.start();
	return { engine, session };
}

function put(session: EngineSession, engine: FakeEngine, pad: number, wanted: PadSource): void {
	session.load(pad, wanted);
	engine.finishLoad(pad);
	session.poll();
}

function trigger(session: EngineSession, pad: number): void {
	session.perform({ type: "trigger", pad, velocity: 0.8 });
}

test("a pad's progress is heard at the next poll", async () => {
	const { engine, session } = await runningSession();
	const changed: number[] = [];
	session.padChanges.add((pad) => changed.push(pad));
	session.load(3, kick);
	engine.progressLoad(3, 0.5, "Loading (decoding)");
	session.poll();
	expect(session.pads[3]?.load).toMatchObject({ phase: "loading", percent: 0.5, stage: "Loading (decoding)" });
	engine.finishLoad(3);
	session.poll();
	expect(session.pads[3]?.sample?.title).toBe("Kick");
	expect(changed).toEqual([3, 3, 3, 3]);
});

test("every hit on a one-shot pad plays it", async () => {
	const { engine, session } = await runningSession();
	put(session, engine, 0, kick);
	trigger(session, 0);
	trigger(session, 0);
	expect(engine.calls).toEqual(["play 0 at 0.8", "play 0 at 0.8"]);
});

test("a loop plays until its pad is hit again", async () => {
	const { engine, session } = await runningSession();
	put(session, engine, 4, beat);
	trigger(session, 4);
	trigger(session, 4);
	trigger(session, 4);
	expect(engine.calls).toEqual(["play 4 at 0.8 looping", "stop 4", "play 4 at 0.8 looping"]);
});

test("a loop whose voice was taken is started by the next hit", async () => {
	const { engine, session } = await runningSession();
	put(session, engine, 4, beat);
	trigger(session, 4);
	engine.voices[4] = 1;
	session.poll();
	engine.voices[4] = 0;
	session.poll();
	trigger(session, 4);
	expect(engine.calls).toEqual(["play 4 at 0.8 looping", "play 4 at 0.8 looping"]);
});

test("a suspended engine does not wear out the patience with a loop", async () => {
	const { engine, session } = await runningSession();
	put(session, engine, 4, beat);
	engine.state = "suspended";
	session.poll();
	trigger(session, 4);
	for (let poll = 0; poll < 2 * patiencePolls; poll++) session.poll();
	trigger(session, 4);
	expect(engine.calls).toEqual(["play 4 at 0.8 looping", "stop 4"]);
});

test("stopping everything stops loops for good", async () => {
	const { engine, session } = await runningSession();
	put(session, engine, 4, beat);
	trigger(session, 4);
	session.perform({ type: "stop-all" });
	trigger(session, 4);
	expect(engine.calls).toEqual(["play 4 at 0.8 looping", "stop all", "play 4 at 0.8 looping"]);
});

test("a loop that is switched off while it plays is stopped", async () => {
	const { engine, session } = await runningSession();
	put(session, engine, 4, beat);
	trigger(session, 4);
	session.switchLoop(4, false);
	trigger(session, 4);
	expect(engine.calls).toEqual(["play 4 at 0.8 looping", "stop 4", "play 4 at 0.8"]);
});

test("empty pads and an engine that does not run yet play nothing", async () => {
	const engine = new FakeEngine();
	const session = new EngineSession(engine);
	put(session, engine, 0, kick);
	trigger(session, 0);
	expect(session.sound.state).toBe("idle");
	await session.start();
	trigger(session, 1);
	expect(engine.calls).toEqual([]);
});

test("a hit that the engine refuses becomes a notice", async () => {
	const { engine, session } = await runningSession();
	const notices: Notice[] = [];
	session.notices.add((notice) => notices.push(notice));
	put(session, engine, 0, kick);
	engine.refusal = new Error("1024 records are waiting");
	trigger(session, 0);
	expect(notices).toEqual([{ tone: "error", text: "1024 records are waiting" }]);
});

test("a failed load can be tried again from the same source", async () => {
	const { engine, session } = await runningSession();
	session.load(2, kick);
	engine.failLoad(2, "File not found", "file-not-found");
	session.poll();
	expect(session.pads[2]?.load).toMatchObject({ phase: "failed", reason: "File not found" });
	session.retry(2);
	engine.finishLoad(2);
	session.poll();
	expect(session.pads[2]?.sample?.title).toBe("Kick");
	expect(engine.sources).toEqual(["kick.wav", "kick.wav"]);
});

test("emptying a pad takes its sample and its load away", async () => {
	const { engine, session } = await runningSession();
	put(session, engine, 2, kick);
	session.load(2, beat);
	session.empty(2);
	expect(engine.calls).toEqual(["unload 2"]);
	expect(session.pads[2]).toEqual({ sample: null, load: null, isLooping: false });
	engine.finishLoad(2);
	session.poll();
	expect(session.pads[2]?.sample).toBeNull();
});

test("a dismissed load is cancelled while it is live, and the old sample stays", async () => {
	const { engine, session } = await runningSession();
	put(session, engine, 2, kick);
	session.load(2, beat);
	session.dismissLoad(2);
	expect(engine.calls).toEqual(["cancel 2"]);
	expect(session.pads[2]).toMatchObject({ sample: { title: "Kick" }, load: null });
});

test("the engine's state is followed at every poll, and told once", async () => {
	const { engine, session } = await runningSession();
	const heard: string[] = [];
	session.soundChanges.add(({ state }) => heard.push(state));
	for (const state of ["suspended", "suspended", "interrupted", "running", "closed"] as const) {
		engine.state = state;
		session.poll();
	}
	expect(heard).toEqual(["suspended", "interrupted", "running", "closed"]);
});

test("what the system says of the output is told at once, and while sound is stopped", async () => {
	const { engine, session } = await runningSession();
	session.hearOfOutput("The sound output was lost");
	session.poll();
	expect(session.sound).toEqual({ state: "running", reason: "The sound output was lost" });
	engine.state = "interrupted";
	session.poll();
	expect(session.sound).toEqual({ state: "interrupted", reason: "The sound output was lost" });
	engine.state = "running";
	session.poll();
	expect(session.sound).toEqual({ state: "running", reason: null });
});

test("only an engine that sleeps is woken", async () => {
	const { engine, session } = await runningSession();
	session.resume();
	expect(engine.calls).toEqual([]);
	engine.state = "suspended";
	session.poll();
	session.resume();
	expect(engine.calls).toEqual(["resume"]);
});

test("a recording is what the engine kept", async () => {
	const { engine, session } = await runningSession();
	expect(session.startRecording()).toBe(true);
	expect(await session.stopRecording()).toBe(engine.recorded);
	expect(engine.calls).toEqual(["start recording", "stop recording"]);
});

test("a recording that cannot begin, or is not whole, is told to the performer", async () => {
	const { engine, session } = await runningSession();
	const notices: Notice[] = [];
	session.notices.add((notice) => notices.push(notice));
	engine.refusal = new Error("no journal");
	expect(session.startRecording()).toBe(false);
	expect(await session.stopRecording()).toBeNull();
	expect(notices).toEqual([
		{ tone: "error", text: "no journal" },
		{ tone: "error", text: "The recording is lost: no journal" },
	]);
});
