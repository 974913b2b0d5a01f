import { expect, test } from "vitest";
import { Carry } from "./carry.ts";
import { InstrumentHarness } from "./instrument-harness.ts";
import type { PadSource } from "./pad-state.ts";

const kick: PadSource = { source: "kick.wav", title: "Kick", isDemo: false, color: null };

/** A carry of an instrument with a kick on pad 2, and the titles of pads. */
function carrying(): { carry: Carry; titles: (...pads: readonly number[]) => readonly (string | undefined)[] } {
	const harness = new InstrumentHarness();
	harness.put(2, kick);
	const carry = new Carry(harness.instrument.pads);
	const titles = (...pads: readonly number[]) =>
		pads.map((pad) => {
			const { sample, load } = harness.instrument.pads.states[pad]!;
			return load?.wanted.title ?? sample?.title;
		});
	return { carry, titles };
}

test("a pad that is swapped leaves its place, and the hand is empty", () => {
	const { carry, titles } = carrying();
	expect(carry.pickUp(2, "swap")).toBe(true);
	expect(titles(2)).toEqual(["Kick"]);
	carry.dropOn(40);
	expect(titles(2, 40)).toEqual([undefined, "Kick"]);
	expect(carry.held).toBeNull();
	carry.dropOn(41);
	expect(titles(41)).toEqual([undefined]);
});

test("a copy can be dropped again and again", () => {
	const { carry, titles } = carrying();
	carry.pickUp(2, "copy");
	carry.dropOn(40);
	carry.dropOn(41);
	expect(titles(2, 40, 41)).toEqual(["Kick", "Kick", "Kick"]);
	expect(carry.held).toEqual({ pad: 2, mode: "copy" });
});

test("what is let go stays where it is", () => {
	const { carry, titles } = carrying();
	const heard: unknown[] = [];
	carry.changes.add((held) => heard.push(held));
	carry.pickUp(2, "swap");
	carry.letGo();
	carry.letGo();
	carry.dropOn(40);
	expect(titles(2, 40)).toEqual(["Kick", undefined]);
	expect(heard).toEqual([{ pad: 2, mode: "swap" }, null]);
});

test("an empty pad cannot be picked up", () => {
	const { carry } = carrying();
	expect(carry.pickUp(3, "swap")).toBe(false);
	expect(carry.held).toBeNull();
});
