import { expect, test } from "vitest";
import { Banks, bankNames, bankOf } from "./banks.ts";
import { padCount } from "./pads.ts";

test("eight banks of 32 hold all pads", () => {
	const banks = Array.from({ length: padCount }, (_, pad) => bankOf(pad));
	expect(bankNames.map((_, bank) => banks.filter((other) => other === bank).length)).toEqual(Array(8).fill(32));
});

test("places are those of the bank that is shown", () => {
	const banks = new Banks();
	expect([banks.padAt(5), banks.placeOf(5), banks.placeOf(37)]).toEqual([5, 5, null]);
	banks.show(1);
	expect([banks.padAt(5), banks.placeOf(5), banks.placeOf(37)]).toEqual([37, null, 5]);
});

test("a change is told once, and what is no bank is not shown", () => {
	const banks = new Banks();
	const told: number[] = [];
	banks.changes.add((bank) => told.push(bank));
	for (const bank of [0, 3, 3, 8, -1, 1.5]) banks.show(bank);
	expect(told).toEqual([3]);
	expect(banks.shown).toBe(3);
});
