import { LooperError } from "../errors.ts";
import { MAX_HANDLES, PCM_HEAP } from "../protocol/shared-memory.ts";
import { RetirementRing } from "../rings/retirement-ring.ts";
import type { EngineMemory } from "./engine-memory.ts";
import { type Region, RegionAllocator } from "./region-allocator.ts";

/**
 * The PCM of all samples: lends regions to loader threads, publishes them under handles, frees what is retired.
 *
 * Thread: control.
 */
export class SampleMemory {
	readonly #memory: EngineMemory;
	/** Bytes that samples and loads in flight may hold. */
	readonly budget: number;
	readonly #allocator: RegionAllocator;
	readonly #retirement: RetirementRing;
	/** Address published under each handle; index handle - 1. */
	readonly #published: (number | null)[] = Array.from({ length: MAX_HANDLES }, () => null);

	/** Handles and commits that hold each complete region. */
	readonly #holds: Map<number, number> = new Map();
	readonly #onFreed: (address: number) => void;

	/** Called before a retired handle is free for another sample. */
	onRetired: () => void = () => {};
	/**
	 * Called when bytes or handles have run out: lets the kernel apply the commands that wait, which may give some back. Null where
	 * the audio thread does so by itself, with every block.
	 */
	relieve: (() => void) | null = null;

	/** @param onFreed - called when the last reference to a region is released */
	constructor(memory: EngineMemory, budget: number, onFreed: (address: number) => void) {
		this.#onFreed = onFreed;
		this.#memory = memory;
		this.budget = budget;
		this.#allocator = new RegionAllocator(PCM_HEAP, memory.limit);
		this.#retirement = new RetirementRing(memory.words);
	}

	/** Bytes that samples and loads in flight hold. */
	get usedBytes(): number {
		return this.#allocator.usedBytes;
	}

	/** Handles that nothing is published under. */
	get freeHandles(): number {
		return this.#published.filter((address) => address === null).length;
	}

	/** @throws LooperError `out-of-memory`, with the figures. */
	lend(bytes: number): Region {
		return this.#relieved(() => this.#lend(bytes));
	}

	#lend(bytes: number): Region {
		this.#checkBudget(bytes, this.#allocator.usedBytes);
		const region = this.#allocator.allocate(bytes);
		if (region !== null && this.#memory.growTo(region.address + region.bytes)) return region;
		if (region !== null) this.#allocator.free(region.address);
		throw new LooperError("out-of-memory", this.refusal(bytes));
	}

	/** Bytes of a lent region. */
	bytesOf(address: number): number {
		return this.#allocator.bytesAt(address);
	}

	/** @returns whether the memory reaches to the end of a lent region; null when it does already. */
	granted(address: number): Promise<boolean> | null {
		return this.#memory.reached(address + this.#allocator.bytesAt(address));
	}

	/** Says that the platform grants no memory for a region of so many bytes, with the figures. */
	refusal(bytes: number): string {
		return (
			`the sample needs ${mebibytes(bytes)} in one piece, which the platform does not grant beside the ` +
			`${mebibytes(this.#allocator.usedBytes)} in use; unload samples`
		);
	}

	/**
	 * Makes a lent region longer where it lies.
	 *
	 * @returns false when there is no room behind it; it is as long as before then.
	 * @throws LooperError `out-of-memory`, with the figures.
	 */
	extend(address: number, bytes: number): boolean {
		const before = this.#allocator.bytesAt(address);
		this.#relieved(() => this.#checkBudget(bytes, this.#allocator.usedBytes - before));
		if (!this.#allocator.extend(address, bytes)) return false;
		if (this.#memory.growTo(address + this.#allocator.bytesAt(address))) return true;
		this.#allocator.shrink(address, before);
		return false;
	}

	/** Gives up the end of a lent region that turned out too long. */
	trim(address: number, bytes: number): void {
		this.#allocator.shrink(address, bytes);
	}

	/** Takes back a region that has no reference yet. */
	free(address: number): void {
		this.#allocator.free(address);
	}

	/** Keeps a complete region until `release`; from here on it is immutable. */
	hold(address: number): void {
		this.#holds.set(address, (this.#holds.get(address) ?? 0) + 1);
	}

	/** Keeps the region under a handle, whatever becomes of the handle. */
	holdPublished(handle: number): void {
		const address = this.#published[handle - 1];
		if (address !== null && address !== undefined) this.hold(address);
	}

	/** Ends one `hold`; with the last one the region is freed. */
	release(address: number): void {
		const holds = this.#holds.get(address) ?? 0;
		if (holds > 1) {
			this.#holds.set(address, holds - 1);
			return;
		}
		this.#holds.delete(address);
		this.#allocator.free(address);
		this.#onFreed(address);
	}

	/**
	 * Puts a region under a handle, which holds it: the kernel decides how long.
	 *
	 * @returns the handle, 1..MAX_HANDLES.
	 * @throws LooperError `out-of-memory` when every handle is held.
	 */
	publish(address: number): number {
		const index = this.#relieved(() => this.#freeIndex());
		this.#published[index] = address;
		this.hold(address);
		return index + 1;
	}

	/** Ends a handle that the kernel has retired, or that never reached it. */
	retire(handle: number): void {
		const address = this.#published[handle - 1];
		if (address === null || address === undefined) return;
		this.#published[handle - 1] = null;
		this.release(address);
	}

	/** @returns whether bytes have come back that replaced and unloaded samples held. */
	reclaim(): boolean {
		const before = this.usedBytes;
		this.relieve?.();
		this.freeRetired();
		return this.usedBytes < before;
	}

	/** Takes something with all that is free; once more when that is not enough and the kernel may give some back. */
	#relieved<T>(take: () => T): T {
		this.freeRetired();
		try {
			return take();
		} catch (error) {
			if (this.relieve === null) throw error;
			this.relieve();
			this.freeRetired();
			return take();
		}
	}

	#freeIndex(): number {
		const index = this.#published.indexOf(null);
		if (index !== -1) return index;
		throw new LooperError("out-of-memory", `${MAX_HANDLES} samples are still held by slots and voices; stop some`);
	}

	/** @param used - bytes that others hold */
	#checkBudget(bytes: number, used: number): void {
		if (used + bytes <= this.budget) return;
		throw new LooperError(
			"out-of-memory",
			`the sample needs ${mebibytes(bytes)}, but ${mebibytes(used)} of the memory budget of ` +
				`${mebibytes(this.budget)} are in use; unload samples or raise memoryBudget`,
		);
	}

	/** Frees every region that neither a slot nor a voice holds any more. */
	freeRetired(): void {
		for (let handle = this.#retirement.read(); handle !== 0; handle = this.#retirement.read()) {
			// What the journal says of the handle stands there by now, and has to be read before another sample gets it.
			this.onRetired();
			this.retire(handle);
		}
	}
}

function mebibytes(bytes: number): string {
	return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
