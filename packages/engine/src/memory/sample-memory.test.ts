import { expect, test, vi } from "vitest";
import { retire } from "../../test/engine-words.ts";
import { LooperError } from "../errors.ts";
import {
	HEADER,
	HEADER_SAMPLE_RATE,
	MAX_HANDLES,
	OVERFLOW_REPLACE_OLDEST,
	PCM_HEAP,
	RETIREMENT_READ,
	RETIREMENT_WRITE,
	SHARED_END,
} from "../protocol/shared-memory.ts";
import { SharedThreading } from "../threading/shared-threading.ts";
import type { EngineMemory } from "./engine-memory.ts";
import { SampleMemory } from "./sample-memory.ts";

const MEBIBYTE = 2 ** 20;

function create(memoryBudget: number): {
	memory: EngineMemory;
	sharedMemory: WebAssembly.Memory;
	samples: SampleMemory;
} {
	const options = { slots: 32, voices: 32, overflow: OVERFLOW_REPLACE_OLDEST, memoryBudget };
	const { memory, sharedMemory } = new SharedThreading(options);
	return { memory, sharedMemory, samples: new SampleMemory(memory, memoryBudget, () => {}) };
}

function codeOf(call: () => unknown): string {
	try {
		call();
	} catch (error) {
		if (error instanceof LooperError) return error.code;
		throw error;
	}
	return "none";
}

test("the budget is given out to the last byte, and a byte more is refused with the figures", () => {
	const { samples } = create(4 * MEBIBYTE);
	samples.allocate(3 * MEBIBYTE);
	const last = samples.allocate(MEBIBYTE);
	expect(samples.usedBytes).toBe(4 * MEBIBYTE);
	expect(codeOf(() => samples.allocate(1))).toBe("out-of-memory");
	samples.free(last.address);
	expect(() => samples.allocate(1.5 * MEBIBYTE)).toThrow(
		"The sample needs 1.5 MiB, but 3.0 MiB of the memory budget of 4.0 MiB are in use. " +
			"Unload samples, or raise memoryBudget.",
	);
	expect(samples.usedBytes).toBe(3 * MEBIBYTE);
});

test("the memory grows with what is allocated, never with what is refused, and its words stay the same", () => {
	const { memory, sharedMemory, samples } = create(64 * MEBIBYTE);
	const before = memory.byteLength;
	expect(before).toBeLessThan(PCM_HEAP + 65_536);
	expect(codeOf(() => samples.allocate(65 * MEBIBYTE))).toBe("out-of-memory");
	expect(memory.byteLength).toBe(before);
	for (let region = 0; region < 4; region++) {
		const { address, bytes } = samples.allocate(16 * MEBIBYTE);
		expect(memory.byteLength).toBeGreaterThanOrEqual(address + bytes);
	}
	memory.setSampleRate(44_100, 221);
	const grown = new Int32Array(sharedMemory.buffer, 0, SHARED_END / 4);
	expect(grown[(HEADER + HEADER_SAMPLE_RATE) / 4]).toBe(44_100);
});

test("a growth that the platform refuses is told, takes nothing, and the next allocation works again", () => {
	const { sharedMemory, samples } = create(64 * MEBIBYTE);
	samples.allocate(MEBIBYTE);
	const grow = vi.spyOn(sharedMemory, "grow").mockImplementation(() => {
		throw new RangeError("no");
	});
	expect(() => samples.allocate(32 * MEBIBYTE)).toThrow(
		"The sample needs 32.0 MiB in one piece, which the platform does not grant beside the 1.0 MiB in use. " +
			"Unload samples.",
	);
	expect(samples.usedBytes).toBe(MEBIBYTE);
	grow.mockRestore();
	expect(samples.allocate(32 * MEBIBYTE).address).toBe(PCM_HEAP + MEBIBYTE);
});

test("a growth refused in a large step is tried with what is needed", () => {
	const { memory, sharedMemory, samples } = create(64 * MEBIBYTE);
	const grow = sharedMemory.grow.bind(sharedMemory);
	vi.spyOn(sharedMemory, "grow").mockImplementation((pages) => {
		if (pages > 32) throw new RangeError("too much at once");
		return grow(pages);
	});
	const { address, bytes } = samples.allocate(MEBIBYTE);
	expect(memory.byteLength).toBeGreaterThanOrEqual(address + bytes);
	expect(memory.byteLength).toBeLessThan(address + bytes + 65_536);
});

