import { expect, test } from "vitest";
import { readWhole } from "../../test/byte-sources.ts";
import { ADDRESS, FakePlatform, fileBytes, hashOf, LONG, open, response } from "../../test/fake-sources.ts";
import { LooperError } from "../errors.ts";
import { Cancellation } from "./cancellation.ts";

test("a request that failed twice is tried a third time, after increasing pauses, each of them reported", async () => {
	const platform = new FakePlatform();
	platform.responses = [response(503), new TypeError("connection reset"), response(200, [fileBytes(10)])];
	const { reports, opening } = open(platform);
	const { source, contentHash } = await opening;
	expect(readWhole(source.bytes)).toEqual(fileBytes(10));
	expect(contentHash).toBe(hashOf(fileBytes(10)));
	expect(platform.pauses).toEqual([250, 500]);
	expect(reports.stages).toEqual(["retrying", "retrying", "reading"]);
});

test.for([408, 425, 429, 500, 502, 503, 504])("status %i is reported after four attempts", async (status) => {
	const platform = new FakePlatform();
	platform.responses = Array.from({ length: 4 }, () => response(status));
	await expect(open(platform).opening).rejects.toMatchObject({
		code: "read-failed",
		message: `The server answered ${status} said the server for ${ADDRESS}. Try again.`,
	});
	expect(platform.pauses).toEqual([250, 500, 1000]);
});

test.for([
	[404, "file-not-found", "File not found"],
	[410, "file-not-found", "File not found"],
	[400, "read-failed", "400"],
	[401, "read-failed", "401"],
	[403, "read-failed", "403"],
	[501, "read-failed", "501"],
] as const)("status %i is final: %s after the first attempt", async ([status, code, words]) => {
	const platform = new FakePlatform();
	platform.responses = [response(status)];
	await expect(open(platform).opening).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
	expect([platform.requests, platform.pauses]).toEqual([1, []]);
});

test("a connection that fails halfway is read again from the start, with nothing left of the first attempt", async () => {
	const platform = new FakePlatform();
	const bytes = fileBytes(LONG);
	platform.responses = [
		response(200, [bytes, new Error("reset")]),
		response(200, [bytes.subarray(0, 99), bytes.subarray(99)]),
	];
	const { source, contentHash } = await open(platform).opening;
	expect(contentHash).toBe(hashOf(bytes));
	expect(Buffer.compare(readWhole(source.bytes), bytes)).toBe(0);
	expect([platform.spools, platform.discarded]).toEqual([2, 1]);
	await source.close();
	expect(platform.discarded).toBe(2);
});

test("a file announced as long is spooled from its first byte, even if announced wrongly", async () => {
	for (const bytes of [fileBytes(LONG), fileBytes(1000)]) {
		const platform = new FakePlatform();
		platform.responses = [response(200, [bytes.subarray(0, 300), bytes.subarray(300)], LONG)];
		const { source, contentHash } = await open(platform).opening;
		expect([platform.spools, platform.hashed]).toEqual([1, [300, bytes.length - 300]]);
		expect(contentHash).toBe(hashOf(bytes));
		expect(Buffer.compare(readWhole(source.bytes), bytes)).toBe(0);
	}
});

test("an error of the engine itself is not retried", async () => {
	const platform = new FakePlatform();
	platform.responses = [response(200, [fileBytes(4)])];
	const opening = open(platform, {
		onBytes: () => {
			throw new LooperError("out-of-memory", "no room");
		},
	}).opening;
	await expect(opening).rejects.toMatchObject({ code: "out-of-memory" });
	expect(platform.requests).toBe(1);
});

test("a load cancelled before the response aborts the request, without a retry", async () => {
	const platform = new FakePlatform();
	const cancellation = new Cancellation();
	let refuse: (error: Error) => void = () => {};
	platform.responses = [
		new Promise((_, reject) => {
			refuse = reject;
		}),
	];
	const { opening } = open(platform, { cancellation });
	cancellation.cancel();
	expect(platform.aborts).toBe(1);
	refuse(new DOMException("aborted", "AbortError"));
	await expect(opening).rejects.toMatchObject({ code: "cancelled" });
	expect([platform.requests, platform.pauses]).toEqual([1, []]);
});

test("a load cancelled while arriving aborts the request", async () => {
	const platform = new FakePlatform();
	const cancellation = new Cancellation();
	platform.responses = [response(200, [fileBytes(4), fileBytes(4), fileBytes(4)])];
	const { reports, opening } = open(platform, { cancellation, onBytes: () => cancellation.cancel() });
	await expect(opening).rejects.toMatchObject({ code: "cancelled" });
	expect([platform.aborts, reports.bytes]).toEqual([1, [[4, null]]]);
});

test("a load cancelled between two attempts sends no further request", async () => {
	const platform = new FakePlatform();
	const cancellation = new Cancellation();
	platform.responses = [response(503), response(200, [fileBytes(4)])];
	platform.onPause = () => cancellation.cancel();
	await expect(open(platform, { cancellation }).opening).rejects.toMatchObject({ code: "cancelled" });
	expect(platform.requests).toBe(1);
});
