import { AudioEngine, type LoaderEvent, type PadEvent } from "flitzis-looper";
import { expect, onTestFinished, test } from "vitest";
import { isTerminal, offlineEngine, pollAll, SAMPLE_RATE, turnsUntil } from "./engine-harness.ts";
import { noise, writeWave } from "./fixtures.ts";

const tune = writeWave(noise(48_000, 1, { seed: 1 }), { sampleRate: SAMPLE_RATE, channels: 1, coding: "s16" });

test("listeners and polling each get the events of a load, and neither takes any from the other", async () => {
	const engine = await offlineEngine();
	const heard: LoaderEvent[] = [];
	engine.addEventListener("loader", (event) => heard.push(event));
	engine.loadSampleAsync(0, tune);
	engine.loadSampleAsync(1, "/no/such/file.wav");
	await turnsUntil(() => heard.filter(isTerminal).length === 2);
	const withoutProgress = (events: readonly LoaderEvent[]): LoaderEvent[] =>
		events.filter(({ type }) => type !== "progress");
	expect(withoutProgress(heard)).toHaveLength(4);
	expect(withoutProgress(pollAll(engine))).toEqual(withoutProgress(heard));
	const percents = heard.flatMap((event) => (event.type === "progress" && event.id === 0 ? [event.percent] : []));
	expect(percents.at(-1)).toBe(1);
	expect(percents).toEqual(percents.toSorted((one, other) => one - other));
});

test("a listener may load during an event, and gets that load's events afterwards", async () => {
	const engine = await offlineEngine();
	const heard: string[] = [];
	let isInside = false;
	engine.addEventListener("loader", (event) => {
		expect(isInside).toBe(false);
		isInside = true;
		if (event.type !== "progress") heard.push(`${event.requestId} ${event.type}`);
		if (event.requestId === 1 && event.type === "started") engine.loadSampleAsync(0, tune);
		isInside = false;
	});
	engine.loadSampleAsync(0, tune);
	await turnsUntil(() => heard.includes("2 success"));
	expect(heard).toEqual(["1 started", "1 error", "2 started", "2 success"]);
});

test("a listener gets each state that the engine enters, including the last one", async () => {
	const engine = new AudioEngine({ output: "offline", sampleRate: SAMPLE_RATE });
	onTestFinished(() => engine.shutDown());
	const states: string[] = [];
	engine.addEventListener("state", (state) => states.push(state));
	await engine.run();
	await engine.resume();
	await engine.shutDown();
	expect(states).toEqual(["running", "closed"]);
});

test("a listener gets the start and end of a pad's playing once each, with the frame", async () => {
	const engine = await offlineEngine();
	const heard: PadEvent[] = [];
	engine.addEventListener("pad", (event) => heard.push(event));
	await engine.loadSample(3, tune);
	const pad = engine.pad(3);
	pad.set({ loop: true, launchMode: "toggle" });
	for (let round = 0; round < 2; round++) {
		pad.press(1);
		engine.renderOffline(1280);
	}
	engine.playSample(3, 1);
	engine.renderOffline(1280);
	await Promise.resolve();
	expect(heard).toEqual([
		{ id: 3, state: "playing", frame: 128 },
		{ id: 3, state: "idle", frame: 1280 + 128 },
	]);
});

test("thousands of changes of a pad are told one by one", async () => {
	const engine = await offlineEngine();
	let count = 0;
	engine.addEventListener("pad", () => {
		count += 1;
	});
	await engine.loadSample(0, tune);
	engine.pad(0).set({ loop: true, launchMode: "toggle" });
	for (let round = 0; round < 2500; round++) {
		engine.pad(0).press(1);
		engine.renderOffline(128);
		// Over ports the audio thread learns on its messages how far its events were read.
		if (round % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
	}
	await new Promise((resolve) => setTimeout(resolve, 0));
	engine.renderOffline(128);
	await turnsUntil(() => count >= 2500);
	expect(count).toBe(2500);
});
