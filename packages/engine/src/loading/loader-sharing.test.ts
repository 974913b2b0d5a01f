import { expect, test } from "vitest";
import { LoaderBench, SUCCESS } from "../../test/loader-bench.ts";

test("a content that lies in memory is published without being decoded, under the name of its own source", () => {
	const bench = new LoaderBench(1);
	bench.start(0);
	const thread = bench.host.thread(0);
	thread.identify("tune");
	const { regionAddress } = thread.ready();
	bench.start(1);
	bench.take();
	thread.identify("tune");
	expect(thread.answers).toEqual(["duplicate"]);
	expect(bench.take()).toEqual(SUCCESS.map((told) => `2 ${told}`));
	thread.skip();
	expect(bench.publisher.published).toEqual([
		{ slot: 0, address: regionAddress, name: "file 1" },
		{ slot: 1, address: regionAddress, name: "file 2" },
	]);
	expect([bench.publisher.heldCount, bench.memory.usedBytes]).toEqual([0, 528]);
	expect(bench.take()).toEqual([]);
});

test("loads of one content at the same time wait for the one that decodes it, and share its region", () => {
	const bench = new LoaderBench(3);
	for (const slot of [0, 1, 2]) bench.start(slot);
	const { host } = bench;
	const [first, second, third] = [host.thread(0), host.thread(1), host.thread(2)];
	for (const thread of [second, first, third]) thread.identify("tune");
	expect([first.answers, second.answers, third.answers]).toEqual([[], ["proceed"], []]);
	const { regionAddress } = second.ready();
	expect([first.answers, third.answers]).toEqual([["duplicate"], ["duplicate"]]);
	expect(bench.publisher.published.map(({ address }) => address)).toEqual([
		regionAddress,
		regionAddress,
		regionAddress,
	]);
	expect(bench.take().filter((told) => told.includes("success"))).toHaveLength(3);
	expect(bench.publisher.heldCount).toBe(0);
});

test("a content under other options is another one", () => {
	const bench = new LoaderBench(1);
	for (const options of [
		{},
		{ strict: true },
		{ trimEncoderDelay: false },
		{ strict: true, trimEncoderDelay: false },
	]) {
		bench.start(0, options);
		bench.host.thread(0).identify("tune");
		expect(bench.host.thread(0).answers).toEqual(["proceed"]);
		bench.host.thread(0).ready();
	}
	expect(new Set(bench.publisher.keys).size).toBe(4);
});

test("when the load that decodes is cancelled and stops, the next one that waits decodes", () => {
	const bench = new LoaderBench(3);
	const decoding = bench.start(0);
	bench.start(1);
	bench.start(2);
	const { host } = bench;
	for (const index of [0, 1, 2]) host.thread(index).identify("tune");
	bench.loader.cancelRequest(decoding);
	expect(bench.take()).toEqual(["1 cancelled: the load was cancelled"]);
	expect([host.thread(0).answers, host.thread(1).answers]).toEqual([["proceed", "cancel"], []]);
	host.thread(0).fail("cancelled", "the load was cancelled");
	expect([host.thread(1).answers, host.thread(2).answers]).toEqual([["proceed"], []]);
	host.thread(1).ready();
	host.thread(2).skip();
	expect(host.thread(2).answers).toEqual(["duplicate"]);
	expect(bench.publisher.published.map(({ slot }) => slot).toSorted((one, other) => one - other)).toEqual([1, 2]);
	expect(bench.publisher.heldCount).toBe(0);
});

test("a load that was cancelled but is ready all the same gives its region to those who wait, or to nobody", () => {
	for (const waits of [true, false]) {
		const bench = new LoaderBench(2);
		bench.start(0);
		if (waits) bench.start(1);
		bench.host.thread(0).identify("tune");
		if (waits) bench.host.thread(1).identify("tune");
		bench.loader.cancel(0);
		bench.host.thread(0).ready();
		expect(bench.publisher.published.map(({ slot }) => slot)).toEqual(waits ? [1] : []);
		expect([bench.publisher.heldCount, bench.memory.usedBytes]).toEqual([0, waits ? 528 : 0]);
	}
});

test("a load that fails hands its content to the next one, whose file may be read better", () => {
	const bench = new LoaderBench(2);
	bench.start(0);
	bench.start(1);
	for (const index of [0, 1]) bench.host.thread(index).identify("tune");
	bench.host.thread(0).fail("malformed-audio", "no audio");
	expect(bench.host.thread(1).answers).toEqual(["proceed"]);
	bench.host.thread(1).fail("malformed-audio", "no audio");
	expect(bench.take()).toEqual(["1 malformed-audio: no audio", "2 malformed-audio: no audio"]);
});

test("a thread that crashes while it decodes hands over, and its region comes back when it is dead", async () => {
	const bench = new LoaderBench(2);
	bench.start(0);
	bench.start(1);
	const { host } = bench;
	for (const index of [0, 1]) host.thread(index).identify("tune");
	const { requestId } = host.thread(0);
	host.thread(0).say({ type: "reserve", requestId, bytes: 800 });
	host.thread(0).crash("it fell over");
	expect(bench.take()).toEqual(["1 worker-crashed: the loader thread ended: it fell over; load the file again"]);
	expect(host.thread(1).answers).toEqual(["proceed"]);
	expect(bench.memory.usedBytes).toBe(800);
	host.thread(0).die();
	await Promise.resolve();
	await Promise.resolve();
	expect(bench.memory.usedBytes).toBe(0);
	bench.start(2);
	expect(host.threads).toHaveLength(3);
});

test("a load that waits may be cancelled: it is not called any more, and the decoding goes on", () => {
	const bench = new LoaderBench(2);
	bench.start(0);
	const waiting = bench.start(1);
	const { host } = bench;
	for (const index of [0, 1]) host.thread(index).identify("tune");
	bench.loader.cancelRequest(waiting);
	host.thread(1).skip();
	expect(bench.take()).toEqual(["2 cancelled: the load was cancelled"]);
	host.thread(0).ready();
	expect(host.thread(1).answers).toEqual(["cancel"]);
	expect(bench.publisher.published.map(({ slot }) => slot)).toEqual([0]);
	expect(bench.publisher.heldCount).toBe(0);
});

test("a thread that waits for another load's decoding is never taken for stuck", () => {
	const bench = new LoaderBench(2);
	bench.start(0);
	bench.start(1);
	const { host } = bench;
	for (const index of [0, 1]) host.thread(index).identify("tune");
	for (let second = 0; second < 60; second++) {
		host.advance(1000);
		host.thread(0).progress(0.5, "Loading (decoding)");
	}
	expect([host.thread(0).isEnded, host.thread(1).isEnded]).toEqual([false, false]);
	host.advance(6000);
	expect(host.thread(0).isEnded).toBe(true);
	expect(host.thread(1).answers).toEqual(["proceed"]);
	host.advance(6000);
	expect(host.thread(1).isEnded).toBe(true);
});
