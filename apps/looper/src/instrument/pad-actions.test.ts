import { expect, test } from "vitest";
import { InstrumentHarness } from "./instrument-harness.ts";

test("pauses and rolls reach the pad", async () => {
	const { engine, instrument } = await InstrumentHarness.running();
	const { padActions } = instrument;
	padActions.roll(3, 1 / 4);
	padActions.roll(3, 1 / 8);
	expect([...padActions.rolls]).toEqual([[3, 1 / 8]]);
	padActions.endRoll(3);
	expect(padActions.rolls.size).toBe(0);
	padActions.pause(3);
	padActions.resume(3);
	expect(engine.calls).toEqual(["roll 3 over 0.25", "roll 3 over 0.125", "end roll 3", "pause 3", "resume 3"]);
});

test("an action that the engine refuses becomes a notice", async () => {
	const { engine, instrument, notices } = await InstrumentHarness.running();
	engine.refusal = new Error("1024 commands are waiting");
	instrument.padActions.pause(3);
	expect(notices).toEqual([{ tone: "error", text: "1024 commands are waiting" }]);
});
