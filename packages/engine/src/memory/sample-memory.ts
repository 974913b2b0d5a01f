import { LooperError } from "../errors.ts";
import { MAX_HANDLES, PCM_HEAP } from "../protocol/shared-memory.ts";
import { RetirementRing } from "../rings/retirement-ring.ts";
import type { EngineMemory } from "./engine-memory.ts";
import { type Region, RegionAllocator } from "./region-allocator.ts";

/**
 * The PCM of all samples: allocates regions for loader threads, publishes them under handles, frees what is retired.
 *
 * Thread: control.
 */
export class SampleMemory {
	readonly #memory: EngineMemory;
	/** Bytes that samples and loads in flight may take. */
	readonly budget: number;
	readonly #allocator: RegionAllocator;
	readonly #retirement: RetirementRing;
	/** Address published under each handle; index handle - 1. */
	readonly #published: (number | null)[] = Array.from({ length: MAX_HANDLES }, () => null);

	/** References to each complete region: of handles, of loads on their way into a slot. */
	readonly #references: Map<number, number> = new Map();
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

	/** Bytes that samples and loads in flight take. */
	get usedBytes(): number {
		return this.#allocator.usedBytes;
	}

	/** Handles that nothing is published under. */
	get freeHandles(): number {
		return this.#published.filter((address) => address === null).length;
	}

	/** @throws LooperError `out-of-memory`, with the figures. */
	allocate(bytes: number): Region {
		return this.#relieved(() => this.#allocate(bytes));
	}

	#allocate(bytes: number): Region {
		this.#checkBudget(bytes, this.#allocator.usedBytes);
		const region = this.#allocator.allocate(bytes);
		if (region !== null && this.#memory.growTo(region.address + region.bytes)) return region;
		if (region !== null) this.#allocator.free(region.address);
		throw new LooperError("out-of-memory", this.refusal(bytes));
	}

	/** Bytes of a region. */
	bytesOf(address: number): number {
		return this.#allocator.bytesAt(address);
	}

	/** @returns whether the memory reaches to the end of a region; null when it does already. */
	granted(address: number): Promise<boolean> | null {
		return this.#memory.reached(address + this.#allocator.bytesAt(address));
	}

	/** The message that says that the platform grants no memory for a region of that many bytes. */
	refusal(bytes: number): string {
		return (
			`The sample needs ${mebibytes(bytes)} in one piece, which the platform does not grant beside the ` +
			`${mebibytes(this.#allocator.usedBytes)} in use. Unload samples.`
		);
	}

	/**
	 * Makes a region longer where it lies.
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

	/** Frees the end of a region that turned out too long. */
	shrink(address: number, bytes: number): void {
		this.#allocator.shrink(address, bytes);
	}

	/** Frees a region that has no reference yet. */
	free(address: number): void {
		this.#allocator.free(address);
	}

	/** Keeps a complete region until `release`; from here on it is immutable. */
	retain(address: number): void {
		this.#references.set(address, (this.#references.get(address) ?? 0) + 1);
	}

	/** Keeps the region under a handle, whatever becomes of the handle. @returns its address; null when there is none. */
	retainPublished(handle: number): number | null {
		const address = this.#published[handle - 1] ?? null;
		if (address !== null) this.retain(address);
		return address;
	}

	/** Ends one `retain`; the region is freed with its last reference. */
	release(address: number): void {
		const references = this.#references.get(address) ?? 0;
		if (references > 1) {
			this.#references.set(address, references - 1);
			return;
		}
		this.#references.delete(address);
		this.#allocator.free(address);
		this.#onFreed(address);
	}

	/**
	 * Puts a region under a handle, which keeps it until the kernel retires the handle.
	 *
	 * @returns the handle, 1..MAX_HANDLES.
	 * @throws LooperError `out-of-memory` when every handle is in use.
	 */
	publish(address: number): number {
		const index = this.#relieved(() => this.#freeIndex());
		this.#published[index] = address;
		this.retain(address);
		return index + 1;
	}

	/** Ends a handle that the kernel has retired, or that never reached it. */
	retire(handle: number): void {
		const address = this.#published[handle - 1];
		if (address === null || address === undefined) return;
		this.#published[handle - 1] = null;
		this.release(address);
	}

	/** @returns whether replaced and unloaded samples have been freed. */
	reclaim(): boolean {
		const before = this.usedBytes;
		this.relieve?.();
		this.freeRetired();
		return this.usedBytes < before;
	}

	/** Takes something; once more when there is too little and the kernel may give some back. */
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
		throw new LooperError(
			"out-of-memory",
			`${MAX_HANDLES} samples are still in slots and voices. Stop or unload some.`,
		);
	}

	/** @param used - bytes in use by others */
	#checkBudget(bytes: number, used: number): void {
		if (used + bytes <= this.budget) return;
		throw new LooperError(
			"out-of-memory",
			`The sample needs ${mebibytes(bytes)}, but ${mebibytes(used)} of the memory budget of ` +
				`${mebibytes(this.budget)} are in use. Unload samples, or raise memoryBudget.`,
		);
	}

	/** Frees every region that is in no slot and no voice any more. */
	freeRetired(): void {
		for (let handle = this.#retirement.read(); handle !== 0; handle = this.#retirement.read()) {
			// The journal holds all entries about the handle by now; they must be read before another sample gets it.
			this.onRetired();
			this.retire(handle);
		}
	}
}

function mebibytes(bytes: number): string {
	return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
