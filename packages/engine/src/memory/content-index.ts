import type { LoadedSample } from "../protocol/loader-messages.ts";

/**
 * Which contents lie decoded in memory, by content key; a region that is freed is forgotten.
 *
 * Thread: control.
 */
export class ContentIndex {
	readonly #samples: Map<string, LoadedSample> = new Map();
	readonly #keys: Map<number, string> = new Map();

	/** @returns the sample decoded from that content, undefined when there is none. */
	find(key: string): LoadedSample | undefined {
		return this.#samples.get(key);
	}

	add(key: string, sample: LoadedSample): void {
		this.#samples.set(key, sample);
		this.#keys.set(sample.regionAddress, key);
	}

	/** Forgets what lay in a region that has been freed. */
	forget(regionAddress: number): void {
		const key = this.#keys.get(regionAddress);
		this.#keys.delete(regionAddress);
		if (key !== undefined && this.#samples.get(key)?.regionAddress === regionAddress) this.#samples.delete(key);
	}
}
