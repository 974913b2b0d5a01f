import { expect, test } from "vitest";
import { MAX_HANDLES, RETIREMENT_READ, RETIREMENT_WRITE } from "../../engine/src/protocol/shared-memory.ts";
import { KernelHost, play } from "./kernel-host.ts";
import { bitsOf, constant, noise, Random } from "./signals.ts";

test("a replaced sample that no voice plays is retired at once", () => {
	const kernel = new KernelHost();
	const [first, second] = [kernel.place(noise(200, 1), 2), kernel.place(noise(200, 2), 2)];
	kernel.send({ type: "load", slot: 0, sample: first });
	kernel.render(128);
	expect(kernel.retired()).toEqual([]);
	kernel.send({ type: "load", slot: 0, sample: second });
	kernel.render(128);
	expect(kernel.retired()).toEqual([first.handle]);
});

test("a replaced sample sounds to its end, is retired then, and the next trigger plays the new one", () => {
	const kernel = new KernelHost();
	const [first, second] = [kernel.place(noise(2 * 300, 1), 2), kernel.place(noise(2 * 128, 2), 2)];
	kernel.send({ type: "load", slot: 0, sample: first });
	kernel.send(play(0));
	kernel.render(128);
	kernel.send({ type: "load", slot: 0, sample: second });
	expect(bitsOf(kernel.render(128))).toEqual(bitsOf(first.samples.subarray(2 * 128, 2 * 256)));
	expect(kernel.retired()).toEqual([]);
	kernel.render(128);
	expect(kernel.retired()).toEqual([first.handle]);
	kernel.send(play(0));
	expect(bitsOf(kernel.render(128))).toEqual(bitsOf(second.samples));
	expect(kernel.retired()).toEqual([]);
});

test("unload retires a sounding sample when its release is over, and nothing reads it afterwards", () => {
	const kernel = new KernelHost();
	const sample = kernel.place(constant(2 * 1000, 1), 2);
	kernel.send({ type: "load", slot: 0, sample });
	kernel.send(play(0));
	kernel.send(play(0));
	kernel.render(128);
	kernel.send({ type: "unload", slot: 0 });
	kernel.render(239);
	expect(kernel.retired()).toEqual([]);
	kernel.render(1);
	expect(kernel.retired()).toEqual([sample.handle]);
	kernel.floats.fill(Number.NaN, sample.address / 4, sample.address / 4 + 2000);
	expect(kernel.render(512).some(Number.isNaN)).toBe(false);
	kernel.send(play(0));
	expect(kernel.render(128)).toEqual(constant(2 * 128, 0));
});

test("unloading an empty slot retires nothing", () => {
	const kernel = new KernelHost();
	kernel.send({ type: "unload", slot: 0 });
	kernel.render(128);
	expect(kernel.retired()).toEqual([]);
});

test("a sample in two slots is retired with the second of them", () => {
	const kernel = new KernelHost();
	const sample = kernel.place(noise(200, 1), 2);
	for (const slot of [0, 1]) kernel.send({ type: "load", slot, sample });
	kernel.send({ type: "unload", slot: 0 });
	kernel.render(128);
	expect(kernel.retired()).toEqual([]);
	kernel.send({ type: "unload", slot: 1 });
	kernel.render(128);
	expect(kernel.retired()).toEqual([sample.handle]);
});

test("loading a slot with the sample it has already retires nothing", () => {
	const kernel = new KernelHost();
	const sample = kernel.place(noise(200, 1), 2);
	for (let time = 0; time < 3; time++) kernel.send({ type: "load", slot: 0, sample });
	kernel.render(128);
	expect(kernel.retired()).toEqual([]);
	kernel.send({ type: "unload", slot: 0 });
	kernel.render(128);
	expect(kernel.retired()).toEqual([sample.handle]);
});

test.each([1, 20_261, 776_655])("every handle of a busy set is retired exactly once (seed %i)", (seed) => {
	const kernel = new KernelHost({ voices: 16 });
	const random = new Random(seed);
	const address = kernel.place(noise(2 * 4096, seed), 2).address;
	const retired: number[] = [];
	for (let handle = 1; handle <= MAX_HANDLES; handle++) {
		const slot = Math.floor(random.next() * 8);
		const frames = 1 + Math.floor(random.next() * 4096);
		kernel.send({ type: "load", slot, sample: { handle, address, frames, channels: 2, samples: noise(0, 1) } });
		for (let voice = random.next() * 4; voice > 1; voice--) {
			kernel.send(play(Math.floor(random.next() * 8), 1, random.next() < 0.3));
		}
		if (random.next() < 0.2) kernel.send({ type: "stop", slot: Math.floor(random.next() * 8) });
		if (random.next() < 0.7) kernel.renderBlock(128);
		if (random.next() < 0.05) retired.push(...kernel.retired());
	}
	for (let slot = 0; slot < 8; slot++) kernel.send({ type: "unload", slot });
	kernel.render(256);
	retired.push(...kernel.retired());
	expect(retired.toSorted((a, b) => a - b)).toEqual(Array.from({ length: MAX_HANDLES }, (_, index) => index + 1));
});

test("the retirement ring holds every handle at once, and its positions wrap at 2^32", () => {
	const kernel = new KernelHost({ slots: 256 });
	const start = 2 ** 32 - 700;
	kernel.words[RETIREMENT_READ / 4] = start;
	kernel.words[RETIREMENT_WRITE / 4] = start;
	const sample = kernel.place(noise(2, 1), 2);
	for (let handle = 1; handle <= MAX_HANDLES; handle++) {
		kernel.send({ type: "load", slot: handle % 256, sample: { ...sample, handle } });
	}
	kernel.renderBlock(128);
	for (let slot = 0; slot < 256; slot++) kernel.send({ type: "unload", slot });
	kernel.renderBlock(128);
	const retired = kernel.retired();
	expect(new Set(retired).size).toBe(MAX_HANDLES);
	expect(retired.length).toBe(MAX_HANDLES);
});
