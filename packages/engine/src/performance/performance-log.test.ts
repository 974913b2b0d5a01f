import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FakeHost } from "../../test/fake-loader-threads.ts";
import { EngineMemory } from "../memory/engine-memory.ts";
import { SampleMemory } from "../memory/sample-memory.ts";
import { type Kernel, startKernel } from "../output/kernel.ts";
import { GUARD_FRAMES, OVERFLOW_REPLACE_OLDEST } from "../protocol/layout.ts";
import { ControlRing } from "../rings/control-ring.ts";
import { StatusBlock } from "../rings/status-block.ts";
import type { PerformanceSample } from "./performance.ts";
import { PerformanceLog } from "./performance-log.ts";

const BLOCK = 128;
const FRAMES = 64;
/** As long as `stop` waits for a block. */
const PATIENCE_MS = 500;
const kernelModule = new WebAssembly.Module(readFileSync(new URL("../../dist/kernel.wasm", import.meta.url)));

/** A recorder over a real kernel whose blocks, clock and timers a test moves. */
class Scene {
	readonly host: FakeHost = new FakeHost();
	readonly ring: ControlRing;
	readonly samples: SampleMemory;
	readonly recorder: PerformanceLog;
	readonly #kernel: Kernel;
	readonly #block: Float32Array = new Float32Array(BLOCK);
	readonly #published: Map<number, PerformanceSample> = new Map();

	constructor() {
		const budget = 2 ** 20;
		const options = { slots: 4, voices: 4, overflow: OVERFLOW_REPLACE_OLDEST, memoryBudget: budget };
		const memory = new EngineMemory(options);
		memory.setSampleRate(48_000, 240);
		this.ring = new ControlRing(memory.buffer, 0);
		this.samples = new SampleMemory(memory, budget, () => {});
		this.recorder = new PerformanceLog({
			memory,
			status: new StatusBlock(memory.buffer),
			engine: { sampleRate: 48_000, sampleSlots: 4, voices: 4, voiceOverflow: "replace-oldest", fadeFrames: 240 },
			sampleOf: (handle) => this.#published.get(handle),
			turns: this.host,
			delivered: () => Promise.resolve(),
		});
		this.samples.onRetired = () => this.recorder.drain();
		this.#kernel = startKernel({ module: kernelModule, memory: memory.memory! });
	}

	render(blocks: number): void {
		for (let block = 0; block < blocks; block++) this.#kernel.render(this.#block, this.#block.slice());
	}

