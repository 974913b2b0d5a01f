import { expect, test } from "vitest";
import {
	OVERFLOW_DROP_NEWEST,
	PAD_VOICES,
	STATUS_ACTIVE_VOICES,
	STATUS_DROPPED_VOICES,
} from "../../engine/src/protocol/shared-memory.ts";
import { KernelHost, play } from "./kernel-host.ts";
import { bitsOf, constant, noise } from "./signals.ts";

/** A host whose slots 0 to 32 hold long samples: slot n is 2^-n in every frame of both channels. */
function hostWithLevels(overflow: number): KernelHost {
	const kernel = new KernelHost({ slots: 33, overflow, fadeFrames: 128 });
	for (let slot = 0; slot < 33; slot++) {
		kernel.send({ type: "load", slot, sample: kernel.place(constant(2 * 4096, 2 ** -slot), 2) });
	}
	return kernel;
}

test("the 33rd voice replaces the oldest, which fades", () => {
	const kernel = hostWithLevels(0);
	for (let slot = 0; slot < 32; slot++) kernel.send(play(slot, 2 ** -slot));
	kernel.render(128);
	kernel.send(play(32));
	const faded = kernel.render(128);
	const after = kernel.render(1);

	const others = Array.from({ length: 31 }, (_, index) => 4 ** -(index + 1)).reduce((sum, level) => sum + level);
	for (let frame = 0; frame < 128; frame++) expect(faded[2 * frame]).toBeCloseTo(1 - frame / 128 + others, 6);
	expect(after[0]).toBeCloseTo(others + 2 ** -32, 7);
	expect(kernel.status(STATUS_ACTIVE_VOICES)).toBe(32);
	expect(kernel.status(STATUS_DROPPED_VOICES)).toBe(1);
});

test("the 33rd voice is refused when the newest is dropped", () => {
	const kernel = hostWithLevels(OVERFLOW_DROP_NEWEST);
	for (let voice = 0; voice < 32; voice++) kernel.send(play(1));
	const before = kernel.render(128);
	kernel.send(play(0));
	expect(kernel.render(128)).toEqual(before);
	expect(kernel.status(STATUS_ACTIVE_VOICES)).toBe(32);
	expect(kernel.status(STATUS_DROPPED_VOICES)).toBe(1);
});

test("a voice stolen in the frame it started in is dropped without a fade", () => {
	const kernel = new KernelHost({ voices: 1 });
	kernel.send({ type: "load", slot: 0, sample: kernel.place(constant(2 * 1000, 0.5), 2) });
	kernel.send({ type: "load", slot: 1, sample: kernel.place(constant(2 * 1000, 0.25), 2) });
	kernel.send(play(0));
	kernel.send(play(1));
	expect(kernel.render(128)).toEqual(constant(2 * 128, 0.25));
	expect(kernel.status(STATUS_DROPPED_VOICES)).toBe(1);
});

test("repeated stealing goes round the voices in the order of their start", () => {
	const kernel = hostWithLevels(0);
	for (let slot = 0; slot < 32; slot++) kernel.send(play(slot));
	kernel.render(128);
	for (let slot = 0; slot < 31; slot++) kernel.send(play(32));
	kernel.render(256);
	expect(Array.from({ length: 33 }, (_, slot) => kernel.padStatus(slot, PAD_VOICES))).toEqual([
		...Array(31).fill(0),
		1,
		31,
	]);
});

test("a voice that ends inside a block is followed by silence and counts no more", () => {
	const kernel = new KernelHost();
	const sample = kernel.place(noise(2 * 101, 5), 2);
	kernel.send({ type: "load", slot: 0, sample });
	kernel.send(play(0));
	const rendered = kernel.render(128);
	expect(bitsOf(rendered.subarray(0, 202))).toEqual(bitsOf(sample.samples));
	expect(rendered.subarray(202)).toEqual(constant(2 * 27, 0));
	expect(kernel.status(STATUS_ACTIVE_VOICES)).toBe(0);
});

test("a voice that ends with the last frame of a block counts no more after it", () => {
	const kernel = new KernelHost();
	kernel.send({ type: "load", slot: 0, sample: kernel.place(noise(2 * 128, 6), 2) });
	kernel.send(play(0));
	kernel.render(128);
	expect(kernel.status(STATUS_ACTIVE_VOICES)).toBe(0);
});

test.each([1, 2, 3, 5, 127, 128, 129, 1000])("a looping sample of %i frames repeats without a gap", (frames) => {
	for (const channels of [1, 2] as const) {
		const kernel = new KernelHost();
		const sample = kernel.place(noise(channels * frames, frames), channels);
		kernel.send({ type: "load", slot: 0, sample });
		kernel.send(play(0, 1, true));
		const expected = Float32Array.from({ length: 2 * 2100 }, (_, index) => {
			const frame = (index >> 1) % frames;
			return sample.samples[frame * channels + (channels === 2 ? index % 2 : 0)] ?? Number.NaN;
		});
		expect(bitsOf(kernel.render(2100))).toEqual(bitsOf(expected));
	}
});

test("the status tells each slot's voices and where the newest of them is", () => {
	const kernel = new KernelHost();
	kernel.send({ type: "load", slot: 5, sample: kernel.place(noise(2 * 300, 7), 2) });
	kernel.send(play(5, 1, true));
	kernel.render(256);
	kernel.send(play(5, 1, true));
	kernel.render(128);
	expect([kernel.padStatus(5, PAD_VOICES), kernel.playhead(5)]).toEqual([2, 128]);
	kernel.render(256);
	expect([kernel.padStatus(5, PAD_VOICES), kernel.playhead(5)]).toEqual([2, 84]);
	kernel.send({ type: "stop", slot: 5 });
	kernel.render(128);
	expect([kernel.padStatus(5, PAD_VOICES), kernel.playhead(5)]).toEqual([0, 0]);
});
