import { expect, test } from "vitest";
import { SteppedTime } from "../../test/stepped-host.ts";
import { StartWatch } from "./start-watch.ts";

const SAMPLE_RATE = 48_000;

/** When the watch calls an output past its start whose lag over time is told; milliseconds. */
function past(lagAt: (milliseconds: number) => number): number {
	const time = new SteppedTime();
	const device = {
		sampleRate: SAMPLE_RATE,
		get clock() {
			const renderedFrames = ((time.milliseconds - lagAt(time.milliseconds)) * SAMPLE_RATE) / 1000;
			return { renderedFrames, discardedFrames: 0 };
		},
	};
	let ended: number | null = null;
	new StartWatch(device, time).start(() => {
		expect(ended).toBeNull();
		ended = time.milliseconds;
	});
	for (let step = 0; step < 3_000; step++) time.advance();
	return ended ?? Number.NaN;
}

test("an output that keeps time from its first moment is past its start after 300 ms", () => {
	expect(past(() => 0)).toBe(300);
	expect(past(() => 70)).toBe(300);
});

test("an output's own period is no stray", () => {
	expect(past((milliseconds) => milliseconds % 25)).toBe(300);
});

test.each([
	["renders nothing at first", (milliseconds: number) => (milliseconds < 120 ? milliseconds : 0)],
	["catches up slowly", (milliseconds: number) => Math.max(0, 120 - milliseconds)],
	["stalls again", (milliseconds: number) => (milliseconds >= 40 && milliseconds < 120 ? milliseconds - 40 : 0)],
])("an output that %s until 120 ms is past its start 300 ms later", (_, lagAt) => {
	const ended = past(lagAt);
	expect(ended).toBeGreaterThanOrEqual(370); // less than 50 ms behind is in time
	expect(ended).toBeLessThanOrEqual(430);
});

test("an output that strays for ever is taken for started after a second", () => {
	expect(past((milliseconds) => milliseconds % 100)).toBe(1_000);
});

test("a watch that was stopped calls nobody, and one that begins again begins anew", () => {
	const time = new SteppedTime();
	const watch = new StartWatch({ sampleRate: SAMPLE_RATE, clock: { renderedFrames: 0, discardedFrames: 0 } }, time);
	const calls: string[] = [];
	watch.start(() => calls.push("first"));
	for (let step = 0; step < 200; step++) time.advance();
	watch.start(() => calls.push("second"));
	for (let step = 0; step < 999; step++) time.advance();
	expect(calls).toEqual([]);
	time.advance();
	expect(calls).toEqual(["second"]);
	watch.start(() => calls.push("third"));
	watch.stop();
	for (let step = 0; step < 2_000; step++) time.advance();
	expect(calls).toEqual(["second"]);
});
