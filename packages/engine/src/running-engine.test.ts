import { setImmediate } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { firstDifference, noise, seededRandom, writeWave } from "../test/fixtures.ts";
import { type OutputStart, StartingDevice } from "../test/starting-device.ts";
import { SteppedTime, steppedEngine } from "../test/stepped-host.ts";
import type { HostedEngine } from "./audio-engine.ts";
import type { LooperError } from "./errors.ts";

const SAMPLE_RATE = 48_000;
const threadings = ["shared", "messages"] as const;
/** WebKit's start over GStreamer on a quiet machine, as measured. */
const webKitStart: OutputStart = { running: 50, stalls: [[3, 80]], correction: 200, losesItsStart: true };
const tunes = [1, 2, 3].map((seed) => noise(9_600, 1, { seed, amplitude: 0.25 }));

/** A suspended engine with a tune in each of its first slots, and an output that starts when it is touched. */
class Scene {
	readonly time: SteppedTime = new SteppedTime();
	readonly device: StartingDevice;
	readonly engine: HostedEngine;

	constructor(start: OutputStart, threading: (typeof threadings)[number]) {
		this.device = new StartingDevice(SAMPLE_RATE, start);
		this.engine = steppedEngine(this.device, this.time, { threading });
		onTestFinished(async () => {
			this.device.state = "closed";
			await this.engine.shutDown();
		});
	}

	async load(): Promise<void> {
		await this.engine.run();
		for (const [slot, samples] of tunes.entries()) {
			const bytes = writeWave(samples, { sampleRate: SAMPLE_RATE, channels: 1, coding: "f32" });
			await this.engine.loadSample(slot, bytes);
		}
	}

	/** What the instrument does in a gesture. */
	tap(slot: number): void {
		void this.engine.resume();
		this.device.allow();
		this.engine.playSample(slot, 1);
	}

	async pass(milliseconds: number): Promise<void> {
		for (let step = 0; step < milliseconds; step++) {
			this.time.advance();
			this.device.advance();
			await setImmediate();
		}
	}

	/** What was heard, without the silence around it. */
	get sound(): Float32Array {
		const { heard } = this.device;
		const end = heard.findLastIndex((sample) => sample !== 0) + 1;
		const first = heard.findIndex((sample) => sample !== 0);
		return heard.subarray(Math.max(first, 0), end);
	}
}

async function suspended(start: OutputStart, threading: (typeof threadings)[number]): Promise<Scene> {
	const scene = new Scene(start, threading);
	await scene.load();
	return scene;
}

const silence = new Float32Array(0);

test.each(threadings)("the tap that starts an output which loses its start is heard whole (%s)", async (threading) => {
	const scene = await suspended(webKitStart, threading);
	scene.tap(0);
	await scene.pass(1_000);
	expect(firstDifference(scene.sound, tunes[0]!)).toBeNull();
});

test.each(threadings)(
	"what is loaded before run plays from it on, and the output is suspended until then (%s)",
	async (threading) => {
		const scene = new Scene({ running: 40, stalls: [], losesItsStart: false }, threading);
		const { engine, device } = scene;
		const bytes = writeWave(tunes[0]!, { sampleRate: SAMPLE_RATE, channels: 1, coding: "f32" });
		expect((await engine.loadSample(0, bytes)).frames).toBe(tunes[0]!.length);
		expect([device.isKeptSuspended, engine.stats().state]).toEqual([true, "idle"]);
		const running = engine.run();
		expect(device.isKeptSuspended).toBe(false);
		await running;
		scene.tap(0);
		await scene.pass(300);
		expect(firstDifference(scene.sound, tunes[0]!)).toBeNull();
	},
);

test("a run in the same turn as the first load does not suspend the output", async () => {
	const { engine, device } = new Scene({ running: 40, stalls: [], losesItsStart: false }, "shared");
	const bytes = writeWave(tunes[0]!, { sampleRate: SAMPLE_RATE, channels: 1, coding: "f32" });
	const loading = engine.loadSample(0, bytes);
	const running = engine.run();
	await loading;
	await running;
	expect(device.isKeptSuspended).toBe(false);
});

