import { expect, test } from "vitest";
import { InstrumentHarness } from "./instrument-harness.ts";

test("the sound is idle until the engine runs", async () => {
	const { sound } = new InstrumentHarness().instrument;
	expect(sound.status).toEqual({ state: "idle", reason: null });
	await sound.start();
	expect(sound.status).toEqual({ state: "running", reason: null });
});

test("each change of the engine's state is reported once", async () => {
	const harness = await InstrumentHarness.running();
	const heard: string[] = [];
	harness.instrument.sound.changes.add(({ state }) => heard.push(state));
	for (const state of ["suspended", "suspended", "interrupted", "running", "closed"] as const) {
		harness.engine.state = state;
		harness.poll();
	}
	expect(heard).toEqual(["suspended", "interrupted", "running", "closed"]);
});

test("news of the device stays until sound that stopped is back", async () => {
	const harness = await InstrumentHarness.running();
	const { sound } = harness.instrument;
	sound.followDevice("The audio output was lost");
	harness.poll();
	expect(sound.status).toEqual({ state: "running", reason: "The audio output was lost" });
	harness.engine.state = "interrupted";
	harness.poll();
	expect(sound.status).toEqual({ state: "interrupted", reason: "The audio output was lost" });
	harness.engine.state = "running";
	harness.poll();
	expect(sound.status).toEqual({ state: "running", reason: null });
});

test("only a suspended engine is resumed", async () => {
	const harness = await InstrumentHarness.running();
	harness.instrument.sound.resume();
	expect(harness.engine.calls).toEqual([]);
	harness.engine.state = "suspended";
	harness.poll();
	harness.instrument.sound.resume();
	expect(harness.engine.calls).toEqual(["resume"]);
});