test("handles run from 1 to 1,024; the next one is refused until one is retired", () => {
	const { memory, samples } = create(MEBIBYTE);
	const handles = Array.from({ length: MAX_HANDLES }, () => samples.publish(samples.allocate(16).address));
	expect(handles).toEqual(Array.from({ length: MAX_HANDLES }, (_, index) => index + 1));
	const spare = samples.allocate(16);
	expect(() => samples.publish(spare.address)).toThrow(
		"1024 samples are still in slots and voices. Stop or unload some.",
	);
	expect(samples.usedBytes).toBe(16 * (MAX_HANDLES + 1));
	retire(memory.words, 700);
	expect(samples.publish(spare.address)).toBe(700);
	expect(samples.usedBytes).toBe(16 * MAX_HANDLES);
	expect(codeOf(() => samples.publish(samples.allocate(16).address))).toBe("out-of-memory");
});

test("retired regions are free for the very next allocation, in whatever order they come", () => {
	const { memory, samples } = create(MEBIBYTE);
	const regions = Array.from({ length: 4 }, () => samples.allocate(MEBIBYTE / 4));
	const handles = regions.map((region) => samples.publish(region.address));
	for (const index of [2, 0, 3, 1]) retire(memory.words, handles[index]!);
	expect(samples.allocate(MEBIBYTE)).toEqual({ address: PCM_HEAP, bytes: MEBIBYTE });
});

test("1,024 retirements at once all arrive, across positions that wrap at 2^32", () => {
	const { memory, samples } = create(MEBIBYTE);
	for (const position of [RETIREMENT_READ, RETIREMENT_WRITE]) memory.words[position / 4] = -500;
	const handles = Array.from({ length: MAX_HANDLES }, () => samples.publish(samples.allocate(16).address));
	for (const handle of handles) retire(memory.words, handle);
	samples.freeRetired();
	expect(samples.usedBytes).toBe(0);
	expect(memory.words[RETIREMENT_READ / 4]).toBe(MAX_HANDLES - 500);
});

test("a handle is given out again only after its retirement has been read", () => {
	const { memory, samples } = create(MEBIBYTE);
	const [first, second] = [samples.allocate(32), samples.allocate(32)];
	expect([samples.publish(first.address), samples.publish(second.address)]).toEqual([1, 2]);
	retire(memory.words, 1);
	expect(samples.usedBytes).toBe(64);
	expect(samples.publish(samples.allocate(16).address)).toBe(1);
	expect(samples.usedBytes).toBe(48);
});

test("a retired sample is free at once; retiring it again changes nothing", () => {
	const { samples } = create(MEBIBYTE);
	const handle = samples.publish(samples.allocate(64).address);
	samples.retire(handle);
	expect(samples.usedBytes).toBe(0);
	const other = samples.allocate(64);
	for (const absent of [handle, 0, MAX_HANDLES + 1]) samples.retire(absent);
	expect(samples.usedBytes).toBe(64);
	samples.free(other.address);
	expect(samples.usedBytes).toBe(0);
});

test("trimming gives back the end of a region, before and after it was published", () => {
	const { samples } = create(MEBIBYTE);
	const region = samples.allocate(MEBIBYTE);
	samples.shrink(region.address, MEBIBYTE / 2);
	samples.publish(region.address);
	samples.shrink(region.address, MEBIBYTE / 4 - 3);
	expect(samples.usedBytes).toBe(MEBIBYTE / 4);
	expect(samples.allocate((3 / 4) * MEBIBYTE).address).toBe(PCM_HEAP + MEBIBYTE / 4);
});

test("a region lives as long as it has a reference, and its end is reported once", () => {
	const { memory } = create(MEBIBYTE);
	const freed: number[] = [];
	const samples = new SampleMemory(memory, MEBIBYTE, (address) => freed.push(address));
	const { address } = samples.allocate(64);
	samples.retain(address);
	samples.retain(address);
	const handles = [samples.publish(address), samples.publish(address)];
	samples.release(address);
	samples.release(address);
	expect([samples.usedBytes, freed]).toEqual([64, []]);
	retire(memory.words, handles[1]!);
	samples.freeRetired();
	expect([samples.usedBytes, freed]).toEqual([64, []]);
	samples.retire(handles[0]!);
	expect([samples.usedBytes, freed]).toEqual([0, [address]]);
});

test("a region that was taken back before anybody held it was never known, and its end is not told", () => {
	const { memory } = create(MEBIBYTE);
	const samples = new SampleMemory(memory, MEBIBYTE, () => {
		throw new Error("told");
	});
	samples.free(samples.allocate(64).address);
	expect(samples.usedBytes).toBe(0);
});

