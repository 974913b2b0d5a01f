import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import { expect, test } from "vitest";
import { positionsOf, takeCommands } from "../../test/engine-words.ts";
import { LooperError } from "../errors.ts";
import type { EngineMemory } from "../memory/engine-memory.ts";
import * as layout from "../protocol/shared-memory.ts";
import type { SharedStreamDescriptor } from "../protocol/stream-descriptor.ts";
import { SharedThreading } from "../threading/shared-threading.ts";
import { AudioStreamHandle } from "./audio-stream-handle.ts";
import { ProducerRings } from "./producer-rings.ts";

function create(): { threading: SharedThreading; memory: EngineMemory; rings: ProducerRings } {
	const threading = new SharedThreading({
		slots: 32,
		voices: 32,
		overflow: layout.OVERFLOW_REPLACE_OLDEST,
		memoryBudget: 2 ** 20,
	});
	const { memory } = threading;
	memory.setEngineState(layout.ENGINE_RUNNING);
	return { threading, memory, rings: new ProducerRings(threading, 32) };
}

test("sixteen streams get sixteen rings, and the seventeenth is refused until one is released", () => {
	const { rings } = create();
	const grants = Array.from({ length: layout.MAX_PRODUCERS }, () => rings.grant());
	const granted = grants.map(({ descriptor }) => descriptor.ring);
	expect(granted).toEqual(Array.from({ length: layout.MAX_PRODUCERS }, (_, index) => index + 1));
	expect(() => rings.grant()).toThrow(
		new LooperError("ring-full", "All 16 stream handles are in use. Close one first."),
	);
	grants[8]!.release();
	expect(rings.grant().descriptor.ring).toBe(9);
	expect(() => rings.grant()).toThrow(LooperError);
});

test("a ring whose stream closed itself is granted again, too", () => {
	const { rings } = create();
	const handle = AudioStreamHandle.open(rings.grant().descriptor);
	expect(rings.grant().descriptor.ring).toBe(2);
	handle.close();
	expect(rings.grant().descriptor.ring).toBe(1);
});

test("a released ring is not granted before the kernel has read what is in it", () => {
	const { memory, rings } = create();
	const grant = rings.grant();
	const handle = AudioStreamHandle.open(grant.descriptor);
	handle.playSample(3, 1);
	handle.playSample(4, 1);
	grant.release();
	expect(rings.grant().descriptor.ring).toBe(2);
	takeCommands(memory.words, 1, 1);
	expect(rings.grant().descriptor.ring).toBe(3);
	expect(takeCommands(memory.words, 1).map((command) => command[1])).toEqual([4]);
	expect(rings.grant().descriptor.ring).toBe(1);
});

test("each owner of a ring has a generation of its own, odd while it owns it", () => {
	const { memory, rings } = create();
	const word = (positionsOf(1) + layout.RING_GENERATION) / 4;
	const generations = Array.from({ length: 5 }, () => {
		const { descriptor, release } = rings.grant();
		expect([descriptor.ring, memory.words[word]]).toEqual([1, descriptor.generation]);
		release();
		expect(memory.words[word]).toBe(descriptor.generation + 1);
		return descriptor.generation;
	});
	expect(generations).toEqual([1, 3, 5, 7, 9]);
});

test("generations go on across 2^32", () => {
	const { memory, rings } = create();
	const word = (positionsOf(1) + layout.RING_GENERATION) / 4;
	memory.words[word] = -2;
	const last = rings.grant();
	expect(last.descriptor.generation).toBe(-1);
	const handle = AudioStreamHandle.open(last.descriptor);
	last.release();
	expect(memory.words[word]).toBe(0);
	const next = rings.grant();
	expect(next.descriptor.generation).toBe(1);
	expect(() => handle.stopAll()).toThrow("The stream has been closed. Create a new one.");
	AudioStreamHandle.open(next.descriptor).stopAll();
	expect(takeCommands(memory.words, 1).length).toBe(1);
});

test("releasing twice, or after a newer owner came, takes nobody's ring away", () => {
	const { rings } = create();
	const first = rings.grant();
	first.release();
	first.release();
	const second = rings.grant();
	expect(second.descriptor.ring).toBe(1);
	first.release();
	expect(() => AudioStreamHandle.open(second.descriptor).stopAll()).not.toThrow();
	expect(rings.grant().descriptor.ring).toBe(2);
});

test("a descriptor that was posted opens on the other side", () => {
	const { threading, memory, rings } = create();
	const { descriptor, transfer } = rings.grant();
	const { port1, port2 } = new MessageChannel();
	expect(transfer).toEqual([]);
	port1.postMessage(descriptor);
	const posted: SharedStreamDescriptor = receiveMessageOnPort(port2)?.message;
	port1.close();
	expect(posted.memory).not.toBe(threading.sharedMemory);
	AudioStreamHandle.open(posted).stopSample(7);
	expect(takeCommands(memory.words, 1).map((command) => command[1])).toEqual([7]);
});
