import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { LoaderEvent } from "../protocol/loader-events.ts";
import { EventQueue } from "./event-queue.ts";

const SEED = 0x0e7e_4715;
const LIMIT = 4096;

function event(requestId: number, type: LoaderEvent["type"], percent = 0): LoaderEvent {
	const origin = { id: requestId % 32, requestId, source: `${requestId}.wav` };
	switch (type) {
		case "started":
			return { ...origin, type };
		case "progress":
			return { ...origin, type, percent, stage: "Loading (decoding)" };
		case "success":
			return { ...origin, type, durationSec: 1, warnings: [] };
		case "error":
			return { ...origin, type, msg: "File not found", code: "file-not-found" };
		case "analysis": {
			const loudness = { lufs: null, truePeakDecibels: null };
			return {
				...origin,
				type,
				analysis: { tempo: null, beats: null, key: null, loudness, onsetsSec: [], isPercussive: false },
			};
		}
		case "analysis-error":
			return { ...origin, type, code: "worker-crashed", msg: "The analysis thread has ended." };
		default:
			return type satisfies never;
	}
}

function queueOf(...events: LoaderEvent[]): EventQueue {
	const queue = new EventQueue();
	for (const next of events) queue.push(next);
	return queue;
}

function pollAll(queue: EventQueue): LoaderEvent[] {
	const events: LoaderEvent[] = [];
	for (let next = queue.poll(); next !== null; next = queue.poll()) events.push(next);
	return events;
}

test("an empty queue answers null, again and again", () => {
	const queue = queueOf(event(1, "started"));
	queue.poll();
	expect([queue.poll(), queue.poll()]).toEqual([null, null]);
});

test("events come out as the objects that went in, in the order in which they happened", () => {
	const events = [event(1, "started"), event(2, "started"), event(2, "error"), event(1, "success")];
	const polled = pollAll(queueOf(...events));
	expect(polled.length).toBe(4);
	expect(polled.every((next, index) => next === events[index])).toBe(true);
});

test("progress that nobody polled becomes the latest of its request and takes its place in time", () => {
	const queue = queueOf(
		event(1, "started"),
		event(1, "progress", 0.1),
		event(2, "progress", 0.2),
		event(1, "progress", 0.5),
		event(1, "progress", 1),
		event(1, "success"),
	);
	expect(pollAll(queue)).toEqual([
		event(1, "started"),
		event(2, "progress", 0.2),
		event(1, "progress", 1),
		event(1, "success"),
	]);
});

test("progress already polled is not replaced: each poll finds the next", () => {
	const queue = new EventQueue();
	for (const percent of [0.1, 0.2, 0.3]) {
		queue.push(event(1, "progress", percent));
		expect(pollAll(queue)).toEqual([event(1, "progress", percent)]);
	}
});

test("equal started and terminal events of different requests are all kept", () => {
	const requests = Array.from({ length: 100 }, (_, index) => index);
	const queue = queueOf(...requests.flatMap((id) => [event(id, "started"), event(id, "error")]));
	expect(pollAll(queue).length).toBe(200);
	expect(queue.lostEvents).toBe(0);
});

test("4,096 finished requests are kept; each further one makes the oldest go with all its events", () => {
	const queue = new EventQueue();
	queue.push(event(99_999, "started")); // still live: it stays whatever its age
	for (let request = 1; request <= LIMIT; request++) {
		queue.push(event(request, "started"));
		queue.push(event(request, "progress", 1));
		queue.push(event(request, request % 2 === 0 ? "success" : "error"));
	}
	expect(queue.lostEvents).toBe(0);
	for (let request = LIMIT + 1; request <= LIMIT + 3; request++) queue.push(event(request, "error"));
	expect(queue.lostEvents).toBe(3);
	const polled = pollAll(queue);
	expect(polled[0]).toEqual(event(99_999, "started"));
	expect(polled.slice(1, 4)).toEqual([event(4, "started"), event(4, "progress", 1), event(4, "success")]);
	expect(polled.length).toBe(1 + 3 * (LIMIT - 3) + 3);
	expect(queue.lostEvents).toBe(3);
});

test("terminal events that a listener has had are evicted, too, but not lost", () => {
	let isListening = false;
	const queue = new EventQueue(() => isListening);
	for (let request = 1; request <= LIMIT; request++) {
		isListening = request > 1;
		queue.push(event(request, "error"));
	}
	for (let request = 1; request <= 10; request++) queue.push(event(LIMIT + request, "error"));
	expect(queue.lostEvents).toBe(1);
	expect(queue.poll()).toEqual(event(11, "error"));
});

test("terminal events that were polled count no longer towards the limit", () => {
	const queue = new EventQueue();
	for (let request = 1; request <= LIMIT; request++) queue.push(event(request, "error"));
	for (let polled = 0; polled < 10; polled++) queue.poll();
	for (let request = 1; request <= 10; request++) queue.push(event(LIMIT + request, "error"));
	expect(queue.lostEvents).toBe(0);
	expect(pollAll(queue).length).toBe(LIMIT);
});

test("whatever is pushed and polled when, nothing is lost but overtaken progress, and order holds", () => {
	const push = fc.tuple(fc.constantFrom<LoaderEvent["type"]>("started", "progress", "success", "error"), fc.nat(5));
	const steps = fc.array(fc.option(push, { freq: 3 }), { maxLength: 100 });
	const run = (script: readonly ([LoaderEvent["type"], number] | null)[]): void => {
		const queue = new EventQueue();
		let model: LoaderEvent[] = [];
		const finished = new Set<number>();
		for (const [time, step] of script.entries()) {
			if (step === null) {
				const expected = model.shift() ?? null;
				const polled = queue.poll();
				if (polled !== expected) throw new Error(`step ${time} polled ${JSON.stringify(polled)}`);
			} else if (!finished.has(step[1])) {
				const next = event(step[1], step[0], time / script.length);
				if (next.type === "success" || next.type === "error") finished.add(next.requestId);
				const isOvertaken = (old: LoaderEvent): boolean => old.type === "progress" && old.requestId === next.requestId;
				if (next.type === "progress") model = model.filter((old) => !isOvertaken(old));
				model.push(next);
				queue.push(next);
			}
		}
		expect(pollAll(queue)).toEqual(model);
	};
	fc.assert(fc.property(steps, run), { seed: SEED, numRuns: 300 });
});

test("progress is coalesced as well when nothing else of its request waits", () => {
	const queue = queueOf(event(1, "started"));
	queue.poll();
	for (const percent of [0.1, 0.2, 0.3]) queue.push(event(1, "progress", percent));
	expect(pollAll(queue)).toEqual([event(1, "progress", 0.3)]);
});