test("a region that is allocated again starts without references", () => {
	const { samples } = create(MEBIBYTE);
	const first = samples.allocate(64);
	for (let reference = 0; reference < 3; reference++) samples.retain(first.address);
	for (let reference = 0; reference < 3; reference++) samples.release(first.address);
	const second = samples.allocate(64);
	expect(second.address).toBe(first.address);
	samples.retain(second.address);
	samples.release(second.address);
	expect(samples.usedBytes).toBe(0);
});

test("publishing that is refused takes no hold", () => {
	const { samples } = create(MEBIBYTE);
	const { address } = samples.allocate(64);
	samples.retain(address);
	for (let handle = 0; handle < MAX_HANDLES; handle++) samples.publish(address);
	expect(codeOf(() => samples.publish(address))).toBe("out-of-memory");
	for (let handle = 1; handle <= MAX_HANDLES; handle++) samples.retire(handle);
	expect(samples.usedBytes).toBe(64);
	samples.release(address);
	expect(samples.usedBytes).toBe(0);
});

test("a region is extended where it lies as far as the budget and the room behind it go", () => {
	const { memory, samples } = create(8 * MEBIBYTE);
	const first = samples.allocate(MEBIBYTE);
	expect(samples.extend(first.address, 4 * MEBIBYTE)).toBe(true);
	expect(samples.usedBytes).toBe(4 * MEBIBYTE);
	expect(memory.byteLength).toBeGreaterThanOrEqual(first.address + 4 * MEBIBYTE);
	const second = samples.allocate(MEBIBYTE);
	expect(samples.extend(first.address, 5 * MEBIBYTE)).toBe(false);
	expect(() => samples.extend(second.address, 5 * MEBIBYTE)).toThrow(
		"The sample needs 5.0 MiB, but 4.0 MiB of the memory budget of 8.0 MiB are in use",
	);
	expect(samples.usedBytes).toBe(5 * MEBIBYTE);
	samples.free(first.address);
	samples.free(second.address);
	expect(samples.usedBytes).toBe(0);
});

/** Memory whose kernel applies, when it is asked to, that samples were replaced. */
function createRelieved(memoryBudget: number) {
	const harness = create(memoryBudget);
	const replaced: number[] = [];
	let asked = 0;
	harness.samples.relieve = () => {
		asked += 1;
		for (const handle of replaced.splice(0)) retire(harness.memory.words, handle);
	};
	return { ...harness, replaced, asked: () => asked };
}

test("before bytes run out the kernel applies what waits, and not earlier", () => {
	const { samples, replaced, asked } = createRelieved(4 * MEBIBYTE);
	const regions = Array.from({ length: 4 }, () => samples.allocate(MEBIBYTE));
	const handles = regions.map(({ address }) => samples.publish(address));
	replaced.push(handles[1]!, handles[2]!);
	expect(asked()).toBe(0);
	expect(samples.allocate(2 * MEBIBYTE).address).toBe(regions[1]!.address);
	expect(asked()).toBe(1);
	replaced.push(handles[3]!);
	expect(samples.extend(regions[1]!.address, 3 * MEBIBYTE)).toBe(true);
	expect([asked(), samples.usedBytes]).toEqual([2, 4 * MEBIBYTE]);
});

test("a request that does not fit even then is refused with what is in use then", () => {
	const { samples, replaced, asked } = createRelieved(4 * MEBIBYTE);
	const handles = [2, 1].map((mebibytes) => samples.publish(samples.allocate(mebibytes * MEBIBYTE).address));
	replaced.push(handles[0]!);
	expect(() => samples.allocate(3.5 * MEBIBYTE)).toThrow("needs 3.5 MiB, but 1.0 MiB of the memory budget");
	expect([asked(), samples.usedBytes]).toEqual([1, MEBIBYTE]);
});

test("before handles run out the kernel applies what waits", () => {
	const { samples, replaced, asked } = createRelieved(MEBIBYTE);
	expect(samples.freeHandles).toBe(MAX_HANDLES);
	for (let handle = 1; handle <= MAX_HANDLES; handle++) samples.publish(samples.allocate(16).address);
	expect([samples.freeHandles, asked()]).toEqual([0, 0]);
	replaced.push(5, 900);
	expect(samples.publish(samples.allocate(16).address)).toBe(5);
	expect([samples.freeHandles, asked()]).toEqual([1, 1]);
});

test("reclaiming tells whether bytes have come back", () => {
	const { samples, replaced } = createRelieved(MEBIBYTE);
	const handle = samples.publish(samples.allocate(64).address);
	expect(samples.reclaim()).toBe(false);
	replaced.push(handle);
	expect([samples.reclaim(), samples.usedBytes]).toEqual([true, 0]);
	expect([create(MEBIBYTE).samples.reclaim()]).toEqual([false]);
});
