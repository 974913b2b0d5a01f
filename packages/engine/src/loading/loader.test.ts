import { setImmediate as turns } from "node:timers/promises";
import { expect, test } from "vitest";
import { LoaderHarness, SUCCESS } from "../../test/loader-harness.ts";
import { LooperError } from "../errors.ts";

test("a new content is decoded, published once, and its hold let go", () => {
	const bench = new LoaderHarness(1);
	bench.start(3);
	const thread = bench.host.thread(0);
	thread.start();
	thread.progress(0.1, "Loading (reading)");
	thread.identify("tune");
	expect(thread.answers).toEqual(["proceed"]);
	const { regionAddress } = thread.ready();
	expect(bench.take()).toEqual(["1 started", "1 0.1 Loading (reading)", ...SUCCESS.map((told) => `1 ${told}`)]);
	expect(bench.publisher.published).toEqual([{ slot: 3, address: regionAddress, name: "file 1" }]);
	expect([bench.publisher.keys, bench.publisher.heldCount]).toEqual([["tune"], 0]);
});

test.for([
	["Loading (reading)", 30],
	["Loading (retrying)", 30],
	["Loading (publishing)", 30],
	["Loading (decoding)", 5],
	["Loading (resampling)", 5],
] as const)("a thread that says nothing in %s is given up after %i s", ([stage, seconds]) => {
	const bench = new LoaderHarness(1);
	bench.start(0);
	bench.host.thread(0).progress(0.1, stage);
	bench.take();
	bench.host.advance(1000 * (seconds - 1));
	expect(bench.take()).toEqual([]);
	bench.host.advance(2000);
	const message = `the file made no progress for ${seconds} s and was given up; check the file`;
	expect(bench.take()).toEqual([`1 timed-out: ${message}`]);
});

test("a commit is tried every turn while the ring is full, and the load is live meanwhile", () => {
	const bench = new LoaderHarness(1);
	bench.start(0);
	bench.host.thread(0).identify("tune");
	bench.publisher.isFull = true;
	bench.host.thread(0).ready();
	bench.host.advance(900);
	expect([bench.take(), bench.publisher.heldCount]).toEqual([[], 1]);
	bench.publisher.isFull = false;
	bench.host.advance(10);
	expect(bench.take()).toEqual(SUCCESS.map((told) => `1 ${told}`));
	expect(bench.publisher.heldCount).toBe(0);
});

test("a ring full for a second ends the load in ring-full, whether it was decoded or shared", () => {
	const bench = new LoaderHarness(1);
	const failure = "ring-full: the audio thread took no commands for a second; is the device running?";
	bench.publisher.isFull = true;
	bench.start(0);
	bench.host.thread(0).identify("decoded");
	bench.host.thread(0).ready();
	bench.host.advance(1100);
	expect(bench.take()).toEqual([`1 ${failure}`]);
	expect([bench.publisher.heldCount, bench.memory.usedBytes]).toEqual([0, 0]);
	bench.publisher.isFull = false;
	bench.start(0);
	bench.host.thread(0).identify("shared");
	bench.host.thread(0).ready();
	bench.take();
	bench.publisher.isFull = true;
	bench.start(1);
	bench.host.thread(0).identify("shared");
	expect([bench.host.thread(0).answers, bench.publisher.heldCount]).toEqual([["duplicate"], 1]);
	bench.host.advance(1100);
	expect(bench.take()).toEqual([`3 ${failure}`]);
	expect([bench.publisher.heldCount, bench.publisher.published.length]).toEqual([0, 1]);
});

test("a commit that waits is given up when its load is cancelled, replaced or shut down", () => {
	for (const end of ["cancel", "replace", "shut down"]) {
		const bench = new LoaderHarness(1);
		bench.start(0);
		bench.host.thread(0).identify("tune");
		bench.publisher.isFull = true;
		bench.host.thread(0).ready();
		if (end === "cancel") bench.loader.cancel(0);
		if (end === "replace") bench.start(0);
		if (end === "shut down") void bench.loader.shutDown();
		bench.publisher.isFull = false;
		bench.host.advance(2000);
		expect(bench.take().filter((told) => told.startsWith("1 "))).toEqual([expect.stringMatching(/^1 cancelled: /)]);
		expect([bench.publisher.published, bench.publisher.heldCount, bench.memory.usedBytes]).toEqual([[], 0, 0]);
	}
});

