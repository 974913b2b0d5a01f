import { expect, test } from "vitest";
import { InstrumentHarness } from "../instrument/instrument-harness.ts";
import { actionsOf } from "./instrument-actions.ts";
import { offeredTargets } from "./target-list.ts";
import { formatTarget } from "./targets.ts";

const actions = actionsOf(new InstrumentHarness().instrument);

function offered(from = actions): readonly string[] {
	return offeredTargets(from).flatMap(({ targets }) => targets.map(formatTarget));
}

test("every target that is offered can be served, each once", () => {
	const targets = offered();
	expect(new Set(targets).size).toBe(targets.length);
	expect(targets).toContain("press place 32");
	expect(targets).toContain("set master.gainDecibels");
	for (const target of ["set loopStartFrame", "scale-beats 1/2", "next stopQuantum"]) {
		expect(targets).toContain(`${target} selected`);
	}
	expect(targets).toContain("next transport.quantum");
});

test("what the instrument cannot do is not offered until it can", () => {
	const { selectedPad: _selected, roll: _roll, endRoll: _end, showBank: _bank, ...few } = actions;
	const without = offered(few);
	expect(without.filter((target) => /selected|bank/.test(target))).toEqual([]);
	const all = offered({ ...few, selectedPad: () => 0, roll: () => {}, endRoll: () => {}, showBank: () => {} });
	expect(all).toEqual(expect.arrayContaining(["roll 1/4 selected", "bank H", "set pan selected"]));
	expect(all.length).toBeGreaterThan(without.length);
});
