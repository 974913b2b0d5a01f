import { expect, test } from "vitest";
import { InstrumentHarness } from "./instrument-harness.ts";
import type { PadTurn } from "./pad-news.ts";
import { type PlayState, playStates } from "./play-state.ts";

/** An instrument whose pads have these states in turn, and what it tells. */
function turnsOf(harness: InstrumentHarness, ...readings: readonly Readonly<Record<number, PlayState>>[]): PadTurn[] {
	const turns: PadTurn[] = [];
	const end = harness.instrument.news.turns.add((turn) => turns.push(turn));
	for (const reading of readings) {
		const { padState } = harness.engine.activity;
		padState.fill(0);
		for (const [pad, state] of Object.entries(reading)) padState[Number(pad)] = playStates.indexOf(state);
		harness.poll();
	}
	end();
	return turns;
}

test("each change of a pad's state is told once, with the state before", () => {
	const turns = turnsOf(new InstrumentHarness(), { 200: "queued" }, { 200: "queued" }, { 200: "playing" }, {});
	expect(turns.map(({ pad, before, state }) => [pad, before, state])).toEqual([
		[200, "idle", "queued"],
		[200, "queued", "playing"],
		[200, "playing", "idle"],
	]);
	expect(turns.some(({ isChoked }) => isChoked)).toBe(false);
});

test("a pad that ends as another of its choke group starts is choked", () => {
	const harness = new InstrumentHarness();
	for (const pad of [1, 2]) harness.instrument.pads.set(pad, { chokeGroup: 3 });
	harness.instrument.pads.set(4, { chokeGroup: 5 });
	const turns = turnsOf(harness, { 1: "playing", 4: "playing", 6: "playing" }, { 2: "playing" });
	expect(turns.filter(({ isChoked }) => isChoked).map(({ pad }) => pad)).toEqual([1]);
});

test("in exclusive mode every pad that ends as another starts is choked", () => {
	const harness = new InstrumentHarness();
	harness.engine.transport.isExclusive = true;
	const turns = turnsOf(harness, { 1: "playing", 4: "queued" }, { 2: "playing" });
	expect(turns.filter(({ isChoked }) => isChoked).map(({ pad }) => pad)).toEqual([1, 4]);
});

test("a paused pad that is forgotten is not choked", () => {
	const harness = new InstrumentHarness();
	harness.engine.transport.isExclusive = true;
	const turns = turnsOf(harness, { 1: "paused" }, { 2: "playing" });
	expect(turns.some(({ isChoked }) => isChoked)).toBe(false);
});