test("a publication that is refused for good fails the load, and the hold is let go", () => {
	const bench = new LoaderHarness(1);
	bench.start(0);
	bench.host.thread(0).identify("tune");
	bench.publisher.failure = new LooperError("out-of-memory", "no handle");
	bench.host.thread(0).ready();
	expect(bench.take()).toEqual(["1 out-of-memory: no handle"]);
	expect([bench.publisher.heldCount, bench.memory.usedBytes]).toEqual([0, 0]);
});

test("a newer load of the slot ends the older one first, wherever that is", () => {
	const bench = new LoaderHarness(1);
	bench.start(0);
	bench.host.thread(0).start();
	bench.start(0);
	bench.start(0);
	const reason = "cancelled: the load was replaced by a newer one for slot 0";
	expect(bench.take()).toEqual(["1 started", `1 ${reason}`, `2 ${reason}`]);
	bench.host.thread(0).progress(0.5, "Loading (decoding)");
	bench.host.thread(0).fail("cancelled", "stopped");
	expect(bench.host.thread(0).requestId).toBe(3);
	expect(bench.take()).toEqual([]);
});

test("progress never falls, never says 1 before the commit, and a retry keeps what was reached", () => {
	const bench = new LoaderHarness(1);
	bench.start(0);
	for (const [percent, stage] of [
		[0.1, "Loading (reading)"],
		[0, "Loading (retrying)"],
		[0.05, "Loading (reading)"],
		[1, "Loading (publishing)"],
	] as const) {
		bench.host.thread(0).progress(percent, stage);
	}
	expect(bench.take()).toEqual([
		"1 0.1 Loading (reading)",
		"1 0.1 Loading (retrying)",
		"1 0.1 Loading (reading)",
		"1 0.999 Loading (publishing)",
	]);
});

test("after the end of the engine whatever a thread still says is told to nobody", async () => {
	const bench = new LoaderHarness(2);
	bench.start(0);
	bench.start(1);
	const { host } = bench;
	for (const index of [0, 1]) host.thread(index).identify("tune");
	const ending = bench.loader.shutDown();
	bench.isShutDown = true;
	const reason = "cancelled: the engine was shut down during the load";
	expect(bench.take()).toEqual([`1 ${reason}`, `2 ${reason}`]);
	host.thread(0).fail("cancelled", "late");
	for (const thread of host.threads) thread.die();
	await ending;
	expect([bench.take(), host.threads.every(({ isEnded }) => isEnded)]).toEqual([[], true]);
});

test.for([
	["no frames", { frames: 0 }],
	["less than no frames", { frames: -32 }],
	["half a frame", { frames: 0.5 }],
	["more frames than its region holds", { frames: 101 }],
	["more channels than its region holds", { channels: 2 }],
	["a region that was not lent to it", { regionAddress: 16 }],
] as const)(
	"a thread that names %s is ended as crashed, and its regions come back when it is dead",
	async ([, wrong]) => {
		const bench = new LoaderHarness(1);
		bench.start(0);
		const thread = bench.host.thread(0);
		thread.start();
		thread.identify("tune");
		bench.take();
		thread.ready(100, wrong);
		expect(bench.take()).toEqual([
			"1 worker-crashed: the loader thread ended: it named a sample that does not lie in a region lent to it; load the file again",
		]);
		expect([thread.isEnded, bench.publisher.published, bench.memory.usedBytes > 0]).toEqual([true, [], true]);
		thread.die();
		await turns();
		expect([bench.publisher.heldCount, bench.memory.usedBytes]).toEqual([0, 0]);
		bench.start(0);
		bench.host.thread(1).identify("tune");
		bench.host.thread(1).ready();
		expect(bench.take()).toEqual(SUCCESS.map((told) => `2 ${told}`));
	},
);
