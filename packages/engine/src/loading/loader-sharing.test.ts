import { expect, test } from "vitest";
import { LoaderHarness, SUCCESS } from "../../test/loader-harness.ts";
import type { LoadSource } from "../protocol/load-source.ts";

test("a content that lies in memory is published without being decoded, under the name of its own source", () => {
	const harness = new LoaderHarness(1);
	harness.start(0);
	const thread = harness.host.thread(0);
	thread.identify("tune");
	const { regionAddress } = thread.ready();
	harness.start(1);
	harness.take();
	thread.identify("tune");
	expect(thread.answers).toEqual(["duplicate"]);
	expect(harness.take()).toEqual(SUCCESS.map((told) => `2 ${told}`));
	thread.skip();
	expect(harness.publisher.published).toEqual([
		{ slot: 0, address: regionAddress, name: "file 1" },
		{ slot: 1, address: regionAddress, name: "file 2" },
	]);
	expect([harness.publisher.referenceCount, harness.memory.usedBytes]).toEqual([0, 528]);
	expect(harness.take()).toEqual([]);
});

test("loads of one content at the same time leave their threads to others and share what one of them decodes", () => {
	const harness = new LoaderHarness(3);
	for (const slot of [0, 1, 2]) harness.start(slot);
	const { host } = harness;
	const [first, second, third] = [host.thread(0), host.thread(1), host.thread(2)];
	for (const thread of [second, first, third]) thread.identify("tune");
	expect([first.answers, second.answers, third.answers]).toEqual([["duplicate"], ["proceed"], ["duplicate"]]);
	for (const thread of [first, third]) thread.skip();
	for (const slot of [3, 4]) harness.start(slot);
	expect([first.requestId, second.requestId, third.requestId]).toEqual([4, 2, 5]);
	const { regionAddress } = second.ready();
	expect(harness.publisher.published).toEqual(
		[0, 2, 1].map((slot) => ({ slot, address: regionAddress, name: `file ${slot + 1}` })),
	);
	expect(harness.take().filter((told) => told.includes("success"))).toHaveLength(3);
	expect(harness.publisher.referenceCount).toBe(0);
});

test("a content under other options is another one", () => {
	const harness = new LoaderHarness(1);
	for (const options of [
		{},
		{ strict: true },
		{ trimEncoderDelay: false },
		{ strict: true, trimEncoderDelay: false },
	]) {
		harness.start(0, options);
		harness.host.thread(0).identify("tune");
		expect(harness.host.thread(0).answers).toEqual(["proceed"]);
		harness.host.thread(0).ready();
	}
	expect(new Set(harness.publisher.keys).size).toBe(4);
});

test("when the load that decodes is cancelled and stops, the next one is sent to a thread again", () => {
	const harness = new LoaderHarness(3);
	const decoding = harness.start(0);
	harness.start(1);
	harness.start(2);
	const { host } = harness;
	const [first, second, third] = [host.thread(0), host.thread(1), host.thread(2)];
	for (const thread of [first, second, third]) {
		thread.start();
		thread.identify("tune");
	}
	for (const thread of [second, third]) thread.skip();
	harness.take();
	harness.loader.cancelRequest(decoding);
	expect(harness.take()).toEqual(["1 cancelled: The load was cancelled."]);
	expect(first.answers).toEqual(["proceed", "cancel"]);
	first.fail("cancelled", "The load was cancelled.");
	expect([first.requestId, first.source]).toEqual([2, { kind: "path", path: "/2" }]);
	first.start();
	first.progress(0.1, "Loading (reading)");
	first.identify("tune");
	expect(first.answers).toEqual(["proceed"]);
	first.ready();
	expect(harness.publisher.published.map(({ slot }) => slot).toSorted((one, other) => one - other)).toEqual([1, 2]);
	expect(harness.publisher.referenceCount).toBe(0);
	expect(harness.take().filter((told) => told.includes("started"))).toEqual([]);
});

test("bytes that went to a thread come back with the load that left it, and go out with it again", () => {
	const harness = new LoaderHarness(2);
	const sourceOf = (byte: number): LoadSource => ({ kind: "bytes", bytes: Uint8Array.of(byte) });
	harness.start(0, { source: sourceOf(1) });
	harness.start(1, { source: sourceOf(2) });
	const [first, second] = [harness.host.thread(0), harness.host.thread(1)];
	for (const thread of [first, second]) thread.identify("tune");
	first.fail("out-of-memory", "no room");
	// Its bytes are still on their way back.
	expect(first.requestId).toBe(1);
	const returned = sourceOf(3);
	second.skip(returned);
	expect([first.requestId, first.source]).toEqual([2, returned]);
});

