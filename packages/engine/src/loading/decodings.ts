import type { LooperError } from "../errors.ts";

/** Hears that a decoding has ended. @param failure - why the content cannot be decoded at all, null in every other case */
type WhenEnded = (failure: LooperError | null) => void;

/** One content being decoded, and the loads that wait for it. */
interface Decoding {
	readonly requestId: number;
	readonly waiting: WhenEnded[];
}

/** Which load decodes which content, so that several loads of one file decode it once. Thread: control. */
export class Decodings {
	readonly #decodings: Map<string, Decoding> = new Map();

	/**
	 * Enters a load for a content.
	 *
	 * @param whenEnded - called when the load that decodes it has ended, however; not when this load is the one
	 * @returns true when this load is to decode it.
	 */
	begin(key: string, requestId: number, whenEnded: WhenEnded): boolean {
		const decoding = this.#decodings.get(key);
		if (decoding === undefined) {
			this.#decodings.set(key, { requestId, waiting: [] });
			return true;
		}
		decoding.waiting.push(whenEnded);
		return false;
	}

	/** @returns the content that the load decodes, undefined when it decodes none. */
	keyOf(requestId: number): string | undefined {
		for (const [key, decoding] of this.#decodings) if (decoding.requestId === requestId) return key;
		return undefined;
	}

	/**
	 * Ends the load's decoding, if it has one; those who wait for it look again.
	 *
	 * @param failure - why nobody else can decode the content either, null when that is not known
	 */
	end(requestId: number, failure: LooperError | null = null): void {
		const key = this.keyOf(requestId);
		if (key === undefined) return;
		const waiting = this.#decodings.get(key)?.waiting ?? [];
		this.#decodings.delete(key);
		for (const look of waiting) look(failure);
	}
}
