import type { LooperError } from "../errors.ts";
import type { ContentKeys } from "../memory/content-index.ts";

/** Called when a decoding has ended. @param failure - why the content cannot be decoded at all, null in every other case */
type WhenEnded = (failure: LooperError | null) => void;

/** What a load decodes, as far as it is known. */
interface DecodedContent {
	/** Null while the content is hashed as it is decoded. */
	readonly key: string | null;
	readonly fingerprintKey: string | null;
}

/** One content being decoded, and the loads that wait for it. */
interface Decoding extends DecodedContent {
	readonly waiting: WhenEnded[];
}

/** Which load decodes which content, so that several loads of one file decode it once. Thread: control. */
export class DecodesInFlight {
	/** By request. */
	readonly #decodings: Map<number, Decoding> = new Map();

	/**
	 * Enters a load for a content.
	 *
	 * @param whenEnded - called when the load that decodes it, or what may be the same, has ended in any way; never when this
	 * load decodes it
	 * @returns true when this load is to decode it.
	 */
	begin({ key, fingerprintKey }: ContentKeys, requestId: number, whenEnded: WhenEnded): boolean {
		for (const decoding of this.#decodings.values()) {
			const mayBeSame = decoding.key === null && decoding.fingerprintKey === fingerprintKey;
			if (decoding.key !== key && !mayBeSame) continue;
			// Without a name it is unknown whether the failure concerns this content.
			decoding.waiting.push(mayBeSame ? () => whenEnded(null) : whenEnded);
			return false;
		}
		this.#decodings.set(requestId, { key, fingerprintKey, waiting: [] });
		return true;
	}

	/**
	 * Enters a load for a content of which only the fingerprint is known.
	 *
	 * @returns false, with nothing changed, when a content with that fingerprint is being decoded.
	 */
	beginUnnamed(fingerprintKey: string, requestId: number): boolean {
		for (const decoding of this.#decodings.values()) if (decoding.fingerprintKey === fingerprintKey) return false;
		// A load that was sent back to decode another content leaves that one to others.
		this.end(requestId);
		this.#decodings.set(requestId, { key: null, fingerprintKey, waiting: [] });
		return true;
	}

	/** @returns the content that the load decodes, undefined when it decodes none. */
	of(requestId: number): DecodedContent | undefined {
		return this.#decodings.get(requestId);
	}

	/**
	 * Ends the load's decoding, if it has one; the loads that wait for it go on.
	 *
	 * @param failure - why no other load can decode the content either, null when that is not known
	 */
	end(requestId: number, failure: LooperError | null = null): void {
		const waiting = this.#decodings.get(requestId)?.waiting ?? [];
		this.#decodings.delete(requestId);
		for (const whenEnded of waiting) whenEnded(failure);
	}
}