test("a load that is sent to a thread again and finds another content there leaves the first one to the next", () => {
	const harness = new LoaderHarness(3);
	for (const slot of [0, 1, 2]) harness.start(slot);
	const [first, second, third] = [harness.host.thread(0), harness.host.thread(1), harness.host.thread(2)];
	for (const thread of [first, second, third]) thread.identify("tune");
	for (const thread of [second, third]) thread.skip();
	first.fail("read-failed", "gone");
	expect(first.requestId).toBe(2);
	first.identify("changed");
	expect(first.answers).toEqual(["proceed"]);
	expect(second.requestId).toBe(3);
	second.identify("tune");
	expect(second.answers).toEqual(["proceed"]);
	first.ready();
	second.ready();
	expect(harness.publisher.keys).toEqual(["changed", "tune"]);
});

test("a load that waits for a thread to decode what another one gave up may be cancelled: the next one takes over", () => {
	const harness = new LoaderHarness(2);
	for (const slot of [0, 1]) harness.start(slot);
	const [first, second] = [harness.host.thread(0), harness.host.thread(1)];
	for (const thread of [first, second]) thread.identify("tune");
	second.skip();
	const third = harness.start(2);
	second.identify("tune");
	second.skip();
	for (const slot of [3, 4]) harness.start(slot);
	expect([first.requestId, second.requestId]).toEqual([1, 4]);
	first.crash("it fell over");
	// The thread's place goes to what waited before; the content's next load comes behind.
	harness.loader.cancel(1);
	second.fail("malformed-audio", "no audio");
	expect(second.requestId).toBe(third.requestId);
	second.identify("tune");
	expect(second.answers).toEqual(["proceed"]);
});

test("a load that was cancelled but is ready all the same gives its region to those who wait, or to nobody", () => {
	for (const waits of [true, false]) {
		const harness = new LoaderHarness(2);
		harness.start(0);
		if (waits) harness.start(1);
		harness.host.thread(0).identify("tune");
		if (waits) harness.host.thread(1).identify("tune");
		harness.loader.cancel(0);
		harness.host.thread(0).ready();
		expect(harness.publisher.published.map(({ slot }) => slot)).toEqual(waits ? [1] : []);
		expect([harness.publisher.referenceCount, harness.memory.usedBytes]).toEqual([0, waits ? 528 : 0]);
	}
});

test("a content that cannot be decoded is tried once for all who wait, any other failure only ends its own load", () => {
	for (const code of ["malformed-audio", "unsupported-format", "unsupported-channels", "out-of-memory"] as const) {
		const harness = new LoaderHarness(2);
		harness.start(0);
		harness.start(1);
		for (const index of [0, 1]) harness.host.thread(index).identify("tune");
		harness.host.thread(1).skip();
		harness.host.thread(0).fail(code, "no audio");
		const isShared = code !== "out-of-memory";
		expect(harness.take()).toEqual([`1 ${code}: no audio`, ...(isShared ? [`2 ${code}: no audio`] : [])]);
		expect(harness.host.thread(0).requestId).toBe(isShared ? 1 : 2);
		// The failure is not kept: the next load tries anew.
		harness.start(2);
		const thread = isShared ? harness.host.thread(0) : harness.host.thread(1);
		expect(thread.requestId).toBe(3);
	}
});

test("a thread that crashes while it decodes hands over, and its region comes back when it is dead", async () => {
	const harness = new LoaderHarness(2);
	harness.start(0);
	harness.start(1);
	const { host } = harness;
	for (const index of [0, 1]) host.thread(index).identify("tune");
	host.thread(1).skip();
	const { requestId } = host.thread(0);
	host.thread(0).say({ type: "reserve", requestId, bytes: 800 });
	host.thread(0).crash("it fell over");
	expect(harness.take()).toEqual(["1 worker-crashed: The loader thread ended (it fell over). Load the file again."]);
	expect(host.thread(1).requestId).toBe(2);
	host.thread(1).identify("tune");
	expect(host.thread(1).answers).toEqual(["proceed"]);
	expect(harness.memory.usedBytes).toBe(800);
	host.thread(0).die();
	await Promise.resolve();
	await Promise.resolve();
	expect(harness.memory.usedBytes).toBe(0);
	harness.start(2);
	expect(host.threads).toHaveLength(3);
});

