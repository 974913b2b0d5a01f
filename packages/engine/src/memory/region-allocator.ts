import { PCM_ALIGNMENT } from "../protocol/shared-memory.ts";

/** A stretch of the PCM heap. */
export interface Region {
	/** First byte. */
	readonly address: number;
	readonly bytes: number;
}

/**
 * Allocates stretches of an address range: first fit over a list of the free ones, neighbours merged.
 *
 * Knows addresses only; it never touches the memory. Addresses may pass 2^31, so no bit operations here.
 */
export class RegionAllocator {
	/** Free stretches by ascending address, no two of them adjacent. */
	readonly #free: Region[];
	readonly #taken: Map<number, number> = new Map();
	#usedBytes = 0;

	/** @param start - first byte, aligned to PCM_ALIGNMENT; @param end - one past the last */
	constructor(start: number, end: number) {
		this.#free = [{ address: start, bytes: end - start }];
	}

	/** Bytes allocated, rounding included. */
	get usedBytes(): number {
		return this.#usedBytes;
	}

	/** @returns null when no free stretch is long enough. */
	allocate(bytes: number): Region | null {
		const rounded = roundUp(bytes);
		const index = this.#free.findIndex((stretch) => stretch.bytes >= rounded);
		const stretch = this.#free[index];
		if (stretch === undefined) return null;
		this.#replaceFree(index, stretch.address + rounded, stretch.bytes - rounded);
		this.#taken.set(stretch.address, rounded);
		this.#usedBytes += rounded;
		return { address: stretch.address, bytes: rounded };
	}

	/** Frees a region. @throws Error when none starts there: a bug of the engine. */
	free(address: number): void {
		const bytes = this.bytesAt(address);
		this.#taken.delete(address);
		this.#usedBytes -= bytes;
		this.#addFree(address, bytes);
	}

	/** Makes a region longer where it lies. @returns false when what lies behind it is not free; nothing has changed then. */
	extend(address: number, bytes: number): boolean {
		const before = this.bytesAt(address);
		const missing = roundUp(bytes) - before;
		if (missing <= 0) return true;
		const index = this.#free.findIndex((stretch) => stretch.address === address + before);
		const behind = this.#free[index];
		if (behind === undefined || behind.bytes < missing) return false;
		this.#replaceFree(index, behind.address + missing, behind.bytes - missing);
		this.#taken.set(address, before + missing);
		this.#usedBytes += missing;
		return true;
	}

	/** Frees the end of a region. @returns what is left of it. */
	shrink(address: number, bytes: number): Region {
		const before = this.bytesAt(address);
		const after = Math.min(roundUp(bytes), before);
		if (after < before) {
			this.#taken.set(address, after);
			this.#usedBytes -= before - after;
			this.#addFree(address + after, before - after);
		}
		return { address, bytes: after };
	}

	/** Bytes of the region that starts there. @throws Error when none does: a bug of the engine. */
	bytesAt(address: number): number {
		const bytes = this.#taken.get(address);
		if (bytes === undefined) throw new Error(`no region starts at address ${address}`);
		return bytes;
	}

	#replaceFree(index: number, address: number, bytes: number): void {
		if (bytes === 0) this.#free.splice(index, 1);
		else this.#free[index] = { address, bytes };
	}

	#addFree(address: number, bytes: number): void {
		const next = this.#free.findIndex((stretch) => stretch.address > address);
		const index = next === -1 ? this.#free.length : next;
		const before = this.#free[index - 1];
		const after = this.#free[index];
		const mergesBefore = before !== undefined && before.address + before.bytes === address;
		const mergesAfter = after !== undefined && address + bytes === after.address;
		const start = mergesBefore ? before.address : address;
		const end = mergesAfter ? after.address + after.bytes : address + bytes;
		this.#free.splice(mergesBefore ? index - 1 : index, Number(mergesBefore) + Number(mergesAfter), {
			address: start,
			bytes: end - start,
		});
	}
}

/** At least one aligned stretch, so that no two regions share an address. */
function roundUp(bytes: number): number {
	return Math.max(Math.ceil(bytes / PCM_ALIGNMENT), 1) * PCM_ALIGNMENT;
}
