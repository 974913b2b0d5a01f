import { leastRecentlyUsed } from "./eviction.ts";
import type { PcmStore } from "./pcm-store.ts";

/** Share of the limit that a thread frees at a time, because listing all entries is slow. */
const STEP_SHARE = 1 / 64;

/**
 * The bytes that a thread may add to a store whose entries all together are limited: least recently used entries make room.
 *
 * Methods throw whatever the platform's store throws. Thread: loader or analysis.
 */
export class CacheRoom {
	readonly #store: PcmStore;
	readonly #limitBytes: number;
	/** Bytes that may be added before the entries are listed again. */
	#roomBytes = 0;
	#looking: Promise<void> = Promise.resolve();

	/** @param limitBytes - limit for all entries together; each concurrently writing thread may exceed it by one step */
	constructor(store: PcmStore, limitBytes: number) {
		this.#store = store;
		this.#limitBytes = limitBytes;
	}

	/** Frees room in advance, concurrently with other work. A failure here recurs when room is taken. */
	prepare(): void {
		if (this.#roomBytes >= (this.#limitBytes * STEP_SHARE) / 2) return;
		this.#looking = this.#looking.then(() => this.#makeRoom(0)).catch(() => {});
	}

	/** @returns false if this much room cannot be freed. */
	async take(bytes: number): Promise<boolean> {
		await this.#looking;
		if (this.#roomBytes < bytes) await this.#makeRoom(bytes);
		if (this.#roomBytes < bytes) return false;
		this.#roomBytes -= bytes;
		return true;
	}

	/** Evicts least recently used entries until the bytes fit, freeing at least a step. */
	async #makeRoom(bytes: number): Promise<void> {
		const limitBytes = Math.min(this.#limitBytes, await this.#store.capacityBytes());
		const roomBytes = Math.max(bytes, Math.floor(limitBytes * STEP_SHARE));
		if (roomBytes > limitBytes) return;
		const entries = await this.#store.list();
		for (const name of leastRecentlyUsed(entries, limitBytes - roomBytes)) await this.#store.remove(name);
		this.#roomBytes = roomBytes;
	}
}
