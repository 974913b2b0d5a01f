import { expect, test } from "vitest";
import { observeLoop, patiencePolls, requestedLoop, stoppedLoop } from "./loop-run.ts";

test("a requested loop sounds once its voice is seen", () => {
	expect(observeLoop(requestedLoop, 1)).toEqual({ phase: "sounding" });
});

test("a requested loop stays requested while its voice is on the way", () => {
	expect(observeLoop(requestedLoop, 0).phase).toBe("requested");
});

test("a requested loop that is never heard counts as stopped, so that the next press starts it", () => {
	let run = requestedLoop;
	for (let poll = 0; poll < patiencePolls - 1; poll++) run = observeLoop(run, 0);
	expect(run.phase).toBe("requested");
	expect(observeLoop(run, 0)).toBe(stoppedLoop);
});

test("a sounding loop whose voice was taken is stopped", () => {
	expect(observeLoop({ phase: "sounding" }, 0)).toBe(stoppedLoop);
});

test("a stopped loop is not revived by the rest of its voice", () => {
	expect(observeLoop(stoppedLoop, 1)).toBe(stoppedLoop);
});
