import { afterEach, expect, test, vi } from "vitest";
import { EventListeners } from "./event-listeners.ts";

const aDropout = { frame: 1, lostFrames: 2 };
/** Settles when the listeners have been called. */
async function delivered(): Promise<void> {
	await Promise.resolve();
}

afterEach(() => vi.unstubAllGlobals());

test("listeners are called in the order of the events, after the code that caused them, and with those of their type only", async () => {
	const listeners = new EventListeners();
	const heard: unknown[] = [];
	listeners.add("state", (state) => heard.push(state));
	listeners.add("dropout", (dropout) => heard.push(dropout));
	listeners.emit("state", "running");
	listeners.emit("dropout", aDropout);
	listeners.emit("state", "closed");
	expect(heard).toEqual([]);
	await delivered();
	expect(heard).toEqual(["running", aDropout, "closed"]);
});

test("what a listener causes follows when it has returned", async () => {
	const listeners = new EventListeners();
	const heard: string[] = [];
	listeners.add("state", (state) => {
		heard.push(`${state} begins`);
		if (state === "running") listeners.emit("state", "closed");
		heard.push(`${state} ends`);
	});
	listeners.emit("state", "running");
	await delivered();
	await delivered();
	expect(heard).toEqual(["running begins", "running ends", "closed begins", "closed ends"]);
});

test("a listener that has been removed is called no more, not even with what happened before", async () => {
	const listeners = new EventListeners();
	const heard: string[] = [];
	const listener = (state: string): void => void heard.push(state);
	listeners.add("state", listener);
	listeners.add("state", listener);
	listeners.emit("state", "running");
	await delivered();
	listeners.emit("state", "suspended");
	listeners.remove("state", listener);
	await delivered();
	expect(heard).toEqual(["running"]);
});

test("an event says whether anybody listens", () => {
	const listeners = new EventListeners();
	expect(listeners.emit("dropout", aDropout)).toBe(false);
	listeners.add("dropout", () => {});
	expect(listeners.emit("dropout", aDropout)).toBe(true);
});

test("what a listener throws is reported, and the others are called", async () => {
	const reported: unknown[] = [];
	vi.stubGlobal("reportError", (error: unknown) => reported.push(error));
	const listeners = new EventListeners();
	const heard: string[] = [];
	const error = new Error("a listener's own fault");
	listeners.add("state", () => {
		throw error;
	});
	listeners.add("state", (state) => heard.push(state));
	listeners.emit("state", "running");
	listeners.emit("state", "closed");
	await delivered();
	expect([reported, heard]).toEqual([
		[error, error],
		["running", "closed"],
	]);
});

test("wrong types and listeners are refused", () => {
	const listeners = new EventListeners();
	expect(() => listeners.add("pads" as "state", () => {})).toThrow(
		new RangeError('The value of type must be one of "loader", "state", "pad", "dropout", not "pads".'),
	);
	expect(() => listeners.remove("toString" as "state", () => {})).toThrow(RangeError);
	expect(() => listeners.add("state", null as unknown as () => void)).toThrow(
		new TypeError("The value of listener must be a function, not null."),
	);
});
