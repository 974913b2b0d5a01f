import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FakeHost } from "../../test/fake-loader-threads.ts";
import { RingWriter } from "../../test/ring-writer.ts";
import { type Kernel, startKernel } from "../audio-thread/kernel.ts";
import { SampleMemory } from "../memory/sample-memory.ts";
import { GUARD_FRAMES, OVERFLOW_REPLACE_OLDEST } from "../protocol/shared-memory.ts";
import { StatusBlock } from "../rings/status-block.ts";
import { SharedThreading } from "../threading/shared-threading.ts";
import type { PerformanceSample } from "./performance.ts";
import { PerformanceLog } from "./performance-log.ts";

const BLOCK = 128;
const FRAMES = 64;
const kernelModule = new WebAssembly.Module(readFileSync(new URL("../../dist/kernel.wasm", import.meta.url)));

/** A log over a real kernel whose blocks, clock and timers a test moves. */
class Scene {
	readonly host: FakeHost = new FakeHost();
	readonly ring: RingWriter;
	readonly samples: SampleMemory;
	readonly log: PerformanceLog;
	readonly #kernel: Kernel;
	readonly #block: Float32Array = new Float32Array(BLOCK);
	readonly #published: Map<number, PerformanceSample> = new Map();

	constructor() {
		const budget = 2 ** 20;
		const options = { slots: 4, voices: 4, overflow: OVERFLOW_REPLACE_OLDEST, memoryBudget: budget };
		const { memory, sharedMemory } = new SharedThreading(options);
		memory.setSampleRate(48_000, 240);
		this.ring = new RingWriter(memory.buffer, 0);
		this.samples = new SampleMemory(memory, budget, () => {});
		this.log = new PerformanceLog({
			memory,
			status: new StatusBlock(memory.buffer),
			engine: { sampleRate: 48_000, sampleSlots: 4, voices: 4, voiceOverflow: "replace-oldest", fadeFrames: 240 },
			sampleOf: (handle) => this.#published.get(handle),
			after: this.host.after.bind(this.host),
			delivered: () => Promise.resolve(),
		});
		this.samples.onRetired = () => this.log.drain();
		this.#kernel = startKernel({ module: kernelModule, memory: sharedMemory });
	}

	render(blocks: number): void {
		for (let block = 0; block < blocks; block++) this.#kernel.render([this.#block]);
	}

	/** Loads a silent sample into a slot. @returns its handle. */
	load(slot: number, name: string): number {
		const { address } = this.samples.allocate((FRAMES + 2 * GUARD_FRAMES) * 4);
		const handle = this.samples.publish(address);
		this.#published.set(handle, sampleCalled(name));
		this.ring.loadSample(slot, { handle, address: address + GUARD_FRAMES * 4, frames: FRAMES, channels: 1 });
		return handle;
	}
}

function sampleCalled(name: string): PerformanceSample {
	const contentHash = name.padStart(64, "0");
	const content = { contentHash, fileBytes: 100, trimEncoderDelay: true, pcmChecksum: "0".repeat(16) };
	return { name, ...content, format: "WAV", frames: FRAMES, channels: 1 };
}

test("a performance begins and ends with the newest frame, and its commands count frames from the silence before", async () => {
	const scene = new Scene();
	scene.load(1, "a");
	scene.render(3);
	scene.log.start();
	scene.ring.stopSample(2);
	scene.render(1);
	scene.ring.playSample(1, 0.5, 0);
	scene.ring.playSample(1, 0.25, 1, 6 * BLOCK + 7);
	scene.render(4);
	const stopped = scene.log.stop();
	scene.ring.stopAll();
	expect(await stopped).toMatchObject({
		preRollFrames: 2 * BLOCK,
		frames: 5 * BLOCK,
		samples: [{ name: "a" }],
		start: { slots: [{ slot: 1, sample: 0 }], parameters: [] },
		commands: [
			{ frame: 2 * BLOCK, type: "stop", slot: 2 },
			{ frame: 3 * BLOCK, type: "play", slot: 1, velocity: 0.5, loop: false },
			{ frame: 5 * BLOCK + 7, type: "play", slot: 1, velocity: 0.25, loop: true },
		],
	});
});

test("what sounds when a performance begins is its pre-roll, from the last silence on", async () => {
	const scene = new Scene();
	scene.load(1, "a");
	scene.render(2);
	scene.ring.playSample(1, 1, 0);
	scene.render(2);
	scene.load(2, "b");
	scene.ring.setMasterGain(-6);
	scene.render(1);
	scene.ring.playSample(2, 1, 1);
	scene.render(3);
	scene.log.start();
	scene.render(1);
	expect(await scene.log.stop()).toMatchObject({
		preRollFrames: 3 * BLOCK,
		frames: BLOCK,
		samples: [{ name: "a" }, { name: "b" }],
		start: {
			slots: [
				{ slot: 1, sample: 0 },
				{ slot: 2, sample: 1 },
			],
			parameters: [{ parameter: "gainDecibels", value: -6 }],
		},
		commands: [{ frame: 0, type: "play", slot: 2, velocity: 1, loop: true }],
	});
});

test("silence during a performance takes nothing of it away, and afterwards the next one begins there", async () => {
	const scene = new Scene();
	scene.load(1, "a");
	scene.render(1);
	scene.log.start();
	scene.ring.playSample(1, 1, 0);
	scene.render(4);
	scene.log.drain();
	scene.ring.playSample(1, 0.5, 0);
	scene.render(4);
	const { commands, preRollFrames } = await scene.log.stop();
	expect(commands.map(({ frame, type }) => [frame, type])).toEqual([
		[0, "play"],
		[4 * BLOCK, "play"],
	]);
	expect(preRollFrames).toBe(0);
	scene.log.start();
	scene.render(2);
	expect(await scene.log.stop()).toMatchObject({ preRollFrames: 3 * BLOCK, frames: 2 * BLOCK, commands: [] });
});

