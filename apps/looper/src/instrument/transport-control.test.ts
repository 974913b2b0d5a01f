import { expect, test } from "vitest";
import { InstrumentHarness } from "./instrument-harness.ts";

test("start, stop and nudge reach the transport", async () => {
	const { engine, instrument } = await InstrumentHarness.running();
	instrument.transport.start();
	instrument.transport.nudge(-0.02);
	instrument.transport.stop();
	expect(engine.calls).toEqual(["start transport", "nudge transport by -0.02", "stop transport"]);
});

test("taps set the tempo, and are one step of the history", async () => {
	const { engine, instrument } = await InstrumentHarness.running();
	for (const milliseconds of [0, 600, 1_200, 1_794]) instrument.transport.tap(milliseconds);
	expect(engine.calls).toEqual(['set transport {"tempo":100}', 'set transport {"tempo":100.3}']);
	instrument.history.undo();
	expect(instrument.settings.settings.tempo).toBe(120);
});
