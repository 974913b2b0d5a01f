import { setImmediate as turns } from "node:timers/promises";
import { expect, test } from "vitest";
import { LoaderHarness, SUCCESS } from "../../test/loader-harness.ts";
import { LooperError } from "../errors.ts";

const ONE_PEAK = new Float32Array(1);

test("a new content is decoded, published once, and its reference released", () => {
	const harness = new LoaderHarness(1);
	harness.start(3);
	const thread = harness.host.thread(0);
	thread.start();
	thread.progress(0.1, "Loading (reading)");
	thread.identify("tune");
	expect(thread.answers).toEqual(["proceed"]);
	const { regionAddress } = thread.ready();
	expect(harness.take()).toEqual(["1 started", "1 0.1 Loading (reading)", ...SUCCESS.map((told) => `1 ${told}`)]);
	expect(harness.publisher.published).toEqual([{ slot: 3, address: regionAddress, name: "file 1" }]);
	expect([harness.publisher.keys, harness.publisher.referenceCount]).toEqual([["tune"], 0]);
});

test.for([
	["Loading (reading)", 30],
	["Loading (retrying)", 30],
	["Loading (publishing)", 30],
	["Loading (decoding)", 5],
	["Loading (resampling)", 5],
] as const)("a thread that says nothing in %s is given up after %i s", ([stage, seconds]) => {
	const harness = new LoaderHarness(1);
	harness.start(0);
	harness.host.thread(0).progress(0.1, stage);
	harness.take();
	harness.host.advance(1000 * (seconds - 1));
	expect(harness.take()).toEqual([]);
	harness.host.advance(2000);
	const message = `The file made no progress for ${seconds} s and was given up. Check the file.`;
	expect(harness.take()).toEqual([`1 timed-out: ${message}`]);
});

test("a commit is tried every turn while the ring is full, and the load is live meanwhile", () => {
	const harness = new LoaderHarness(1);
	harness.start(0);
	harness.host.thread(0).identify("tune");
	harness.publisher.isFull = true;
	harness.host.thread(0).ready();
	harness.host.advance(900);
	expect([harness.take(), harness.publisher.referenceCount]).toEqual([[], 1]);
	harness.publisher.isFull = false;
	harness.host.advance(10);
	expect(harness.take()).toEqual(SUCCESS.map((told) => `1 ${told}`));
	expect(harness.publisher.referenceCount).toBe(0);
});

test("a ring full for a second ends the load in ring-full, whether it was decoded or shared", () => {
	const harness = new LoaderHarness(1);
	const failure = "ring-full: The audio thread took no commands for a second. Check that the device runs.";
	harness.publisher.isFull = true;
	harness.start(0);
	harness.host.thread(0).identify("decoded");
	harness.host.thread(0).ready();
	harness.host.advance(1100);
	expect(harness.take()).toEqual([`1 ${failure}`]);
	expect([harness.publisher.referenceCount, harness.memory.usedBytes]).toEqual([0, 0]);
	harness.publisher.isFull = false;
	harness.start(0);
	harness.host.thread(0).identify("shared");
	harness.host.thread(0).ready();
	harness.take();
	harness.publisher.isFull = true;
	harness.start(1);
	harness.host.thread(0).identify("shared");
	expect([harness.host.thread(0).answers, harness.publisher.referenceCount]).toEqual([["duplicate"], 1]);
	harness.host.advance(1100);
	expect(harness.take()).toEqual([`3 ${failure}`]);
	expect([harness.publisher.referenceCount, harness.publisher.published.length]).toEqual([0, 1]);
});

test("a commit that waits is given up when its load is cancelled, replaced or shut down", () => {
	for (const end of ["cancel", "replace", "shut down"]) {
		const harness = new LoaderHarness(1);
		harness.start(0);
		harness.host.thread(0).identify("tune");
		harness.publisher.isFull = true;
		harness.host.thread(0).ready();
		if (end === "cancel") harness.loader.cancel(0);
		if (end === "replace") harness.start(0);
		if (end === "shut down") void harness.loader.shutDown();
		harness.publisher.isFull = false;
		harness.host.advance(2000);
		expect(harness.take().filter((told) => told.startsWith("1 "))).toEqual([expect.stringMatching(/^1 cancelled: /)]);
		expect([harness.publisher.published, harness.publisher.referenceCount, harness.memory.usedBytes]).toEqual([
			[],
			0,
			0,
		]);
	}
});

