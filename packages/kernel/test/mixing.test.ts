import { expect, test } from "vitest";
import { OVERFLOW_DROP_NEWEST, STATUS_ACTIVE_VOICES } from "../../engine/src/protocol/shared-memory.ts";
import { KernelHost, play } from "./kernel-host.ts";
import { ReferenceMixer } from "./reference-mixer.ts";
import { bitsOf, constant, interleave, noise } from "./signals.ts";

test("one stereo voice at velocity 1 and 0 dB gives the sample's own bits", () => {
	const kernel = new KernelHost();
	const sample = kernel.place(noise(2 * 1000, 1), 2);
	kernel.send({ type: "load", slot: 3, sample });
	kernel.send(play(3));
	expect(bitsOf(kernel.render(1000))).toEqual(bitsOf(sample.samples));
});

test("one mono voice gives the sample's own bits on both channels", () => {
	const kernel = new KernelHost();
	const sample = kernel.place(noise(777, 2), 1);
	kernel.send({ type: "load", slot: 0, sample });
	kernel.send(play(0));
	expect(bitsOf(kernel.render(777))).toEqual(bitsOf(interleave(sample.samples, sample.samples)));
});

test("the smallest and largest samples that are published keep their bits", () => {
	const kernel = new KernelHost();
	const edges = [2 ** -63, -(2 ** -63), 1, -1, 8, -8, 0, 3.4028234663852886e38];
	const sample = kernel.place(Float32Array.from(edges), 2);
	kernel.send({ type: "load", slot: 0, sample });
	kernel.send(play(0));
	expect(bitsOf(kernel.render(4))).toEqual(bitsOf(sample.samples));
});

test("velocity scales each sample by one f32 multiplication", () => {
	const kernel = new KernelHost();
	const sample = kernel.place(noise(2 * 300, 3), 2);
	const velocity = Math.fround(0.3);
	kernel.send({ type: "load", slot: 0, sample });
	kernel.send(play(0, velocity));
	expect(bitsOf(kernel.render(300))).toEqual(bitsOf(sample.samples.map((value) => Math.fround(value * velocity))));
});

test("32 voices sum like a plain f32 loop over them, oldest first", () => {
	const kernel = new KernelHost();
	const reference = new ReferenceMixer();
	for (let slot = 0; slot < 32; slot++) {
		const channels = slot % 3 === 0 ? 1 : 2;
		const sample = kernel.place(noise(channels * (400 + slot), slot + 1), channels);
		for (const mixer of [kernel, reference]) {
			mixer.send({ type: "load", slot, sample });
			mixer.send(play(slot, 1 - slot / 40));
		}
	}
	expect(bitsOf(kernel.render(512))).toEqual(bitsOf(reference.render(512)));
});

test("every play starts a voice of its own, from slot 255 too", () => {
	const kernel = new KernelHost({ slots: 256, voices: 256 });
	const sample = kernel.place(constant(2 * 300, 1), 2);
	kernel.send({ type: "load", slot: 255, sample });
	for (let voice = 0; voice < 256; voice++) kernel.send(play(255));
	expect(kernel.render(128)).toEqual(constant(2 * 128, 256));
	expect(kernel.status(STATUS_ACTIVE_VOICES)).toBe(256);
});

test("a gain below 2^-40 is exactly silence, and the voice goes on to its end", () => {
	const kernel = new KernelHost({ overflow: OVERFLOW_DROP_NEWEST });
	const sample = kernel.place(constant(2 * 200, 1), 2);
	kernel.send({ type: "load", slot: 0, sample });
	kernel.send(play(0, 2 ** -41));
	expect(kernel.render(128)).toEqual(constant(2 * 128, 0));
	expect(kernel.status(STATUS_ACTIVE_VOICES)).toBe(1);
	kernel.render(128);
	expect(kernel.status(STATUS_ACTIVE_VOICES)).toBe(0);
});

test("a gain of 2^-40 times the smallest sample is a normal number", () => {
	const kernel = new KernelHost();
	const sample = kernel.place(constant(2 * 16, 2 ** -63), 2);
	kernel.send({ type: "load", slot: 0, sample });
	kernel.send(play(0, 2 ** -40));
	expect(kernel.render(16)).toEqual(constant(2 * 16, 2 ** -103));
});

test("an empty slot plays nothing", () => {
	const kernel = new KernelHost();
	kernel.send(play(7));
	expect(kernel.render(128)).toEqual(constant(2 * 128, 0));
	expect(kernel.status(STATUS_ACTIVE_VOICES)).toBe(0);
});
