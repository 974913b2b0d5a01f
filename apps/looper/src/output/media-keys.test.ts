import { expect, test } from "vitest";
import { InstrumentHarness } from "../instrument/instrument-harness.ts";
import { pressMediaKey } from "./media-keys.ts";

test.each(["pause", "stop"] as const)("%s stops everything", async (key) => {
	const { engine, instrument } = await InstrumentHarness.running();
	pressMediaKey(key, instrument);
	expect(engine.calls).toContain("stop all");
});

test.each(["pause", "stop"] as const)("%s stops a transport that runs while nothing sounds", async (key) => {
	const harness = await InstrumentHarness.running();
	harness.engine.activity.isTransportRunning = true;
	harness.poll();
	pressMediaKey(key, harness.instrument);
	expect(harness.engine.calls).toEqual(["stop all", "stop transport"]);
});

test("play starts the transport, and resumes an engine that is suspended", async () => {
	const harness = await InstrumentHarness.running();
	pressMediaKey("play", harness.instrument);
	expect(harness.engine.calls).toEqual(["start transport"]);
	harness.engine.state = "suspended";
	harness.poll();
	pressMediaKey("play", harness.instrument);
	expect(harness.engine.calls).toEqual(["start transport", "resume", "start transport"]);
});
