import type { LoadedSample } from "../protocol/loader-messages.ts";

/** Identifies a content together with its decoding options. */
export interface ContentKeys {
	/** Made of the content's hash: names it. */
	readonly key: string;
	/** Made of its fingerprint, which other contents may share; null for a short source. */
	readonly fingerprintKey: string | null;
}

/**
 * Decoded contents in memory, by content key; freed regions are forgotten.
 *
 * Thread: control.
 */
export class ContentIndex {
	readonly #samples: Map<string, LoadedSample> = new Map();
	readonly #contents: Map<number, ContentKeys> = new Map();

	/** @returns the sample decoded from that content, undefined when there is none. */
	find(key: string): LoadedSample | undefined {
		return this.#samples.get(key);
	}

	/** @returns whether any content has that fingerprint. */
	hasFingerprint(fingerprintKey: string): boolean {
		for (const content of this.#contents.values()) if (content.fingerprintKey === fingerprintKey) return true;
		return false;
	}

	add(content: ContentKeys, sample: LoadedSample): void {
		this.#samples.set(content.key, sample);
		this.#contents.set(sample.regionAddress, content);
	}

	/** Forgets the content of a region that has been freed. */
	forget(regionAddress: number): void {
		const key = this.#contents.get(regionAddress)?.key;
		this.#contents.delete(regionAddress);
		if (key !== undefined && this.#samples.get(key)?.regionAddress === regionAddress) this.#samples.delete(key);
	}
}
