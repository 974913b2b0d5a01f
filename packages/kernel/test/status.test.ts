import { expect, test } from "vitest";
import * as layout from "../../engine/src/protocol/shared-memory.ts";
import { KernelHost, play } from "./kernel-host.ts";
import { constant } from "./signals.ts";

/** A host whose slot n plays a single frame of 2^-n. */
function hostWithPulses(): KernelHost {
	const kernel = new KernelHost();
	for (let slot = 0; slot < 8; slot++) {
		kernel.send({ type: "load", slot, sample: kernel.place(constant(2, 2 ** -slot), 2) });
	}
	return kernel;
}

/** Renders a block that holds one pulse. @returns the peak as the status tells it */
function peakAfterPulse(kernel: KernelHost, slot: number): number {
	kernel.send(play(slot));
	kernel.renderBlock(128);
	return kernel.peak;
}

function readPeak(kernel: KernelHost): void {
	const epoch = (layout.HEADER + layout.HEADER_PEAK_EPOCH) / 4;
	Atomics.add(kernel.words, epoch, 1);
}

test("the clock counts frames and the block length is told", () => {
	const kernel = new KernelHost();
	for (const frames of [128, 1, 2048]) {
		kernel.renderBlock(frames);
		expect(kernel.status(layout.STATUS_BLOCK_FRAMES)).toBe(frames);
	}
	expect(kernel.status(layout.STATUS_FRAME_LOW)).toBe(2177);
	expect(kernel.status(layout.STATUS_FRAME_HIGH)).toBe(0);
});

test("the clock goes on beyond 2^32 frames", () => {
	const kernel = new KernelHost();
	kernel.setClock(0xffff_ffff, 6);
	kernel.renderBlock(1);
	expect([kernel.status(layout.STATUS_FRAME_LOW), kernel.status(layout.STATUS_FRAME_HIGH)]).toEqual([0, 7]);
	kernel.setClock(0xffff_ff00, 0xffff_ffff);
	kernel.renderBlock(128);
	expect([kernel.status(layout.STATUS_FRAME_LOW), kernel.status(layout.STATUS_FRAME_HIGH)]).toEqual([
		0xffff_ff80, 0xffff_ffff,
	]);
});

test("the sequence is even between blocks and moves by two with each", () => {
	const kernel = new KernelHost();
	const sequences = [1, 2, 3].map(() => {
		kernel.renderBlock(128);
		return kernel.status(layout.STATUS_SEQUENCE);
	});
	expect(sequences[0]! % 2).toBe(0);
	expect(sequences).toEqual([sequences[0], sequences[0]! + 2, sequences[0]! + 4]);
});

test("the peak is the highest magnitude of either channel, in blocks of odd length too", () => {
	const kernel = new KernelHost();
	kernel.send({ type: "load", slot: 0, sample: kernel.place(Float32Array.of(0.1, 0.2, 0.3, -0.75, 0.5, 0.6), 2) });
	kernel.send(play(0));
	kernel.renderBlock(1);
	expect(kernel.peak).toBe(Math.fround(0.2));
	kernel.renderBlock(1);
	expect(kernel.peak).toBe(0.75);
	kernel.renderBlock(1);
	expect(kernel.peak).toBe(0.75);
});

test("the peak of a block does not see what is left of a longer block before it", () => {
	const kernel = new KernelHost();
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * 128, 1), 2) });
	kernel.send(play(0));
	kernel.renderBlock(128);
	readPeak(kernel);
	kernel.renderBlock(127);
	readPeak(kernel);
	kernel.renderBlock(127);
	expect(kernel.peak).toBe(0);
});

test("the peak is held until its reader changes the epoch", () => {
	const kernel = hostWithPulses();
	expect([3, 1, 5].map((slot) => peakAfterPulse(kernel, slot))).toEqual([2 ** -3, 2 ** -1, 2 ** -1]);
	readPeak(kernel);
	expect(kernel.status(layout.STATUS_PEAK_EPOCH)).toBe(0);
	expect(peakAfterPulse(kernel, 6)).toBe(2 ** -5);
	expect(kernel.status(layout.STATUS_PEAK_EPOCH)).toBe(1);
	readPeak(kernel);
	expect(peakAfterPulse(kernel, 7)).toBe(2 ** -6);
});

test("a block rendered between the reader's read and its change of the epoch counts in the next peak", () => {
	const kernel = hostWithPulses();
	expect(peakAfterPulse(kernel, 4)).toBe(2 ** -4); // read here
	peakAfterPulse(kernel, 2);
	readPeak(kernel);
	expect(peakAfterPulse(kernel, 6)).toBe(2 ** -2);
});

test("starting again resets clock, counts and peak", () => {
	const kernel = hostWithPulses();
	kernel.push([99]);
	peakAfterPulse(kernel, 0);
	kernel.restart();
	kernel.renderBlock(128);
	expect(kernel.peak).toBe(0);
	expect(kernel.status(layout.STATUS_FRAME_LOW)).toBe(128);
	expect(kernel.status(layout.STATUS_INVALID_COMMANDS)).toBe(0);
});