	/** Loads a silent sample into a slot. @returns its handle. */
	load(slot: number, name: string): number {
		const { address } = this.samples.lend((FRAMES + 2 * GUARD_FRAMES) * 4);
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

test("a recording begins and ends with blocks, and its commands count frames from its first", async () => {
	const scene = new Scene();
	scene.load(1, "a");
	scene.render(3);
	scene.recorder.start();
	scene.ring.stopSample(2);
	scene.render(1);
	scene.ring.playSample(1, 0.5, 0);
	scene.ring.playSample(1, 0.25, 1, 5 * BLOCK + 7);
	scene.render(4);
	const stopped = scene.recorder.stop();
	scene.ring.stopAll();
	scene.render(1);
	scene.host.advance(20);
	expect(await stopped).toMatchObject({
		frames: 5 * BLOCK,
		samples: [{ name: "a" }],
		start: { slots: [{ slot: 1, sample: 0 }], voices: [], tail: "" },
		commands: [
			{ frame: 0, type: "stop", slot: 2 },
			{ frame: BLOCK, type: "play", slot: 1, velocity: 0.5, loop: false },
			{ frame: 2 * BLOCK + 7, type: "play", slot: 1, velocity: 0.25, loop: true },
		],
	});
});

test("the journal is read by itself while nobody calls", async () => {
	const scene = new Scene();
	scene.recorder.start();
	for (let turn = 0; turn < 20; turn++) {
		for (let count = 0; count < 1000; count++) scene.ring.stopSample(count % 4);
		scene.render(1);
		scene.host.advance(20);
	}
	const stopped = scene.recorder.stop();
	scene.render(1);
	scene.host.advance(20);
	expect((await stopped).commands).toHaveLength(20_000);
});

test("a journal that runs over ends the recording in an error, and the next one is whole again", async () => {
	const scene = new Scene();
	scene.recorder.start();
	for (let block = 0; block < 9; block++) {
		for (let count = 0; count < 1000; count++) scene.ring.stopSample(0);
		scene.render(1);
	}
	scene.host.advance(20);
	expect(scene.recorder.frames).toBeNull();
	await expect(scene.recorder.stop()).rejects.toMatchObject({
		code: "performance-overflow",
		message: expect.stringContaining("record again with fewer commands at once"),
	});
	scene.recorder.start();
	scene.ring.stopSample(3);
	scene.render(2);
	const stopped = scene.recorder.stop();
	scene.render(1);
	scene.host.advance(20);
	expect(await stopped).toMatchObject({ frames: 2 * BLOCK, commands: [{ frame: 0, type: "stop", slot: 3 }] });
});

test("a recording that has run over unseen, its end lost too, fails when it is stopped", async () => {
	const scene = new Scene();
	scene.recorder.start();
	for (let block = 0; block < 9; block++) {
		for (let count = 0; count < 1000; count++) scene.ring.stopSample(0);
		scene.render(1);
	}
	const stopped = scene.recorder.stop();
	scene.render(1);
	scene.host.advance(20);
	await expect(stopped).rejects.toMatchObject({ code: "performance-overflow" });
});

test("an engine that ends finishes the recording, for whoever asks for it", async () => {
	const scene = new Scene();
	expect(scene.recorder.finish()).toBeNull();
	scene.recorder.start();
	scene.render(4);
	const unclaimed = scene.recorder.finish();
	expect(await unclaimed).toMatchObject({ frames: 4 * BLOCK });

	scene.recorder.start();
	scene.render(2);
	const claimed = scene.recorder.stop();
	expect(scene.recorder.finish()).toBeNull();
	expect(await claimed).toMatchObject({ frames: 2 * BLOCK });
});

test("where no block comes, a recording ends at the last frame after a while; before the first block it is empty", async () => {
	const scene = new Scene();
	scene.recorder.start();
	const empty = scene.recorder.stop();
	scene.host.advance(PATIENCE_MS + 20);
	expect(await empty).toMatchObject({ frames: 0, commands: [] });

	scene.recorder.start();
	scene.ring.stopSample(1);
	scene.render(3);
	const stopped = scene.recorder.stop();
	let isSettled = false;
	void stopped.then(() => (isSettled = true));
	scene.host.advance(PATIENCE_MS - 50);
	await Promise.resolve();
	expect(isSettled).toBe(false);
	scene.host.advance(70);
	expect(await stopped).toMatchObject({ frames: 3 * BLOCK, commands: [{ frame: 0, type: "stop", slot: 1 }] });
});

test("what an ended recording leaves in the journal is not the next one's", async () => {
	const scene = new Scene();
	scene.recorder.start();
	scene.render(1);
	const first = scene.recorder.stop();
	scene.host.advance(PATIENCE_MS + 20);
	expect(await first).toMatchObject({ frames: BLOCK });
	// The kernel sees the end of the first and the start of the second in one block.
	scene.recorder.start();
	scene.ring.stopSample(2);
	scene.render(1);
	const second = scene.recorder.stop();
	scene.render(1);
	scene.host.advance(20);
	expect(await second).toMatchObject({ frames: BLOCK, commands: [{ frame: 0, type: "stop", slot: 2 }] });
});

test("a handle that another sample gets during the recording names each where it was loaded", async () => {
	const scene = new Scene();
	scene.recorder.start();
	const one = scene.load(0, "a");
	scene.ring.unloadSample(0);
	scene.render(1);
	const other = scene.load(0, "b");
	expect(other).toBe(one);
	scene.render(1);
	const stopped = scene.recorder.stop();
	scene.render(1);
	scene.host.advance(20);
	const { samples, commands } = await stopped;
	expect(samples.map(({ name }) => name)).toEqual(["a", "b"]);
	expect(commands).toEqual([
		{ frame: 0, type: "load", slot: 0, sample: 0 },
		{ frame: 0, type: "unload", slot: 0 },
		{ frame: BLOCK, type: "load", slot: 0, sample: 1 },
	]);
});

test("recordings neither overlap nor end twice", async () => {
	const scene = new Scene();
	expect(() => scene.recorder.stop()).toThrow(expect.objectContaining({ code: "no-performance" }));
	scene.recorder.start();
	expect(() => scene.recorder.start()).toThrow(expect.objectContaining({ code: "performance-running" }));
	scene.render(2);
	expect(scene.recorder.frames).toBe(0);
	scene.recorder.drain();
	expect(scene.recorder.frames).toBe(2 * BLOCK);
	const stopped = scene.recorder.stop();
	expect(scene.recorder.stop()).toBe(stopped);
	expect(() => scene.recorder.start()).toThrow(expect.objectContaining({ code: "performance-running" }));
	expect(scene.recorder.frames).toBeNull();
	scene.render(1);
	scene.host.advance(20);
	expect((await stopped).frames).toBe(2 * BLOCK);
});

test("-Infinity decibels are kept as silence that JSON can write", async () => {
	const scene = new Scene();
	scene.recorder.start();
	scene.ring.setMasterGain(Number.NEGATIVE_INFINITY);
	scene.render(1);
	const stopped = scene.recorder.stop();
	scene.render(1);
	scene.host.advance(20);
	expect((await stopped).commands).toEqual([{ frame: 0, type: "gain", decibels: -1000 }]);
});