test("run asks a suspended output for sound each time", async () => {
	const { engine, device } = new Scene({ running: 40, stalls: [], losesItsStart: false }, "shared");
	expect(await engine.run()).toBe("suspended");
	device.suspend();
	const again = engine.run();
	expect(device.isKeptSuspended).toBe(false);
	device.state = "running";
	expect(await again).toBe("running");
});

test("listeners are told when a suspended engine begins to run", async () => {
	const scene = new Scene({ running: 40, stalls: [], losesItsStart: false }, "shared");
	const states: string[] = [];
	scene.engine.addEventListener("state", (state) => states.push(state));
	await scene.load();
	expect(states).toEqual(["suspended"]);
	scene.tap(0);
	await scene.pass(100);
	expect(states).toEqual(["suspended", "running"]);
});

test.each(threadings)("a context that its caller has closed ends loads and calls in closed (%s)", async (threading) => {
	const scene = await suspended({ running: 1, stalls: [], losesItsStart: false }, threading);
	const { engine, device } = scene;
	scene.tap(0);
	await scene.pass(10);
	const bytes = writeWave(tunes[0]!, { sampleRate: SAMPLE_RATE, channels: 1, coding: "f32" });
	const loading = engine.loadSample(3, bytes);
	const reading = engine.pad(1).readFrames(0, 100);
	const analyzing = engine.pad(1).analyze();
	const refusals = Promise.all(
		[loading, analyzing, reading].map((promise) =>
			promise.then(
				() => "settled",
				({ code }: LooperError) => code,
			),
		),
	);
	const requestId = engine.loadSampleAsync(4, bytes);
	device.closeContext();
	const [ofLoad, ofAnalysis, ofReading] = await refusals;
	expect([ofLoad, ofAnalysis]).toEqual(["closed", "closed"]);
	// Shared memory may have been read at once.
	if (threading === "messages") expect(ofReading).toBe("closed");
	const events = [];
	for (let event = engine.pollLoaderEvents(); event !== null; event = engine.pollLoaderEvents()) events.push(event);
	expect(events.at(-1)).toMatchObject({ type: "error", requestId, code: "closed" });
	const closed = expect.objectContaining({
		code: "closed",
		message: expect.stringMatching(/audioContext has been closed/),
	});
	expect(() => engine.playSample(0)).toThrow(closed);
	expect(() => engine.pad(0).press()).toThrow(closed);
	expect(() => engine.stopAll()).toThrow(closed);
	expect(() => engine.loadSampleAsync(0, bytes)).toThrow(closed);
	for (const call of [() => engine.run(), () => engine.resume(), async () => engine.loadSample(0, bytes)])
		await expect(call()).rejects.toEqual(closed);
	await expect(engine.recording.start()).rejects.toEqual(closed);
	expect(engine.stats().state).toBe("closed");
});

test("the first tap is heard whole however long the output takes, stalls and corrects itself", async () => {
	for (let seed = 1; seed <= 20; seed++) {
		const random = seededRandom(seed);
		const between = (least: number, most: number): number => Math.round(least + random() * (most - least));
		const begins = between(20, 300);
		const stalls: [number, number][] = [[3, begins]];
		const second = begins + between(20, 150);
		if (random() < 0.5) stalls.push([second, second + between(50, 200)]);
		const start = { running: between(10, 600), stalls, correction: between(80, 230), losesItsStart: true };
		const scene = await suspended(start, "shared");
		scene.tap(0);
		await scene.pass(1_900);
		expect(firstDifference(scene.sound, tunes[0]!), `seed ${seed}: ${JSON.stringify(start)}`).toBeNull();
	}
});

