import { expect, test } from "vitest";
import { InstrumentHarness } from "./instrument-harness.ts";
import type { PadSource } from "./pad-state.ts";

const kick: PadSource = { source: "kick.wav", title: "Kick", isDemo: false, color: null };

/** An instrument that opens with two sounds, and what ends the wait for them. */
function openWithTwo() {
	const harness = new InstrumentHarness();
	const { opening, pads } = harness.instrument;
	for (const pad of [3, 40]) pads.load(pad, kick);
	let runOut: () => void = () => {};
	opening.endWith(pads, (_milliseconds, action) => {
		runOut = action;
	});
	return { harness, opening, runOut: () => runOut() };
}

test("an opening is over when the last load has ended, whether or not it succeeded", () => {
	const { harness, opening } = openWithTwo();
	harness.engine.finishLoad(40);
	harness.poll();
	expect(opening.isOver).toBe(false);
	harness.engine.failLoad(3, "The server is gone.", "read-failed");
	harness.poll();
	expect(opening.isOver).toBe(true);
});

test("an opening without a load is over at once", async () => {
	const { opening, pads } = new InstrumentHarness().instrument;
	opening.endWith(pads, () => {});
	await opening.over;
	expect(opening.isOver).toBe(true);
});

test("an opening whose loads take too long is over before them", async () => {
	const { opening, runOut } = openWithTwo();
	runOut();
	await opening.over;
	expect(opening.isOver).toBe(true);
});
