import { expect, test } from "vitest";
import { InstrumentHarness } from "./instrument-harness.ts";

test("stop returns the engine's performance", async () => {
	const { engine, instrument } = await InstrumentHarness.running();
	expect(instrument.performance.start()).toBe(true);
	expect(await instrument.performance.stop()).toBe(engine.performed);
	expect(engine.calls).toEqual(["start performance", "stop performance"]);
});

test("the performer is told when a performance cannot start and when it is incomplete", async () => {
	const { engine, instrument, notices } = await InstrumentHarness.running();
	engine.refusal = new Error("no journal");
	expect(instrument.performance.start()).toBe(false);
	expect(await instrument.performance.stop()).toBeNull();
	expect(notices).toEqual([
		{ tone: "error", text: "no journal" },
		{ tone: "error", text: "The performance is lost: no journal" },
	]);
});