test("a publication that is refused for good fails the load, and the reference is released", () => {
	const harness = new LoaderHarness(1);
	harness.start(0);
	harness.host.thread(0).identify("tune");
	harness.publisher.failure = new LooperError("out-of-memory", "no handle");
	harness.host.thread(0).ready();
	expect(harness.take()).toEqual(["1 out-of-memory: no handle"]);
	expect([harness.publisher.referenceCount, harness.memory.usedBytes]).toEqual([0, 0]);
});

test("a newer load of the slot ends the older one first, wherever that is", () => {
	const harness = new LoaderHarness(1);
	harness.start(0);
	harness.host.thread(0).start();
	harness.start(0);
	harness.start(0);
	const reason = "cancelled: The load was replaced by a newer one for slot 0.";
	expect(harness.take()).toEqual(["1 started", `1 ${reason}`, `2 ${reason}`]);
	harness.host.thread(0).progress(0.5, "Loading (decoding)");
	harness.host.thread(0).fail("cancelled", "stopped");
	expect(harness.host.thread(0).requestId).toBe(3);
	expect(harness.take()).toEqual([]);
});

test("progress never falls, never says 1 before the commit, and a retry keeps what was reached", () => {
	const harness = new LoaderHarness(1);
	harness.start(0);
	for (const [percent, stage] of [
		[0.1, "Loading (reading)"],
		[0, "Loading (retrying)"],
		[0.05, "Loading (reading)"],
		[1, "Loading (publishing)"],
	] as const) {
		harness.host.thread(0).progress(percent, stage);
	}
	expect(harness.take()).toEqual([
		"1 0.1 Loading (reading)",
		"1 0.1 Loading (retrying)",
		"1 0.1 Loading (reading)",
		"1 0.999 Loading (publishing)",
	]);
});

test("after the end of the engine whatever a thread still says is told to nobody", async () => {
	const harness = new LoaderHarness(2);
	harness.start(0);
	harness.start(1);
	const { host } = harness;
	for (const index of [0, 1]) host.thread(index).identify("tune");
	const ending = harness.loader.shutDown();
	harness.isShutDown = true;
	const reason = "cancelled: The engine was shut down during the load.";
	expect(harness.take()).toEqual([`1 ${reason}`, `2 ${reason}`]);
	host.thread(0).fail("cancelled", "late");
	for (const thread of host.threads) thread.die();
	await ending;
	expect([harness.take(), host.threads.every(({ isEnded }) => isEnded)]).toEqual([[], true]);
});

test.for([
	["no frames", { frames: 0 }],
	["less than no frames", { frames: -32 }],
	["half a frame", { frames: 0.5 }],
	["more frames than its region holds", { frames: 101 }],
	["more channels than its region holds", { channels: 2 }],
	["a region that is not its own", { regionAddress: 16 }],
	["the waveform of another sample", { waveform: { framesPerPeak: 128, lows: ONE_PEAK, highs: new Float32Array(2) } }],
] as const)(
	"a thread that names %s is ended as crashed, and its regions come back when it is dead",
	async ([, wrong]) => {
		const harness = new LoaderHarness(1);
		harness.start(0);
		const thread = harness.host.thread(0);
		thread.start();
		thread.identify("tune");
		harness.take();
		thread.ready(100, wrong);
		expect(harness.take()).toEqual([
			"1 worker-crashed: The loader thread ended (its sample is not whole, or outside its regions). Load the file again.",
		]);
		expect([thread.isEnded, harness.publisher.published, harness.memory.usedBytes > 0]).toEqual([true, [], true]);
		thread.die();
		await turns();
		expect([harness.publisher.referenceCount, harness.memory.usedBytes]).toEqual([0, 0]);
		harness.start(0);
		harness.host.thread(1).identify("tune");
		harness.host.thread(1).ready();
		expect(harness.take()).toEqual(SUCCESS.map((told) => `2 ${told}`));
	},
);
