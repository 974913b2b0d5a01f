import type { LoaderEvent } from "flitzis-looper";
import { expect, test } from "vitest";
import { LoadWatch } from "./load-watch.mjs";

const origin = { id: 1, requestId: 1, source: "bytes" };
const started: LoaderEvent = { ...origin, type: "started" };
const success: LoaderEvent = { ...origin, type: "success", durationSec: 1, warnings: [] };
const progress = (percent: number, stage = "Loading (decoding)"): LoaderEvent => ({
	...origin,
	type: "progress",
	percent,
	stage,
});
const error = (code: "malformed-audio" | "worker-crashed" | "timed-out"): LoaderEvent => ({
	...origin,
	type: "error",
	code,
	msg: "failed",
});

function watch(...events: readonly LoaderEvent[]): LoadWatch {
	const watched = new LoadWatch();
	for (const event of events) watched.follow(event);
	return watched;
}

test("a regular load has no faults", () => {
	expect(watch(started, progress(0), progress(0.5), progress(0.5), progress(1), success)).toMatchObject({
		outcome: "success",
		faults: [],
	});
	expect(watch(started, progress(0), error("malformed-audio"))).toMatchObject({
		outcome: "malformed-audio",
		faults: [],
	});
});

test.for<[string, LoaderEvent[], string[]]>([
	["falls", [started, progress(0.5), progress(0.4)], ["progress 0.4 after 0.5"]],
	["passes 1", [started, progress(1.1)], ["progress 1.1 after 0"]],
	["is not a number", [started, progress(Number.NaN)], ["progress NaN after 0"]],
	["comes before started", [progress(0)], ["progress before started"]],
	["has an unknown stage", [started, progress(0, "decoding!")], ['stage "decoding!"']],
	["does not reach 1", [started, progress(0.9), success], ["success before progress 1"]],
	["continues after the end", [started, error("malformed-audio"), progress(0)], ["progress after the end"]],
])("progress that %s is a fault", ([, events, faults]) => {
	expect(watch(...events).faults).toEqual(faults);
});

test("a second end and an engine error are faults", () => {
	expect(watch(started, error("malformed-audio"), error("malformed-audio")).faults).toEqual(["error after the end"]);
	expect(watch(started, error("worker-crashed")).faults).toEqual(["worker-crashed: failed"]);
	expect(watch(started, error("timed-out")).faults).toEqual(["timed-out: failed"]);
});
