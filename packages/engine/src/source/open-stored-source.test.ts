import { expect, test } from "vitest";
import { readWhole } from "../../test/byte-sources.ts";
import { arriving, FakeFile, FakePlatform, fileBytes, hashOf, LONG, open, response } from "../../test/fake-sources.ts";
import { LooperError } from "../errors.ts";
import { Cancellation } from "./cancellation.ts";
import { KEPT_BYTES } from "./read-stream.ts";
import type { StoredSource } from "./source-platform.ts";

test("the hash is the same for bytes in memory, in a spool and in a file", async () => {
	for (const length of [0, 1, KEPT_BYTES, LONG]) {
		const bytes = fileBytes(length);
		const platform = new FakePlatform();
		platform.responses = [response(200, [bytes])];
		platform.opened = new FakeFile(bytes);
		const fromServer = await open(platform).opening;
		const fromFile = await open(platform, { kind: "path" }).opening;
		expect(fromServer.contentHash).toBe(hashOf(bytes));
		expect(fromFile.contentHash).toBe(hashOf(bytes));
		expect(platform.spools).toBe(length > KEPT_BYTES ? 1 : 0);
	}
});

test("a short file is kept in memory and closed; a long one is hashed a mebibyte at a time and stays open", async () => {
	const platform = new FakePlatform();
	const short = new FakeFile(fileBytes(1000));
	platform.opened = short;
	const kept = await open(platform, { kind: "path" }).opening;
	expect([short.closed, platform.hashed]).toEqual([1, []]);
	expect(readWhole(kept.source.bytes)).toEqual(fileBytes(1000));
	const long = new FakeFile(fileBytes(LONG));
	platform.opened = long;
	const { reports, opening } = open(platform, { kind: "path" });
	const { source } = await opening;
	expect(source).toBe(long);
	expect([long.closed, platform.hashed]).toEqual([0, [...Array.from({ length: 16 }, () => 2 ** 20), 1]]);
	expect(reports.bytes.at(-1)).toEqual([LONG, LONG]);
});

test("a long file that can be streamed is hashed from one stream, which is cancelled even if the load is", async () => {
	const platform = new FakePlatform();
	const bytes = fileBytes(LONG);
	let cancelled = 0;
	const streamed = (): StoredSource => {
		const pieces = [bytes.subarray(0, 5_000_000), bytes.subarray(5_000_000)];
		return Object.assign(new FakeFile(bytes), {
			stream: () => ({
				read: () => Promise.resolve({ done: pieces.length === 0, value: pieces.shift() }),
				cancel: async () => {
					cancelled += 1;
				},
			}),
		});
	};
	platform.opened = streamed();
	expect((await open(platform, { kind: "path" }).opening).contentHash).toBe(hashOf(bytes));
	expect(platform.hashed).toEqual([5_000_000, LONG - 5_000_000]);
	platform.opened = streamed();
	const refuse = (): void => {
		throw new LooperError("cancelled", "The load was cancelled.");
	};
	await expect(open(platform, { kind: "path", onBytes: refuse }).opening).rejects.toMatchObject({ code: "cancelled" });
	expect(cancelled).toBe(2);
});

test("a file that changed or became shorter while being hashed is an error, and is closed", async () => {
	const changed = new FakeFile(fileBytes(100));
	changed.changed = true;
	const cut = new FakeFile(fileBytes(LONG), LONG - 5);
	for (const file of [changed, cut]) {
		const platform = new FakePlatform();
		platform.opened = file;
		await expect(open(platform, { kind: "path" }).opening).rejects.toMatchObject({ code: "read-failed" });
		expect(file.closed).toBe(1);
	}
});

test("a load cancelled while its file is being hashed closes the file", async () => {
	const platform = new FakePlatform();
	const cancellation = new Cancellation();
	const file = new FakeFile(fileBytes(LONG));
	platform.opened = file;
	const { reports, opening } = open(platform, { kind: "path", cancellation, onBytes: () => cancellation.cancel() });
	await expect(opening).rejects.toMatchObject({ code: "cancelled" });
	expect([file.closed, reports.bytes.length]).toEqual([1, 1]);
});

test("a load cancelled while a pipe is silent closes the pipe and ends", async () => {
	const platform = new FakePlatform();
	const cancellation = new Cancellation();
	let end: (answer: { done: true }) => void = () => {};
	const reader = {
		read: () =>
			new Promise<{ done: true }>((resolve) => {
				end = resolve;
			}),
		cancel: () => Promise.resolve(end({ done: true })),
	};
	platform.opened = { reader, byteLength: null };
	const { opening } = open(platform, { kind: "path", cancellation });
	await Promise.resolve();
	cancellation.cancel();
	await expect(opening).rejects.toMatchObject({ code: "cancelled" });
});

test("a pipe is gathered like a response, without retries", async () => {
	const platform = new FakePlatform();
	let cancelled = 0;
	platform.opened = { reader: arriving([fileBytes(3), new Error("broken pipe")], () => cancelled++), byteLength: null };
	await expect(open(platform, { kind: "path" }).opening).rejects.toThrow("broken pipe");
	expect([cancelled, platform.pauses]).toEqual([1, []]);
});

test("a long file with a new fingerprint is hashed once, while being decoded", async () => {
	const platform = new FakePlatform();
	const bytes = fileBytes(LONG);
	const file = new FakeFile(bytes);
	platform.opened = file;
	const { source, contentHash, fingerprint, nameContent } = await open(platform, { kind: "path", isNew: true }).opening;
	expect([contentHash, platform.hashed, file.closed]).toEqual([null, [], 0]);
	expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
	expect(Buffer.compare(readWhole(source.bytes), bytes)).toBe(0);
	expect(await nameContent(() => Promise.reject(new Error("Everything was read.")))).toBe(hashOf(bytes));
	expect(platform.hashed.reduce((sum, length) => sum + length, 0)).toBe(LONG);
	file.changed = true;
	await expect(source.checkUnchanged()).rejects.toMatchObject({ code: "read-failed" });
	await source.close();
	expect(file.closed).toBe(1);
});

test("a long source has the same fingerprint from everywhere; a short one has only a hash, known immediately", async () => {
	const platform = new FakePlatform();
	const bytes = fileBytes(LONG);
	platform.responses = [response(200, [bytes]), response(200, [bytes.subarray(1)])];
	platform.opened = new FakeFile(bytes);
	const fromServer = await open(platform, { isNew: true }).opening;
	const shorter = await open(platform, { isNew: true }).opening;
	const isNew = await open(platform, { kind: "path", isNew: true }).opening;
	const isKnown = await open(platform, { kind: "path" }).opening;
	expect(new Set([fromServer, isNew, isKnown].map(({ fingerprint }) => fingerprint)).size).toBe(1);
	for (const { contentHash, nameContent } of [fromServer, isKnown]) {
		expect(contentHash).toBe(hashOf(bytes));
		expect(await nameContent(() => Promise.reject(new Error("There are no bytes left.")))).toBe(hashOf(bytes));
	}
	expect([shorter.fingerprint, shorter.contentHash]).toEqual([null, hashOf(bytes.subarray(1))]);
});

test("a long file is closed if it is too short for its fingerprint, or its load is cancelled", async () => {
	const platform = new FakePlatform();
	const cut = new FakeFile(fileBytes(LONG), LONG - 5);
	platform.opened = cut;
	await expect(open(platform, { kind: "path", isNew: true }).opening).rejects.toMatchObject({ code: "read-failed" });
	expect(cut.closed).toBe(1);
});
