import { expect, test } from "vitest";
import { type FakeHost, unopenedPool } from "../../test/fake-loader-threads.ts";
import type { LoaderPool } from "./loader-pool.ts";

/** Asks for a load of the slot. */
function request(pool: LoaderPool, slot: number): void {
	const observer = { started: () => {}, progress: () => {}, succeeded: () => {}, failed: () => {} };
	pool.enqueue(
		{
			slot,
			requestId: slot + 1,
			sourceName: "file",
			source: { kind: "path", path: "/file" },
			isUrgent: false,
			strict: false,
			trimEncoderDelay: true,
			observer,
		},
		{ ...observer, recognized: () => true, identified: () => true, skipped: () => {} },
	);
}

/** What each thread has heard. */
function heard({ threads }: FakeHost): string[][] {
	return threads.map((thread) => thread.heard.map(({ type }) => type));
}

test("threads that are started ahead wait for the engine, and then take the requests that wait", () => {
	const { host, pool, open } = unopenedPool(2);
	pool.startThreads();
	for (let slot = 0; slot < 3; slot++) request(pool, slot);
	expect(heard(host)).toEqual([[], []]);
	open();
	expect(heard(host)).toEqual([
		["initialize", "load"],
		["initialize", "load"],
	]);
});

test("a thread that crashes before the engine runs is replaced when it is needed, not before", () => {
	const { host, pool, open } = unopenedPool(1);
	pool.startThreads();
	host.thread(0).crash("its script is missing");
	expect(host.threads).toHaveLength(1);
	open();
	request(pool, 0);
	expect(heard(host)).toEqual([[], ["initialize", "load"]]);
});

test("an engine that does not start ends the threads that were started for it", () => {
	const { host, pool } = unopenedPool(2);
	pool.startThreads();
	pool.dropThreads();
	expect(host.threads.map(({ isEnded }) => isEnded)).toEqual([true, true]);
});
