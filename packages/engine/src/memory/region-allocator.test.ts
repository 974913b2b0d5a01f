import * as fc from "fast-check";
import { expect, test } from "vitest";
import { PCM_ALIGNMENT, PCM_HEAP } from "../protocol/shared-memory.ts";
import { type Region, RegionAllocator } from "./region-allocator.ts";

const SEED = 0x0a11_0c8d;
const RANGE_BYTES = 4096;

type Step =
	| ["allocate", bytes: number]
	| ["free", pick: number]
	| ["shrink", pick: number, bytes: number]
	| ["extend", pick: number, bytes: number];

const bytes = fc.integer({ min: 1, max: RANGE_BYTES / 4 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 3, arbitrary: bytes.map((count): Step => ["allocate", count]) },
	{ weight: 2, arbitrary: fc.nat().map((pick): Step => ["free", pick]) },
	fc.tuple(fc.nat(), bytes).map(([pick, count]): Step => ["shrink", pick, count]),
	fc.tuple(fc.nat(), bytes).map(([pick, count]): Step => ["extend", pick, count]),
);
const starts = fc.constantFrom(
	PCM_HEAP,
	2 ** 31 - RANGE_BYTES,
	2 ** 31 - RANGE_BYTES / 2,
	2 ** 31,
	2 ** 32 - RANGE_BYTES,
);

const aligned = (count: number): number => Math.ceil(count / PCM_ALIGNMENT) * PCM_ALIGNMENT;

/** The free stretches between regions, by ascending address. @param regions - bytes by address */
function gapsBetween(regions: Map<number, number>, start: number): [address: number, bytes: number][] {
	const gaps: [number, number][] = [];
	let end = start;
	for (const [address, length] of [...regions].toSorted(([a], [b]) => a - b)) {
		if (address % PCM_ALIGNMENT !== 0) throw new Error(`the region at ${address} is not aligned`);
		if (address < end) throw new Error(`the region at ${address} overlaps the one before, which ends at ${end}`);
		if (address > end) gaps.push([end, address - end]);
		end = address + length;
	}
	if (end > start + RANGE_BYTES) throw new Error(`the last region ends at ${end}, behind the range`);
	if (end < start + RANGE_BYTES) gaps.push([end, start + RANGE_BYTES - end]);
	return gaps;
}

/** What the allocator has to have handed out: bytes by address. */
interface Model {
	readonly start: number;
	readonly regions: Map<number, number>;
}

/** Does a step with the allocator and with the model. @returns both answers, the allocator's first */
function takeStep(
	[action, value, count = 0]: Step,
	allocator: RegionAllocator,
	{ start, regions }: Model,
): [actual: Region | boolean | null | undefined, expected: Region | boolean | null | undefined] {
	if (action === "allocate") {
		const gap = gapsBetween(regions, start).find(([, length]) => length >= aligned(value));
		if (gap === undefined) return [allocator.allocate(value), null];
		regions.set(gap[0], aligned(value));
		return [allocator.allocate(value), { address: gap[0], bytes: aligned(value) }];
	}
	const address = [...regions.keys()][value % Math.max(regions.size, 1)];
	if (address === undefined) return [undefined, undefined];
	if (action === "free") {
		regions.delete(address);
		allocator.free(address);
		return [undefined, undefined];
	}
	const before = regions.get(address)!;
	if (action === "extend") {
		const missing = aligned(count) - before;
		const behind = gapsBetween(regions, start).find(([gap]) => gap === address + before)?.[1] ?? 0;
		if (missing > 0 && missing <= behind) regions.set(address, before + missing);
		return [allocator.extend(address, count), missing <= 0 || missing <= behind];
	}
	const after = Math.min(aligned(count), before);
	regions.set(address, after);
	return [allocator.shrink(address, count), { address, bytes: after }];
}

test("regions are aligned, never overlap and take the first gap that fits; all freed, the range is one again", () => {
	const run = (start: number, steps: readonly Step[]): void => {
		const allocator = new RegionAllocator(start, start + RANGE_BYTES);
		const regions = new Map<number, number>();
		for (const step of steps) {
			const [actual, expected] = takeStep(step, allocator, { start, regions });
			expect(actual).toEqual(expected);
			gapsBetween(regions, start);
			expect(allocator.usedBytes).toBe([...regions.values()].reduce((sum, length) => sum + length, 0));
		}
		for (const address of regions.keys()) allocator.free(address);
		expect(allocator.usedBytes).toBe(0);
		expect(allocator.allocate(RANGE_BYTES)).toEqual({ address: start, bytes: RANGE_BYTES });
	};
	fc.assert(fc.property(starts, fc.array(anyStep, { maxLength: 100, size: "max" }), run), { seed: SEED, numRuns: 200 });
});

test("addresses reach from the heap's start beyond 2 GiB to the last byte of 4 GiB", () => {
	const allocator = new RegionAllocator(PCM_HEAP, 2 ** 32);
	const gibibyte = 2 ** 30;
	const addresses = Array.from({ length: 3 }, () => allocator.allocate(gibibyte)?.address);
	expect(addresses).toEqual([PCM_HEAP, PCM_HEAP + gibibyte, PCM_HEAP + 2 * gibibyte]);
	expect(allocator.allocate(gibibyte)).toBeNull();
	const last = allocator.allocate(gibibyte - PCM_HEAP)!;
	expect(last.address + last.bytes).toBe(2 ** 32);
	expect(allocator.usedBytes).toBe(2 ** 32 - PCM_HEAP);
	expect(allocator.allocate(1)).toBeNull();
});

test("a region shrunk to nothing keeps one aligned stretch, so that its address stays its own", () => {
	const allocator = new RegionAllocator(PCM_HEAP, PCM_HEAP + 64);
	expect(allocator.allocate(64)).toEqual({ address: PCM_HEAP, bytes: 64 });
	expect(allocator.shrink(PCM_HEAP, 0)).toEqual({ address: PCM_HEAP, bytes: PCM_ALIGNMENT });
	expect(allocator.allocate(1)).toEqual({ address: PCM_HEAP + PCM_ALIGNMENT, bytes: PCM_ALIGNMENT });
});

test("an empty region takes one aligned stretch, so that no other has its address", () => {
	const allocator = new RegionAllocator(PCM_HEAP, PCM_HEAP + 64);
	expect(allocator.allocate(0)).toEqual({ address: PCM_HEAP, bytes: PCM_ALIGNMENT });
	expect(allocator.allocate(0)).toEqual({ address: PCM_HEAP + PCM_ALIGNMENT, bytes: PCM_ALIGNMENT });
	expect(allocator.usedBytes).toBe(2 * PCM_ALIGNMENT);
});

test("what a shrink gives back merges with the free stretch behind it", () => {
	const allocator = new RegionAllocator(0, 96);
	allocator.allocate(48);
	expect(allocator.allocate(64)).toBeNull();
	allocator.shrink(0, 32);
	expect(allocator.allocate(64)).toEqual({ address: 32, bytes: 64 });
});

test("freeing or shrinking an address that is not taken is refused and changes nothing", () => {
	const allocator = new RegionAllocator(0, 64);
	allocator.allocate(32);
	for (const address of [16, 32, -16, 64]) {
		expect(() => allocator.free(address)).toThrow(`no region starts at address ${address}`);
		expect(() => allocator.shrink(address, 16)).toThrow(`no region starts at address ${address}`);
	}
	allocator.free(0);
	expect(() => allocator.free(0)).toThrow("no region starts at address 0");
	expect(allocator.usedBytes).toBe(0);
	expect(allocator.allocate(64)).toEqual({ address: 0, bytes: 64 });
});
