import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { untilAborted } from "./until-aborted.ts";

test("a signal is listened to only as long as its value is waited for", async () => {
	const { signal } = new AbortController();
	const waiting = untilAborted(Promise.resolve(5), signal);
	expect(getEventListeners(signal, "abort")).toHaveLength(1);
	expect(await waiting).toBe(5);
	await expect(untilAborted(Promise.reject(new Error("no file")), signal)).rejects.toThrow("no file");
	expect(getEventListeners(signal, "abort")).toHaveLength(0);
});

test("an aborted signal ends the wait with its reason", async () => {
	const control = new AbortController();
	const waiting = untilAborted(new Promise(() => {}), control.signal);
	control.abort(new Error("enough"));
	await expect(waiting).rejects.toThrow("enough");
	await expect(untilAborted(Promise.reject(new Error("no file")), control.signal)).rejects.toThrow("enough");
});
