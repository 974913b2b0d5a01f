import { expect, test } from "vitest";
import { type PlayState, playStates } from "../instrument/play-state.ts";
import { bankLabel, countBanks, createBankCounts } from "./bank-counts.ts";

function statesOf(pads: Readonly<Record<number, PlayState>>): Uint8Array {
	const states = new Uint8Array(256);
	for (const [pad, state] of Object.entries(pads)) states[Number(pad)] = playStates.indexOf(state);
	return states;
}

test("pads that play or stop sound, pads that wait for their start are queued, paused ones are neither", () => {
	const counts = createBankCounts();
	countBanks(statesOf({ 0: "playing", 31: "stopping", 32: "queued", 64: "paused", 255: "playing" }), counts);
	expect([...counts.sounding]).toEqual([2, 0, 0, 0, 0, 0, 0, 1]);
	expect([...counts.queued]).toEqual([0, 1, 0, 0, 0, 0, 0, 0]);
});

test("every reading starts counting at 0", () => {
	const counts = createBankCounts();
	countBanks(statesOf({ 40: "playing", 41: "queued" }), counts);
	countBanks(statesOf({}), counts);
	expect([...counts.sounding, ...counts.queued].every((count) => count === 0)).toBe(true);
});

test("a bank is named with what plays and waits in it", () => {
	expect(bankLabel(0, 0, 0)).toBe("Bank A");
	expect(bankLabel(7, 3, 0)).toBe("Bank H, 3 playing");
	expect(bankLabel(1, 1, 2)).toBe("Bank B, 1 playing, 2 queued");
});