test("the journal is read by itself while nobody calls", async () => {
	const scene = new Scene();
	scene.log.start();
	for (let turn = 0; turn < 20; turn++) {
		for (let count = 0; count < 1000; count++) scene.ring.stopSample(count % 4);
		scene.render(1);
		scene.host.advance(20);
	}
	expect((await scene.log.stop()).commands).toHaveLength(20_000);
});

/** Lets more happen than the journal holds. */
function overflow(scene: Scene): void {
	for (let block = 0; block < 9; block++) {
		for (let count = 0; count < 1000; count++) scene.ring.stopSample(0);
		scene.render(1);
	}
}

test("a journal that runs over ends the performance in an error, and after the next silence one is whole again", async () => {
	const scene = new Scene();
	scene.load(1, "a");
	scene.render(1);
	scene.log.start();
	scene.ring.playSample(1, 1, 1);
	overflow(scene);
	scene.host.advance(20);
	expect(scene.log.frames).toBeNull();
	await expect(scene.log.stop()).rejects.toMatchObject({
		code: "performance-overflow",
		message: expect.stringContaining("Play it again with fewer commands at once"),
	});
	expect(() => scene.log.start()).toThrow(
		expect.objectContaining({ code: "performance-overflow", message: expect.stringContaining("Call stopAll() first") }),
	);
	scene.ring.stopAll();
	scene.render(3);
	scene.log.start();
	scene.ring.stopSample(3);
	scene.render(2);
	expect(await scene.log.stop()).toMatchObject({
		frames: 2 * BLOCK,
		start: { slots: [{ slot: 1, sample: 0 }] },
		commands: [{ type: "stop", slot: 3 }],
	});
});

test("slices are known from the silence on, also from one behind a gap, until another sample comes", async () => {
	const scene = new Scene();
	scene.load(1, "a");
	const slices = [0, 10, 20, 30, 40].map((onsetFrame) => ({ startFrame: onsetFrame - 5, onsetFrame, tail: null }));
	scene.ring.setSlices(1, slices);
	scene.render(3);
	scene.log.start();
	scene.ring.setSlices(1, slices.slice(1));
	scene.render(1);
	expect(await scene.log.stop()).toMatchObject({
		start: { slices: [{ slot: 1, slices }] },
		commands: [{ type: "slices", slot: 1, slices: slices.slice(1) }],
	});
	scene.ring.playSample(1, 1, 1);
	overflow(scene);
	scene.host.advance(20);
	scene.ring.stopAll();
	scene.render(3);
	scene.log.start();
	scene.load(1, "b");
	scene.render(3);
	expect((await scene.log.stop()).start.slices).toEqual([{ slot: 1, slices: slices.slice(1) }]);
	scene.log.start();
	expect((await scene.log.stop()).start).not.toHaveProperty("slices");
});

test("an engine that ends finishes the performance, for whoever asks for it", async () => {
	const scene = new Scene();
	expect(scene.log.finish()).toBeNull();
	const other = new Scene();
	other.log.start();
	other.render(4);
	expect(await other.log.finish()).toMatchObject({ frames: 4 * BLOCK });
	const claimed = new Scene();
	claimed.log.start();
	claimed.render(2);
	const stopped = claimed.log.stop();
	expect(claimed.log.finish()).toBeNull();
	expect(await stopped).toMatchObject({ frames: 2 * BLOCK });
});

test("a performance before the first block is empty", async () => {
	const scene = new Scene();
	scene.log.start();
	expect(await scene.log.stop()).toMatchObject({ preRollFrames: 0, frames: 0, commands: [] });
});

test("a handle that another sample gets names each where it was loaded", async () => {
	const scene = new Scene();
	scene.log.start();
	const one = scene.load(0, "a");
	scene.ring.unloadSample(0);
	scene.render(1);
	const other = scene.load(0, "b");
	expect(other).toBe(one);
	scene.render(1);
	const { samples, commands } = await scene.log.stop();
	expect(samples.map(({ name }) => name)).toEqual(["a", "b"]);
	expect(commands).toEqual([
		{ frame: 0, type: "load", slot: 0, sample: 0 },
		{ frame: 0, type: "unload", slot: 0 },
		{ frame: BLOCK, type: "load", slot: 0, sample: 1 },
	]);
});

test("performances neither overlap nor end twice", async () => {
	const scene = new Scene();
	expect(() => scene.log.stop()).toThrow(expect.objectContaining({ code: "no-performance" }));
	scene.log.start();
	expect(() => scene.log.start()).toThrow(expect.objectContaining({ code: "performance-running" }));
	scene.render(2);
	expect(scene.log.frames).toBe(2 * BLOCK);
	const stopped = scene.log.stop();
	expect(scene.log.stop()).toBe(stopped);
	expect(() => scene.log.start()).toThrow(expect.objectContaining({ code: "performance-running" }));
	expect(scene.log.frames).toBeNull();
	expect((await stopped).frames).toBe(2 * BLOCK);
});

test("-Infinity decibels are kept as silence that JSON can write", async () => {
	const scene = new Scene();
	scene.log.start();
	scene.ring.setMasterGain(Number.NEGATIVE_INFINITY);
	scene.render(1);
	expect((await scene.log.stop()).commands).toEqual([
		{ frame: 0, type: "set", parameter: "gainDecibels", value: -1000 },
	]);
	scene.log.start();
	expect((await scene.log.stop()).start.parameters).toEqual([{ parameter: "gainDecibels", value: -1000 }]);
});