test("a load that waits may be cancelled: it is not called any more, and the decoding goes on", () => {
	const harness = new LoaderHarness(2);
	harness.start(0);
	const waiting = harness.start(1);
	const { host } = harness;
	for (const index of [0, 1]) host.thread(index).identify("tune");
	harness.loader.cancelRequest(waiting);
	host.thread(1).skip();
	expect(harness.take()).toEqual(["2 cancelled: The load was cancelled."]);
	host.thread(0).ready();
	expect(host.thread(1).answers).toEqual(["duplicate", "cancel"]);
	expect(harness.publisher.published.map(({ slot }) => slot)).toEqual([0]);
	expect(harness.publisher.referenceCount).toBe(0);
});

test("a load waits for another one's decoding as long as it takes, and takes over when that is stuck", () => {
	const harness = new LoaderHarness(2);
	harness.start(0);
	harness.start(1);
	const { host } = harness;
	for (const index of [0, 1]) host.thread(index).identify("tune");
	host.thread(1).skip();
	for (let second = 0; second < 60; second++) {
		host.advance(1000);
		host.thread(0).progress(0.5, "Loading (decoding)");
	}
	expect([host.thread(0).isEnded, host.thread(1).isEnded]).toEqual([false, false]);
	host.advance(6000);
	expect(host.thread(0).isEnded).toBe(true);
	expect(host.thread(1).requestId).toBe(2);
	host.thread(1).identify("tune");
	host.advance(6000);
	expect(host.thread(1).isEnded).toBe(true);
});

test("a long file with a new fingerprint is decoded at once and known afterwards by the hash that was found meanwhile", () => {
	const harness = new LoaderHarness(1);
	harness.start(0);
	const thread = harness.host.thread(0);
	thread.recognize("like");
	expect(thread.answers).toEqual(["proceed"]);
	const { regionAddress } = thread.readyAs("tune");
	expect(harness.publisher.keys).toEqual(["tune"]);
	harness.start(1);
	thread.recognize("like");
	expect(thread.answers).toEqual(["hash"]);
	thread.identify("tune", "like");
	expect(thread.answers).toEqual(["hash", "duplicate"]);
	thread.skip();
	expect(harness.publisher.published.map(({ address }) => address)).toEqual([regionAddress, regionAddress]);
});

test("a long file that is loaded while it is decoded elsewhere is hashed and waits, and the two share one copy", () => {
	const harness = new LoaderHarness(2);
	harness.start(0);
	harness.start(1);
	const [first, second] = [harness.host.thread(0), harness.host.thread(1)];
	for (const thread of [first, second]) thread.recognize("like");
	expect([first.answers, second.answers]).toEqual([["proceed"], ["hash"]]);
	second.identify("tune", "like");
	expect(second.answers).toEqual(["hash", "duplicate"]);
	second.skip();
	const { regionAddress } = first.readyAs("tune");
	expect(harness.publisher.published.map(({ slot, address }) => [slot, address])).toEqual([
		[1, regionAddress],
		[0, regionAddress],
	]);
	expect([harness.publisher.keys, harness.publisher.referenceCount]).toEqual([["tune"], 0]);
});

test("another content with the same fingerprint waits, finds that it is another one, and is decoded, too", () => {
	const harness = new LoaderHarness(2);
	harness.start(0);
	harness.start(1);
	const [first, second] = [harness.host.thread(0), harness.host.thread(1)];
	for (const thread of [first, second]) thread.recognize("like");
	second.identify("forged", "like");
	second.skip();
	first.readyAs("tune");
	const again = first.requestId === 2 ? first : second;
	again.recognize("like");
	again.identify("forged", "like");
	expect(again.answers).toEqual(["hash", "proceed"]);
	again.readyAs("forged");
	expect(harness.publisher.keys).toEqual(["tune", "forged"]);
	expect(new Set(harness.publisher.published.map(({ address }) => address)).size).toBe(2);
	// Each is found by its own hash from now on.
	harness.start(2);
	again.recognize("like");
	again.identify("tune", "like");
	expect(again.answers).toEqual(["hash", "duplicate"]);
});

