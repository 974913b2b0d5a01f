import { expect, test } from "vitest";
import * as layout from "../../engine/src/protocol/shared-memory.ts";
import { KernelHost, play } from "./kernel-host.ts";
import { bitsOf, constant } from "./signals.ts";

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
	expect(kernel.peak).toBeCloseTo(0.75, 3);
});

test("the peak falls by 30 dB per second, whatever the block length", () => {
	for (const blockFrames of [64, 128, 1000]) {
		const kernel = hostWithPulses();
		kernel.send(play(0));
		kernel.render(1000, blockFrames);
		const first = kernel.peak;
		kernel.render(48_000, blockFrames);
		expect(20 * Math.log10(kernel.peak / first)).toBeCloseTo(-30, 2);
	}
});

test("a meter that has fallen far enough is exactly 0", () => {
	const kernel = hostWithPulses();
	peakAfterPulse(kernel, 0);
	kernel.render(48_000 * 10);
	expect([kernel.peak, kernel.rms]).toEqual([0, 0]);
});

test("meters fall again after samples whose squares f32 cannot hold", () => {
	const kernel = new KernelHost();
	kernel.setHeader(layout.HEADER_METERING, 1);
	for (const [slot, level] of [3e38, 1e30].entries()) {
		kernel.send({ type: "load", slot, sample: kernel.place(constant(2 * 64, level), 2) });
		for (let voice = 0; voice < 2; voice++) kernel.send(play(slot));
	}
	kernel.render(128);
	const levels = (): number[] => [
		kernel.peak,
		kernel.rms,
		kernel.padLevel(0, layout.PAD_PEAK),
		kernel.padLevel(1, layout.PAD_RMS),
	];
	expect(levels().every((level) => level > 1e15 && level <= 1e18)).toBe(true);
	kernel.render(48_000 * 40);
	expect(levels()).toEqual([0, 0, 0, 0]);
});

test("the RMS of a constant becomes its value", () => {
	const kernel = new KernelHost();
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * 128, 0.5), 2) });
	kernel.send(play(0, 1, true));
	kernel.render(48_000 * 3);
	expect(kernel.rms).toBeCloseTo(0.5, 4);
});

test("a pad's meter is kept while it is read, behind its gain, and changes nothing that is heard", () => {
	const heard = [0, 1].map((isMetering) => {
		const kernel = new KernelHost();
		kernel.setHeader(layout.HEADER_METERING, isMetering);
		for (const [slot, level] of [0.5, 0.25].entries()) {
			kernel.send({ type: "load", slot, sample: kernel.place(constant(2 * 1000, level), 2) });
			kernel.send(play(slot, 1, true));
		}
		kernel.send({ type: "gain", slot: 1, decibels: -20 * Math.log10(2) });
		const rendered = kernel.render(128 * 1500);
		const meters = [0, 1].map((slot) => [
			kernel.padLevel(slot, layout.PAD_PEAK),
			kernel.padLevel(slot, layout.PAD_RMS),
		]);
		if (isMetering === 0) expect(meters.flat()).toEqual([0, 0, 0, 0]);
		else {
			expect(meters[0]?.[0]).toBe(0.5);
			expect(meters[1]?.[0]).toBeCloseTo(0.125, 6);
			expect(meters[0]?.[1]).toBeCloseTo(0.5, 2);
			expect(meters[1]?.[1]).toBeCloseTo(0.125, 3);
		}
		return rendered;
	});
	expect(bitsOf(heard[1]!)).toEqual(bitsOf(heard[0]!));
});

test("the entry of a pad at rest is left alone until something begins there", () => {
	const kernel = hostWithPulses();
	kernel.renderBlock(128);
	expect(kernel.queuedBeat(0)).toBeNaN();
	const voices = (layout.STATUS + layout.STATUS_PADS + layout.PAD_VOICES) / 4;
	kernel.words[voices] = 99;
	kernel.render(1000);
	expect(kernel.padStatus(0, layout.PAD_VOICES)).toBe(99);
	kernel.send(play(0));
	kernel.renderBlock(128);
	expect(kernel.padStatus(0, layout.PAD_VOICES)).toBe(0);
});

test("a voice that ends within its first block is still seen to fall by the pad's meter", () => {
	const kernel = hostWithPulses();
	kernel.setHeader(layout.HEADER_METERING, 1);
	kernel.renderBlock(128);
	kernel.send(play(0));
	const levels = Array.from({ length: 3 }, () => {
		kernel.renderBlock(128);
		return kernel.padLevel(0, layout.PAD_PEAK);
	});
	expect(levels[0]).toBe(1);
	expect(levels[2]).toBeLessThan(levels[1]!);
	expect(levels[1]).toBeLessThan(1);
	kernel.setHeader(layout.HEADER_METERING, 0);
	kernel.renderBlock(128);
	expect(kernel.padLevel(0, layout.PAD_PEAK)).toBe(0);
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
