import { expect, test } from "vitest";
import { INITIAL_PAGES } from "../memory/reserve-memory.ts";
import * as ring from "../protocol/capture-ring.ts";
import { directChannel } from "../protocol/message-port.ts";
import {
	CAPTURE_BLOCK_FRAMES,
	CAPTURE_BUFFERS,
	type FromCapture,
	type ToCapture,
} from "../protocol/recording-messages.ts";
import { HEADER, HEADER_CAPTURE_RINGS, PCM_HEAP } from "../protocol/shared-memory.ts";
import { CaptureSender } from "./capture-sender.ts";
import { KernelMemory } from "./kernel-memory.ts";

const CAPACITY = 2 ** 16;

/** A sender over a ring whose audio and recording thread are the test. */
class Scene {
	readonly memory = new KernelMemory(new WebAssembly.Memory({ initial: INITIAL_PAGES + 16 }));
	readonly sender = new CaptureSender(this.memory);
	readonly posted: FromCapture[] = [];
	readonly #channel = directChannel<FromCapture, ToCapture>();

	constructor() {
		this.memory.words[(HEADER + HEADER_CAPTURE_RINGS) / 4] = PCM_HEAP;
		this.set(ring.CAPTURE_CAPACITY, CAPACITY);
		this.sender.connect(this.#channel.port2);
		this.#channel.port1.addEventListener("message", ({ data }) => this.posted.push(data));
	}

	set(field: number, value: number): void {
		this.memory.heap[(PCM_HEAP + field) / 4] = value;
	}

	get(field: number): number {
		return this.memory.heap[(PCM_HEAP + field) / 4] ?? 0;
	}

	write(frames: number): void {
		this.set(ring.CAPTURE_WRITE, this.get(ring.CAPTURE_WRITE) + frames);
	}

	say(message: ToCapture): void {
		this.#channel.port1.postMessage(message, []);
	}

	/** Takes what was posted and returns its buffers. @returns frames, frames lost and whether it is the end. */
	take(): (readonly [number, number, boolean])[] {
		const taken = this.posted.splice(0);
		for (const { buffer } of taken) if (buffer !== null) this.say({ type: "return", buffer });
		return taken.map(({ frames, lostFrames, isEnded }) => [frames, lostFrames, isEnded] as const);
	}
}

test("whole buffers are posted, and at the end the rest and the end", () => {
	const scene = new Scene();
	scene.set(ring.CAPTURE_CURRENT, 1);
	scene.write(CAPTURE_BLOCK_FRAMES - 1);
	scene.sender.pump();
	expect(scene.take()).toEqual([]);
	scene.write(2);
	scene.sender.pump();
	expect(scene.take()).toEqual([[CAPTURE_BLOCK_FRAMES, 0, false]]);
	scene.set(ring.CAPTURE_ENDED, 1);
	scene.sender.pump();
	scene.sender.pump();
	expect(scene.take()).toEqual([
		[1, 0, false],
		[0, 0, true],
	]);
});

test("no more is in flight than there are buffers; the rest waits, and the end with it", () => {
	const scene = new Scene();
	scene.set(ring.CAPTURE_CURRENT, 1);
	scene.write(CAPTURE_BUFFERS * CAPTURE_BLOCK_FRAMES + 10);
	scene.set(ring.CAPTURE_LOST, 7);
	scene.set(ring.CAPTURE_ENDED, 1);
	scene.sender.pump();
	scene.sender.pump();
	expect(scene.posted).toHaveLength(CAPTURE_BUFFERS);
	expect(scene.take().every(([frames]) => frames === CAPTURE_BLOCK_FRAMES)).toBe(true);
	expect(scene.take()).toEqual([
		[10, 0, false],
		[0, 7, true],
	]);
});

test("a capture that nothing ends is finished on request, and one of the same name is over then", () => {
	const scene = new Scene();
	scene.say({ type: "finish", number: ring.CAPTURE_TAKE, name: 3 });
	expect(scene.take()).toEqual([[0, 0, true]]);
	scene.set(ring.CAPTURE_CURRENT, 3);
	scene.write(5_000);
	scene.sender.pump();
	expect(scene.take()).toEqual([]);
	scene.set(ring.CAPTURE_CURRENT, 4);
	scene.set(ring.CAPTURE_READ, 5_000);
	scene.write(5);
	scene.say({ type: "finish", number: ring.CAPTURE_TAKE, name: 4 });
	expect(scene.take()).toEqual([
		[5, 0, false],
		[0, 0, true],
	]);
});

test("what nobody could have sent changes nothing", () => {
	const scene = new Scene();
	scene.say({ type: "return", buffer: new ArrayBuffer(8) });
	scene.say({ type: "finish", number: 9, name: 1 });
	scene.set(ring.CAPTURE_CURRENT, 1);
	scene.write(CAPACITY);
	scene.sender.pump();
	expect(scene.posted).toHaveLength(CAPTURE_BUFFERS);
});
