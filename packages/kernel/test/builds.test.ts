import { expect, test } from "vitest";
import { GUARD_FRAMES, STATUS_INVALID_COMMANDS, WASM_PAGE_BYTES } from "../../engine/src/protocol/shared-memory.ts";
import { type KernelBuild, KernelHost, play } from "./kernel-host.ts";
import { bitsOf, noise, Random } from "./signals.ts";

/** A set with every kind of command, decided by the seed alone. */
function renderSet(build: KernelBuild, seed: number): Float32Array {
	const kernel = new KernelHost({ voices: 12, slots: 8 }, build);
	const random = new Random(seed);
	const pick = (count: number): number => Math.floor(random.next() * count);
	const rendered: number[] = [];
	for (let block = 0; block < 200; block++) {
		if (block % 10 === 0) {
			const channels = pick(2) === 0 ? 1 : 2;
			kernel.send({
				type: "load",
				slot: pick(8),
				sample: kernel.place(noise(channels * (1 + pick(3000)), seed + block), channels),
			});
		}
		for (let start = pick(4); start > 0; start--) kernel.send(play(pick(8), random.next(), pick(3) === 0));
		if (pick(8) === 0) kernel.send({ type: "stop", slot: pick(8) });
		if (pick(20) === 0) kernel.send({ type: "gain", decibels: -pick(60) });
		if (pick(40) === 0) kernel.send({ type: "unload", slot: pick(8) });
		rendered.push(...kernel.render(1 + pick(400), 400));
	}
	return Float32Array.from(rendered);
}

test.each([1, 4711, 99_991])("the shared and the unshared build give the same bits (seed %i)", (seed) => {
	const shared = renderSet("shared", seed);
	expect(shared.some((value) => value !== 0)).toBe(true);
	expect(bitsOf(renderSet("unshared", seed))).toEqual(bitsOf(shared));
});

test.each(["shared", "unshared"] as const)(
	"the %s build plays samples beyond 2 GiB, up to the guard at the end",
	(build) => {
		const pages = (2 ** 31 + 2 ** 24) / WASM_PAGE_BYTES;
		const kernel = new KernelHost({}, build, pages);
		const end = pages * WASM_PAGE_BYTES;
		for (const address of [2 ** 31 - 512, 2 ** 31, end - 8 * (128 + GUARD_FRAMES)]) {
			const sample = kernel.place(noise(2 * 128, address / 16), 2, address);
			kernel.send({ type: "load", slot: 0, sample });
			kernel.send(play(0));
			expect(bitsOf(kernel.render(128))).toEqual(bitsOf(sample.samples));
		}
		expect(kernel.status(STATUS_INVALID_COMMANDS)).toBe(0);
	},
);

test("a sample in memory that was grown after the start is played", () => {
	const kernel = new KernelHost();
	kernel.renderBlock(128);
	const address = kernel.memory.buffer.byteLength;
	kernel.memory.grow(16);
	const samples = noise(2 * 128, 5);
	new Float32Array(kernel.memory.buffer).set(samples, address / 4);
	kernel.send({ type: "load", slot: 0, sample: { handle: 1, address, frames: 128, channels: 2, samples } });
	kernel.send(play(0));
	expect(bitsOf(kernel.render(128))).toEqual(bitsOf(samples));
});