test("a long file that cannot be decoded is tried once more by those who waited, and then for all of them", () => {
	const harness = new LoaderHarness(3);
	for (const slot of [0, 1, 2]) harness.start(slot);
	const { host } = harness;
	for (const index of [0, 1, 2]) host.thread(index).recognize("like");
	for (const index of [1, 2]) {
		host.thread(index).identify("tune", "like");
		host.thread(index).skip();
	}
	host.thread(0).fail("malformed-audio", "no audio");
	expect(harness.take()).toEqual(["1 malformed-audio: no audio"]);
	expect(host.thread(0).requestId).toBe(2);
	host.thread(0).recognize("like");
	host.thread(0).identify("tune", "like");
	expect(host.thread(0).answers).toEqual(["hash", "proceed"]);
	host.thread(0).fail("malformed-audio", "no audio");
	expect(harness.take()).toEqual(["2 malformed-audio: no audio", "3 malformed-audio: no audio"]);
});

test("when the load that decodes a long file is cancelled, the next one decodes it, and a third waits for that", () => {
	const harness = new LoaderHarness(3);
	for (const slot of [0, 1, 2]) harness.start(slot);
	const { host } = harness;
	for (const index of [0, 1, 2]) host.thread(index).recognize("like");
	for (const index of [1, 2]) {
		host.thread(index).identify("tune", "like");
		host.thread(index).skip();
	}
	harness.loader.cancel(0);
	host.thread(0).fail("cancelled", "The load was cancelled.");
	host.thread(0).recognize("like");
	host.thread(0).identify("tune", "like");
	host.thread(0).readyAs("tune");
	expect(harness.publisher.published.map(({ slot }) => slot).toSorted((one, other) => one - other)).toEqual([1, 2]);
	expect([harness.publisher.keys, harness.publisher.referenceCount]).toEqual([["tune"], 0]);
});

test("a long source whose hash is known at once, from a server, is found by its fingerprint, too, and finds others", () => {
	const harness = new LoaderHarness(3);
	for (const slot of [0, 1, 2]) harness.start(slot);
	const [server, file, late] = [harness.host.thread(0), harness.host.thread(1), harness.host.thread(2)];
	server.identify("tune", "like");
	file.recognize("like");
	expect([server.answers, file.answers]).toEqual([["proceed"], ["hash"]]);
	file.identify("tune", "like");
	late.recognize("unlike");
	expect(late.answers).toEqual(["proceed"]);
	file.skip();
	harness.start(3);
	file.identify("ballad", "unlike");
	expect(file.answers).toEqual(["duplicate"]);
	file.skip();
	server.readyAs("tune");
	late.readyAs("ballad");
	expect(harness.publisher.keys).toEqual(["tune", "ballad"]);
	expect(harness.publisher.published).toHaveLength(4);
});

test("a fingerprint under other options is another one", () => {
	const harness = new LoaderHarness(4);
	for (const [slot, options] of [{}, { strict: true }, { trimEncoderDelay: false }, {}].entries()) {
		harness.start(slot, options);
		harness.host.thread(slot).recognize("like");
	}
	expect([0, 1, 2, 3].map((index) => harness.host.thread(index).answers[0])).toEqual([
		"proceed",
		"proceed",
		"proceed",
		"hash",
	]);
});

test("a thread that reads its file for the first time, to decode it or to hash it, has as long as for reading", () => {
	const harness = new LoaderHarness(3);
	for (const slot of [0, 1, 2]) harness.start(slot);
	const { host } = harness;
	for (const index of [0, 1]) host.thread(index).recognize("like");
	host.thread(2).identify("short");
	for (const index of [0, 2]) host.thread(index).progress(0.5, "Loading (decoding)");
	host.advance(6_000);
	expect([0, 1, 2].map((index) => host.thread(index).isEnded)).toEqual([false, false, true]);
	host.advance(26_000);
	expect([0, 1].map((index) => host.thread(index).isEnded)).toEqual([true, true]);
	// The next request of a thread has its own measure.
	harness.start(3);
	host.thread(3).recognize("unlike");
	host.thread(3).ready();
	harness.start(4);
	host.thread(3).identify("tune");
	host.advance(6_000);
	expect(host.thread(3).isEnded).toBe(true);
});
