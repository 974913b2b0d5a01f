import { expect, test } from "vitest";
import { InstrumentHarness } from "./instrument-harness.ts";

test("an outer clock sets, moves, nudges, starts and stops the engine's transport", async () => {
	const { engine, instrument } = await InstrumentHarness.running();
	const { conductor } = instrument;
	conductor.setTempo(97.5);
	conductor.moveTo(4);
	conductor.start();
	conductor.nudge(-0.5);
	conductor.stop();
	expect(engine.calls).toEqual([
		'set transport {"tempo":97.5}',
		"move to 4",
		"start transport",
		"nudge transport by -0.5",
		"stop transport",
	]);
});

test("what the engine refuses becomes a notice", async () => {
	const { engine, instrument, notices } = await InstrumentHarness.running();
	engine.refusal = new Error("1024 commands are waiting");
	instrument.conductor.start();
	expect(notices).toEqual([{ tone: "error", text: "1024 commands are waiting" }]);
});
