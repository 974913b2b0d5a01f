import { expect, test } from "vitest";
import { type FakeHost, fakePool } from "../../test/fake-loader-threads.ts";
import { LooperError } from "../errors.ts";
import type { SampleMemory } from "../memory/sample-memory.ts";
import type { SampleInfo } from "../protocol/engine-types.ts";
import type { LoadedSample } from "../protocol/loader-messages.ts";
import type { LoadRequest } from "./load-request.ts";
import { Loader, type Publisher } from "./loader.ts";

/** Publishes into a list, counts holds over real memory, and can be as full as the control ring. */
class FakePublisher implements Publisher {
	readonly published: { readonly slot: number; readonly address: number; readonly name: string }[] = [];
	readonly keys: string[] = [];
	/** Holds that loads have, by region. */
	readonly holds: Map<number, number> = new Map();
	readonly #contents: Map<string, LoadedSample> = new Map();
	readonly #memory: SampleMemory;
	isFull = false;
	failure: LooperError | null = null;

	constructor(memory: SampleMemory) {
		this.#memory = memory;
	}

	adopt(sample: LoadedSample, contentKey: string): void {
		this.keys.push(contentKey);
		this.#contents.set(contentKey, sample);
		this.#change(sample, 1);
	}

	share(contentKey: string): LoadedSample | null {
		const sample = this.#contents.get(contentKey);
		if (sample === undefined) return null;
		this.#change(sample, 1);
		return sample;
	}

	letGo(sample: LoadedSample): void {
		this.#change(sample, -1);
		if (this.holds.get(sample.regionAddress) !== 0) return;
		const isPlayed = this.published.some(({ address }) => address === sample.regionAddress);
		if (isPlayed) return;
		for (const [key, { regionAddress }] of this.#contents) {
			if (regionAddress === sample.regionAddress) this.#contents.delete(key);
		}
		this.#memory.takeBack(sample.regionAddress);
	}

	publish(slot: number, name: string, { regionAddress, frames, channels, peak, warnings, recorded }: LoadedSample) {
		if (this.failure !== null) throw this.failure;
		if (this.isFull) return null;
		this.published.push({ slot, address: regionAddress, name });
		const info: SampleInfo = { frames, channels, durationSec: 1, peak, warnings, source: { name, ...recorded } };
		return info;
	}

	#change({ regionAddress }: LoadedSample, by: number): void {
		const holds = (this.holds.get(regionAddress) ?? 0) + by;
		if (holds < 0) throw new Error(`region ${regionAddress} was let go once too often`);
		this.holds.set(regionAddress, holds);
	}

	/** Holds not let go yet. */
	get heldCount(): number {
		return [...this.holds.values()].reduce((sum, holds) => sum + holds, 0);
	}
}

class Bench {
	readonly host: FakeHost;
	readonly memory: SampleMemory;
	readonly publisher: FakePublisher;
	readonly loader: Loader;
	/** Everything that was told of all requests, in order. */
	readonly told: string[] = [];
	readonly #requests: LoadRequest[] = [];
	isShutDown = false;

	constructor(threads: number) {
		const { host, pool, memory } = fakePool(threads);
		this.host = host;
		this.memory = memory;
		this.publisher = new FakePublisher(memory);
		this.loader = new Loader(pool, () => (this.isShutDown ? null : this.publisher), host);
	}

	start(slot: number, options: Partial<LoadRequest> = {}): LoadRequest {
		const requestId = this.#requests.length + 1;
		const tell = (what: string): void => void this.told.push(`${requestId} ${what}`);
		const request: LoadRequest = {
			slot,
			requestId,
			sourceName: `file ${requestId}`,
			source: { kind: "path", path: `/${requestId}` },
			isUrgent: false,
			strict: false,
			trimEncoderDelay: true,
			observer: {
				started: () => tell("started"),
				progress: (percent, stage) => tell(`${percent} ${stage}`),
				succeeded: ({ frames }) => tell(`success ${frames}`),
				failed: ({ code, message }) => tell(`${code}: ${message}`),
			},
			...options,
		};
		this.#requests.push(request);
		this.loader.start(request);
		return request;
	}

	/** What was told since the last look. */
	take(): string[] {
		return this.told.splice(0);
	}
}

const SUCCESS = ["1 Loading (publishing)", "success 100"];

test("a new content is decoded, published once, and its hold let go", () => {
	const bench = new Bench(1);
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

test("a content that lies in memory is published without being decoded, under the name of its own source", () => {
	const bench = new Bench(1);
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
	const bench = new Bench(3);
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
	const bench = new Bench(1);
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
	const bench = new Bench(3);
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
	expect(bench.publisher.published.map(({ slot }) => slot).toSorted()).toEqual([1, 2]);
	expect(bench.publisher.heldCount).toBe(0);
});

test("a load that was cancelled but is ready all the same gives its region to those who wait, or to nobody", () => {
	for (const waits of [true, false]) {
		const bench = new Bench(2);
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
	const bench = new Bench(2);
	bench.start(0);
	bench.start(1);
	for (const index of [0, 1]) bench.host.thread(index).identify("tune");
	bench.host.thread(0).fail("malformed-audio", "no audio");
	expect(bench.host.thread(1).answers).toEqual(["proceed"]);
	bench.host.thread(1).fail("malformed-audio", "no audio");
	expect(bench.take()).toEqual(["1 malformed-audio: no audio", "2 malformed-audio: no audio"]);
});

test("a thread that crashes while it decodes hands over, and its region comes back when it is dead", async () => {
	const bench = new Bench(2);
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
	const bench = new Bench(2);
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
	const bench = new Bench(2);
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

test("reading and asking a server again may be silent for 30 s, work for 5 s", () => {
	for (const [stage, seconds] of [
		["Loading (reading)", 30],
		["Loading (retrying)", 30],
		["Loading (decoding)", 5],
		["Loading (resampling)", 5],
		["Loading (publishing)", 5],
	] as const) {
		const bench = new Bench(1);
		bench.start(0);
		bench.host.thread(0).progress(0.1, stage);
		bench.take();
		bench.host.advance(1000 * (seconds - 1));
		expect(bench.take(), stage).toEqual([]);
		bench.host.advance(2000);
		const message = `the file made no progress for ${seconds} s and was given up; check the file`;
		expect(bench.take()).toEqual([`1 timed-out: ${message}`]);
	}
});

test("a commit is tried every turn while the ring is full, and the load is live meanwhile", () => {
	const bench = new Bench(1);
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
	const bench = new Bench(1);
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
		const bench = new Bench(1);
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
	const bench = new Bench(1);
	bench.start(0);
	bench.host.thread(0).identify("tune");
	bench.publisher.failure = new LooperError("out-of-memory", "no handle");
	bench.host.thread(0).ready();
	expect(bench.take()).toEqual(["1 out-of-memory: no handle"]);
	expect([bench.publisher.heldCount, bench.memory.usedBytes]).toEqual([0, 0]);
});

test("a newer load of the slot ends the older one first, wherever that is", () => {
	const bench = new Bench(1);
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
	const bench = new Bench(1);
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
	const bench = new Bench(2);
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
