import { expect, test } from "vitest";
import { type Notice, Notices } from "../instrument/notices.ts";
import { Part } from "./part.ts";

/** A part whose loads end when the test says so. */
function controlledPart() {
	const notices = new Notices();
	const told: Notice[] = [];
	notices.added.add((notice) => told.push(notice));
	const loads: { readonly resolve: (content: string) => void; readonly reject: (error: Error) => void }[] = [];
	const load = (): Promise<string> => new Promise((resolve, reject) => loads.push({ resolve, reject }));
	return { part: new Part({ name: "The mapping", load }, notices), loads, told };
}

test("a part is loaded once, however often it is asked for", async () => {
	const { part, loads } = controlledPart();
	const both = Promise.all([part.get(), part.get(), part.preload()]);
	expect([loads.length, part.isAwaited, part.isHere]).toEqual([1, true, false]);
	loads[0]?.resolve("content");
	expect(await both).toEqual(["content", "content", undefined]);
	expect(await part.get()).toBe("content");
	expect([loads.length, part.isAwaited, part.isHere]).toEqual([1, false, true]);
});

test("nobody waits for what is loaded ahead of need, and its failure is not told", async () => {
	const { part, loads, told } = controlledPart();
	const ahead = part.preload();
	expect(part.isAwaited).toBe(false);
	loads[0]?.reject(new Error("offline"));
	await ahead;
	expect(told).toEqual([]);
});

test("a failed load is told with what to do, and the next call tries again", async () => {
	const { part, loads, told } = controlledPart();
	const first = part.get();
	loads[0]?.reject(new Error("offline"));
	expect(await first).toBeNull();
	expect([part.isAwaited, part.isHere]).toEqual([false, false]);
	expect(told).toEqual([
		{
			tone: "error",
			text: "The mapping could not be loaded. Check the connection and try again; if that does not help, reload the page.",
		},
	]);
	const second = part.get();
	loads[1]?.resolve("content");
	expect(await second).toBe("content");
});

test("waiting is shown from the call on and until the part is here", async () => {
	const { part, loads } = controlledPart();
	const seen: (readonly boolean[])[] = [];
	part.changes.add(({ isAwaited, isHere }) => seen.push([isAwaited, isHere]));
	const call = part.get();
	loads[0]?.resolve("content");
	await call;
	expect(seen).toEqual([
		[true, false],
		[true, true],
		[false, true],
	]);
});