test.each(threadings)(
	"where nothing is lost the first tap sounds in the first block that follows (%s)",
	async (threading) => {
		const scene = await suspended({ running: 40, stalls: [], losesItsStart: false }, threading);
		scene.tap(0);
		await scene.pass(300);
		expect(firstDifference(scene.sound, tunes[0]!)).toBeNull();
		const onset = scene.device.heard.findIndex((sample) => sample !== 0);
		expect(onset).toBeLessThanOrEqual(0.041 * SAMPLE_RATE);
	},
);

test.each([
	[500, true],
	[1_999, true],
	[2_000, false],
])("of an output that runs after %i ms the tap that asked for it sounds: %j", async (running, isHeard) => {
	const scene = await suspended({ running, stalls: [], losesItsStart: false }, "shared");
	scene.tap(0);
	await scene.pass(running + 300);
	expect(firstDifference(scene.sound, isHeard ? tunes[0]! : silence)).toBeNull();
});

test("taps on other pads during the start sound with the first, and a pad that is tapped again sounds once", async () => {
	const scene = await suspended(webKitStart, "shared");
	scene.tap(0);
	await scene.pass(120);
	scene.tap(1);
	await scene.pass(60);
	scene.tap(1);
	await scene.pass(1_000);
	const sum = tunes[0]!.map((sample, frame) => sample + tunes[1]![frame]!);
	expect(firstDifference(scene.sound, sum)).toBeNull();
});

test.each<[string, (engine: HostedEngine) => void, Float32Array]>([
	["a stop of its slot", (engine) => engine.stopSample(0), silence],
	["a stop of everything", (engine) => engine.stopAll(), silence],
	["an unload of its slot", (engine) => engine.unloadSample(0), silence],
	["a stop of another slot", (engine) => engine.stopSample(1), tunes[0]!],
])("a trigger that waits for the start and %s", async (_, act, expected) => {
	const scene = await suspended(webKitStart, "shared");
	scene.tap(0);
	await scene.pass(120);
	act(scene.engine);
	await scene.pass(1_000);
	expect(firstDifference(scene.sound, expected)).toBeNull();
});

test("a start at a frame goes by its frame, whether or not the output is past its own start", async () => {
	const scene = await suspended({ ...webKitStart, stalls: [], correction: 1_000_000 }, "shared");
	scene.device.allow();
	await scene.engine.resume();
	await scene.pass(60);
	scene.engine.playSample(0, 1, { atFrame: 4_800 });
	await scene.pass(1_000);
	expect(scene.device.heard.findIndex((sample) => sample !== 0)).toBe(4_800);
	expect(scene.engine.stats().lateCommands).toBe(0);
});

test("a loop that waits for the start and is to stop at a frame before it stops at once", async () => {
	const scene = await suspended(webKitStart, "shared");
	void scene.engine.resume();
	scene.device.allow();
	scene.engine.playSample(0, 1, { loop: true });
	await scene.pass(120);
	scene.engine.stopSample(0, { atFrame: scene.engine.stats().frame + 100 });
	await scene.pass(1_000);
	expect(scene.sound.length).toBeLessThanOrEqual(0.005 * SAMPLE_RATE);
	expect(scene.engine.stats().activeVoices).toBe(0);
});

test("once the output is past its start triggers are sent at once", async () => {
	const scene = await suspended(webKitStart, "shared");
	scene.tap(0);
	await scene.pass(1_000);
	const { frame } = scene.engine.stats();
	scene.engine.playSample(1, 1);
	await scene.pass(10);
	expect(scene.engine.stats().activeVoices).toBe(1);
	expect(scene.engine.stats().frame).toBeLessThan(frame + 0.02 * SAMPLE_RATE);
});

test("an output that never keeps time for long is given up on after a second", async () => {
	const stalls = Array.from({ length: 30 }, (_, index): [number, number] => [100 * index, 100 * index + 90]);
	const scene = await suspended({ running: 5, stalls, losesItsStart: true }, "shared");
	scene.tap(0);
	await scene.pass(990);
	expect(scene.engine.stats().activeVoices).toBe(0);
	await scene.pass(115);
	expect(scene.engine.stats().activeVoices).toBe(1);
});
