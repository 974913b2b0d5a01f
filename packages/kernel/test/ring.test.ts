import { expect, test } from "vitest";
import {
	CONTROL_RING_COMMANDS,
	ENGINE_CLOSED,
	HEADER_ENGINE_STATE,
	MAX_COMMANDS_PER_BLOCK,
	MAX_RINGS,
	PRODUCER_RING_COMMANDS,
	STATUS_ACTIVE_VOICES,
} from "../../engine/src/protocol/shared-memory.ts";
import { KernelHost, play } from "./kernel-host.ts";
import { constant, noise } from "./signals.ts";

test("commands are applied in the order they were written, across the ring's end", () => {
	const kernel = new KernelHost();
	const levels = Array.from({ length: 3 * CONTROL_RING_COMMANDS }, (_, index) => (index + 1) / 4096);
	for (const [index, level] of levels.entries()) {
		kernel.send({
			type: "load",
			slot: 0,
			sample: { ...kernel.place(constant(2, level), 2), handle: (index % 1024) + 1 },
		});
		kernel.send(play(0));
		if (index % 5 < 4) continue; // five pairs a block, of which each plays its own sample
		const sum = levels.slice(index - 4, index + 1).reduce((total, value) => total + value);
		expect(kernel.render(1)).toEqual(constant(2, sum));
	}
});

test.each([0, 1, MAX_RINGS - 1])("ring %i is read across positions that wrap at 2^32", (ring) => {
	const kernel = new KernelHost({ voices: 256 });
	kernel.setRingPosition(ring, 2 ** 32 - 100);
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * 1000, 2 ** -8), 2) }, ring);
	for (let voice = 0; voice < 200; voice++) kernel.send(play(0), ring);
	expect(kernel.waiting(ring)).toBe(201);
	expect(kernel.render(1)).toEqual(constant(2, 200 * 2 ** -8));
	expect(kernel.waiting(ring)).toBe(0);
});

test("a block reads at most 1,024 commands of all rings together", () => {
	const kernel = new KernelHost();
	for (let ring = 1; ring < MAX_RINGS; ring++) {
		for (let command = 0; command < PRODUCER_RING_COMMANDS; command++) kernel.send({ type: "stopAll" }, ring);
	}
	const total = (): number =>
		Array.from({ length: MAX_RINGS }, (_, ring) => kernel.waiting(ring)).reduce((a, b) => a + b);
	for (let left = total(); left > 0; left = total()) {
		kernel.renderBlock(1);
		expect(total()).toBe(left - MAX_COMMANDS_PER_BLOCK);
	}
});

test("a ring that is always full leaves every other ring its turn", () => {
	const kernel = new KernelHost();
	const blocksUntilRead = Array.from({ length: MAX_RINGS }, () => 0);
	for (let block = 1; block <= 2 * MAX_RINGS; block++) {
		for (let ring = 0; ring < MAX_RINGS; ring++) {
			const capacity = ring === 0 ? CONTROL_RING_COMMANDS : PRODUCER_RING_COMMANDS;
			while (kernel.waiting(ring) < capacity) kernel.send({ type: "stopAll" }, ring);
		}
		kernel.renderBlock(1);
		for (let ring = 0; ring < MAX_RINGS; ring++) {
			if (blocksUntilRead[ring] === 0 && kernel.waiting(ring) === 0) blocksUntilRead[ring] = block;
		}
	}
	expect(Math.min(...blocksUntilRead)).toBe(1);
	expect(Math.max(...blocksUntilRead)).toBeLessThanOrEqual(MAX_RINGS);
});

test("the first ring of a block is the one after the first of the block before", () => {
	const kernel = new KernelHost();
	const sample = kernel.place(noise(2 * 10_000, 9), 2);
	kernel.send({ type: "load", slot: 0, sample });
	for (let block = 0; block < 2 * MAX_RINGS; block++) {
		// A start on ring 8 and a stop of everything on ring 7: the voice survives only where ring 7 is read first.
		kernel.send(play(0), 8);
		kernel.send({ type: "stopAll" }, 7);
		kernel.renderBlock(1);
		expect(kernel.status(STATUS_ACTIVE_VOICES)).toBe(block % MAX_RINGS === 8 ? 0 : 1);
	}
});

test("a closed engine answers 0 from the next block on", () => {
	const kernel = new KernelHost();
	expect(kernel.renderBlock(128)).toBe(true);
	kernel.setHeader(HEADER_ENGINE_STATE, ENGINE_CLOSED);
	expect(kernel.renderBlock(128)).toBe(false);
	expect(kernel.renderBlock(128)).toBe(false);
});
