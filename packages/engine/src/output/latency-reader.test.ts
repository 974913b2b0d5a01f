import { beforeEach, expect, test } from "vitest";
import { LatencyReader } from "./latency-reader.ts";

const BASE = 0.01;

let looks = 0;
let context = { currentTime: 0, state: "running", baseLatency: BASE, outputLatency: 0 };

beforeEach(() => {
	looks = 0;
	context = {
		currentTime: 0,
		state: "running",
		baseLatency: BASE,
		get outputLatency() {
			looks += 1;
			return looks / 2;
		},
	};
});

test("a device that has just begun to play is not asked", () => {
	const reader = new LatencyReader(context);
	expect(reader.seconds).toBe(BASE);
	context.currentTime = 0.99;
	expect(reader.seconds).toBe(BASE);
	expect(looks).toBe(0);
});

test("a steady device is asked once in five seconds, however often its latency is wanted", () => {
	const reader = new LatencyReader(context);
	context.currentTime = 1;
	for (let call = 0; call < 100; call++) expect(reader.seconds).toBe(BASE + 0.5);
	context.currentTime = 5.99;
	expect(reader.seconds).toBe(BASE + 0.5);
	context.currentTime = 6;
	expect(reader.seconds).toBe(BASE + 1);
	expect(looks).toBe(2);
});

test("a device that is suspended or has just changed is not asked, and its last latency stands", () => {
	const reader = new LatencyReader(context);
	context.currentTime = 1;
	expect(reader.seconds).toBe(BASE + 0.5);
	context.currentTime = 20;
	context.state = "suspended";
	expect(reader.seconds).toBe(BASE + 0.5);
	context.state = "running";
	reader.onStateChange();
	expect(reader.seconds).toBe(BASE + 0.5);
	context.currentTime = 21;
	expect(reader.seconds).toBe(BASE + 1);
});

test("a context that tells no latency has none", () => {
	const reader = new LatencyReader({ currentTime: 3, state: "running" });
	expect(reader.seconds).toBe(0);
});
